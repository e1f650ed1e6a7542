"""What a style sheet hides from the reader: rules for inline styles, style elements and single attributes."""

from __future__ import annotations

import re

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;{}]+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@(?:media\s+print|supports|font-face|keyframes|page|container|layer)\b", re.IGNORECASE)
_SIMPLE_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<parts>(?:[.#][A-Za-z_][\w-]*)*)", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d*\.?\d+")
_OFF_PAGE = 900  # pixels: further left or up than any screen reaches from its own edge
_LEAST_SIZE = {"px": 1, "pt": 1, "em": 0.1, "rem": 0.1, "%": 10}
_POSITIONS = frozenset({"left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top"})


def is_hidden_style(style: str) -> bool:
    """Whether CSS declarations take the text off the page: not displayed, not visible, transparent, without size."""
    return any(_hides(name.lower(), _plain(value)) for name, value in _DECLARATION.findall(_COMMENT.sub("", style)))


def hidden_selectors(css: str) -> list[tuple[str | None, tuple[str, ...], str | None]]:
    """(tag, classes, id) of each rule of one element, class or id that hides it.

    Selectors with combinators, attributes or states are not read: they depend on more than the element. Rules for
    paper and other conditions are not read either.
    """
    found: list[tuple[str | None, tuple[str, ...], str | None]] = []
    for selectors, body in _RULE.findall(_without_conditions(_COMMENT.sub("", css))):
        if is_hidden_style(body):
            found += filter(None, (_selector(part.strip()) for part in selectors.split(",")))
    return found


def _selector(text: str) -> tuple[str | None, tuple[str, ...], str | None] | None:
    match = _SIMPLE_SELECTOR.fullmatch(text)
    if match is None or not text or text == "*":
        return None
    parts = re.findall(r"([.#])([\w-]+)", match["parts"])
    classes = tuple(name for mark, name in parts if mark == ".")
    identity = next((name for mark, name in parts if mark == "#"), None)
    tag = match["tag"].lower() if match["tag"] and match["tag"] != "*" else None
    return tag, classes, identity


def _without_conditions(css: str) -> str:
    """`css` without blocks that hold only under a condition."""
    pieces: list[str] = []
    at = 0
    for match in _AT_BLOCK.finditer(css):
        if match.start() < at:
            continue
        pieces.append(css[at : match.start()])
        at = _block_end(css, match.end())
    return "".join([*pieces, css[at:]])


def _block_end(css: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"[{};]").finditer(css, start):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        if depth <= 0:
            return match.end()
    return len(css)


def _plain(value: str) -> str:
    return value.replace("!important", "").strip().lower()


def _hides(name: str, value: str) -> bool:
    number = _NUMBER.match(value)
    size = float(number[0]) if number else None
    if name == "display":
        return value == "none"
    if name == "visibility":
        return value in ("hidden", "collapse")
    if name == "opacity":
        return size == 0
    if name == "font-size":
        unit = value[len(number[0]) :].strip() if number else ""
        return size is not None and (size == 0 or size < _LEAST_SIZE.get(unit, 0))
    if name == "color":
        return value == "transparent"
    if name in _POSITIONS:
        return size is not None and size <= -_OFF_PAGE
    return False
