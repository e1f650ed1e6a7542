from __future__ import annotations

import re
from pathlib import Path

import pytest

from prompts import FOLDER, PromptFileError, load_prompt, load_wordings


def test_every_wording_that_the_code_names_exists() -> None:
    known = set(load_wordings().ids())
    root = FOLDER.parent / "assistant"
    named = set()
    for path in root.rglob("*.py"):
        named |= set(re.findall(r'(?:say|wordings)\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert named
    assert named <= known


def test_an_unknown_wording_and_a_missing_variable_are_errors() -> None:
    with pytest.raises(PromptFileError, match="no entry"):
        load_wordings()("no_such_wording")
    with pytest.raises(PromptFileError, match="because"):
        load_wordings()("scope_lead_in_scope")


def test_a_prompt_takes_exactly_its_variables() -> None:
    prompt = load_prompt("answer")
    text = prompt.render(question="Who signed?", statements=["Two ministers signed.", "It was in London."])
    assert "[2] It was in London." in text
    with pytest.raises(PromptFileError, match="takes"):
        prompt.render(question="Who signed?")


def test_a_malformed_prompt_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("---\nid: bad\nversion: 1\nvariables: [a]\n---\n{{ b }}\n")
    with pytest.raises(PromptFileError, match="declares"):
        load_prompt("bad", tmp_path)
