"""The suites, one file a task, each with `run(assistant, cases, lab) -> SuiteResult`."""
