"""The commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import console
from assistant.cli.sources import sources_app
from assistant.cli.train import train_app

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Is a use of AI in scope of the i.AI / NHS England Charter, who says so, and what must be done first?",
)  # fmt: skip
app.add_typer(sources_app, name="sources")
app.add_typer(train_app, name="train")

Words = Annotated[list[str] | None, typer.Argument(help="the message; quotes are not needed")]
File = Annotated[Path | None, typer.Option("--file", "-f", help="one message a line; - reads standard input")]
Json = Annotated[bool, typer.Option("--json", help="one JSON document a line, for programs")]
Folder = Annotated[Path | None, typer.Option("--sources", help="answer over this folder of documents instead")]


def _assistant(folder: Path | None):  # type: ignore[no-untyped-def]
    from assistant import CharterAssistant

    with console.progress_bar() as progress:
        if folder is None:
            return CharterAssistant(progress=progress)
        assistant = CharterAssistant.from_sources(folder, progress=progress)
    for refusal in assistant.refused:
        console.err.print(f"left out: {refusal}", style="yellow", markup=False)
    return assistant


@app.command()
def ask(words: Words = None, file: File = None, as_json: Json = False, sources: Folder = None) -> None:
    """Answer a question, or one question a line of a file."""
    questions = console.read_lines(words or [], file)
    assistant = _assistant(sources)
    for question in console.each(questions, "answering"):
        answer = assistant.ask(question)
        if as_json:
            console.print_json(answer)
        else:
            if len(questions) > 1:
                console.out.rule(question[:100])
            console.print_answer(answer)


@app.command()
def scope(
    words: Words = None,
    file: File = None,
    as_json: Json = False,
    organisation: Annotated[str | None, typer.Option(help="trust, gp_practice, icb or central_body")] = None,
    note: Annotated[Path | None, typer.Option(help="write a scoping note to this file (.md or .docx)")] = None,
) -> None:
    """Judge a use of AI, or one use a line of a file."""
    descriptions = console.read_lines(words or [], file)
    assistant = _assistant(None)
    for description in console.each(descriptions, "judging"):
        assessment = assistant.assess_scope(description, organisation=organisation)
        if as_json:
            console.print_json(assessment)
        else:
            if len(descriptions) > 1:
                console.out.rule(description[:100])
            console.print_assessment(assessment)
        if note is not None:
            from assistant.scope.note import write_note

            write_note(assessment, assistant.versions(), note)


@app.command()
def search(
    words: Words = None,
    k: Annotated[int, typer.Option("-k", min=1, help="how many passages")] = 10,
    as_json: Json = False,
    sources: Folder = None,
) -> None:
    """Show the passages that best match a query, with their exact place in the source."""
    query = console.read_lines(words or [], None)[0]
    for passage in _assistant(sources).search(query, k):
        if as_json:
            console.print_json(passage)
        else:
            console.out.print(
                f"{passage.score:.2f} {passage.source_id} {passage.start}–{passage.end} · {passage.section}",
                style="bold",
                markup=False,
            )
            console.out.print(f"     {passage.text}", markup=False)


@app.command()
def chat(
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on")] = None,
) -> None:
    """Open the chat in a browser window of your own."""
    from assistant.settings import load_settings
    from assistant.web.serve import serve

    settings = load_settings()
    assistant = _assistant(None)
    serve(assistant, host or settings.host, port or settings.port, lambda line: console.out.print(line, markup=False))


@app.command()
def index(sources: Folder = None, as_json: Json = False) -> None:
    """Bring the index up to its sources and say what changed."""
    assistant = _assistant(sources)
    report = assistant.sync_report
    if as_json:
        from dataclasses import asdict

        console.print_json({**asdict(report), "version": assistant.index.manifest.version})
    else:
        console.out.print(
            report.summary() if report.changed else f"Index: nothing to do; {len(report.unchanged)} sources unchanged"
        )


@app.command("eval")
def evaluate(
    out: Annotated[Path | None, typer.Option(help="folder for report.json, items.jsonl, report.md and plots")] = None,
    suite: Annotated[str, typer.Option(help="smoke (part of make test) or full")] = "smoke",
    baseline: Annotated[Path | None, typer.Option(help="another report.json to compare with")] = None,
) -> None:
    """Run the offline evaluation; exit code 1 when a gate fails."""
    from eval.run import main as run_evaluation

    raise typer.Exit(run_evaluation(suite=suite, out=out, baseline=baseline))


@app.command()
def bench(out: Annotated[Path | None, typer.Option(help="write the figures as JSON to this file")] = None) -> None:
    """Time answers, verdicts, index builds and start-up on this machine."""
    from eval.bench import main as run_bench

    run_bench(out)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say what is installed, which models with which hashes, the state of the index, and the settings."""
    from assistant.cli.doctor import examine

    report = examine()
    if as_json:
        console.print_json(report.model_dump())
    else:
        report.show(console.out)
    raise typer.Exit(0 if report.healthy else 1)
