"""Lets a language model write the answer, where one is set. The same checks run on what it writes.

Anything that goes wrong (no reply in time, no citation, an unknown number) leads back to the extractive answer.
"""

from __future__ import annotations

import functools
import re
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any

from assistant.errors import MissingExtraError, SettingsError
from assistant.toolkit import Toolkit
from assistant.turn import Draft, Turn
from knowledge.sentences import split_sentences
from knowledge.types import Unit
from prompts import load_prompt

MAX_STATEMENTS = 8
_CITED = re.compile(r"\[(\d+)\]")
_REFUSAL = "NOT IN SOURCES"


def write_answer(turn: Turn, toolkit: Toolkit) -> list[Draft]:
    """Drafts in the model's words, each with the units it cites; empty when there is nothing usable."""
    units = [item.unit for item in turn.evidence[:MAX_STATEMENTS]]
    prompt = load_prompt("answer").render(question=turn.standalone, statements=[unit.text for unit in units])
    reply = _invoke(toolkit.settings.chat_model or "", prompt, toolkit.settings.chat_timeout_seconds)
    if reply is None:
        turn.notes.append("the language model did not answer in time; extractive answer used")
        return []
    drafts = _drafts(reply, units)
    if not drafts:
        turn.notes.append("the language model cited nothing usable; extractive answer used")
    return drafts


def _invoke(model: str, prompt: str, timeout: float) -> str | None:
    """The model's reply, or None when it takes too long."""
    chat = chat_model(model)
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="chat-model")
    try:
        return str(pool.submit(lambda: chat.invoke(prompt).content).result(timeout=timeout))
    except TookTooLong:
        return None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@functools.cache
def chat_model(model: str) -> Any:
    """The chat model named "provider:model", through LangChain."""
    if ":" not in model:
        raise SettingsError(f"CHARTER_CHAT_MODEL is '{model}'; write it as provider:model, such as ollama:llama3.2.")
    from langchain.chat_models import init_chat_model

    try:
        return init_chat_model(model, temperature=0)
    except ImportError as error:
        provider = model.partition(":")[0]
        raise MissingExtraError(
            f"The model {model} needs another package. Run: pip install 'charter-assistant[{provider}]'"
        ) from error


def _drafts(reply: str, units: list[Unit]) -> list[Draft]:
    if _REFUSAL in reply:
        return []
    drafts = []
    # A marker behind the full stop belongs to the sentence before it.
    text = re.sub(r"([.!?])\s*((?:\[\d+\]\s*)+)", lambda m: f" {m[2].strip()}{m[1]} ", reply)
    for start, end in split_sentences(text):
        sentence = text[start:end]
        numbers = [int(number) for number in _CITED.findall(sentence)]
        if not numbers or any(not 1 <= number <= len(units) for number in numbers):
            continue  # a sentence without a citation, or with one we never issued, is not shown
        words = re.sub(r"\s+([.!?])", r"\1", _CITED.sub("", sentence)).strip()
        drafts.append(Draft(words, tuple(units[number - 1] for number in dict.fromkeys(numbers))[:3]))
    return drafts[:5]
