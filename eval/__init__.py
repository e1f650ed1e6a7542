"""The offline evaluation: cases, metrics, suites, gates and reports.

    python -m eval.run --suite smoke

`eval.run.main` is what `charter-assistant eval` calls; `eval.bench.main` is `charter-assistant bench`.
"""
