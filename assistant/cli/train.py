"""`charter-assistant train`: makes the shipped models again from the data in the package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import console

train_app = typer.Typer(no_args_is_help=True, help="Train the project's own small models again, with progress.")
To = Annotated[Path | None, typer.Option(help="write the weights here instead of over the shipped ones")]


def _train(run: Callable[..., None], to: Path | None) -> None:
    with console.progress_bar() as progress:
        if to is None:
            run(progress=progress)
        else:
            run(path=to, progress=progress)
    console.out.print("Trained and stored.")


@train_app.command()
def scope(to: To = None) -> None:
    """Both judges of the scope criteria, stored with the library of cases (about 40 minutes on two cores)."""
    from assistant.training.run import train_scope_model

    _train(train_scope_model, to)


@train_app.command()
def questions(to: To = None) -> None:
    """The question encoder (about 45 minutes)."""
    from assistant.training.run import train_question_model

    _train(train_question_model, to)


@train_app.command()
def router(to: To = None) -> None:
    """What tells what kind of message it is (about five minutes)."""
    from assistant.training.run import train_router_model

    _train(train_router_model, to)


@train_app.command()
def answers(to: To = None) -> None:
    """The answer model (about 30 minutes; after the question encoder)."""
    from assistant.training.run import train_answer_model

    _train(train_answer_model, to)


@train_app.command()
def grounding(to: To = None) -> None:
    """Both grounding models and what joins them with the explicit comparison (about two hours)."""
    from assistant.training.run import train_grounding_model

    _train(train_grounding_model, to)
