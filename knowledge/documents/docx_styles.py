"""Which paragraphs of a Word document are headings and which runs are shown, styles and their bases included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{_W}val"
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off"})
_LEAST_HALF_POINTS = 2  # one point
_NO_FILL = frozenset({"auto", "FFFFFF", "ffffff"})


class Styles:
    """The styles of one document, by id."""

    def __init__(self, document: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default: Any = None  # the paragraph style of paragraphs that name none
        for style in document.styles.element.iterchildren(f"{_W}style"):
            self._styles[style.get(f"{_W}styleId") or ""] = style
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on"):
                self._default = style

    def of_paragraph(self, paragraph: Any) -> Any:
        """The style of a paragraph, or None."""
        return self._styles.get(_value(paragraph.find(f"{_W}pPr/{_W}pStyle")), self._default)

    def name(self, style: Any) -> str:
        """The name a style has in every language version of Word, such as "heading 1"."""
        return _value(style.find(f"{_W}name"))

    def heading_level(self, paragraph: Any) -> int:
        """1 to 9 for a heading, 0 for text: by outline level, else by the name of the style or one it is based on."""
        chain = list(self._chain(self.of_paragraph(paragraph)))
        for holder in (paragraph, *chain):
            outline = holder.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None:
                level = _value(outline)
                return int(level) + 1 if level in {"0", "1", "2", "3", "4", "5", "6", "7", "8"} else 0
        for style in chain:
            match = _HEADING.fullmatch(self.name(style))
            if match:
                return int(match[1])
        return 0

    def is_shown(self, run: Any, paragraph: Any) -> bool:
        """Whether Word shows a run: not marked hidden, not under one point, not white on white."""
        hidden = self._property(run, paragraph, "vanish")
        if hidden is not None and (hidden.get(_VAL) or "1").lower() not in _OFF:
            return False
        size = self._property(run, paragraph, "sz")
        if size is not None and _value(size).isdigit() and int(_value(size)) < _LEAST_HALF_POINTS:
            return False
        colour = self._property(run, paragraph, "color")
        return colour is None or _value(colour).upper() != "FFFFFF" or self._has_background(run, paragraph)

    def _property(self, run: Any, paragraph: Any, name: str) -> Any:
        """The element of a run property that counts: on the run, its style, or the style of the paragraph."""
        own = self._styles.get(_value(run.find(f"{_W}rPr/{_W}rStyle")))
        for holder in (run, *self._chain(own), *self._chain(self.of_paragraph(paragraph))):
            found = holder.find(f"{_W}rPr/{_W}{name}")
            if found is not None:
                return found
        return None

    def _has_background(self, run: Any, paragraph: Any) -> bool:
        """Whether something is behind the text. A table may be shaded by its style, so its cells count as shaded."""
        in_table = next(paragraph.iterancestors(f"{_W}tc"), None) is not None
        if in_table or self._property(run, paragraph, "highlight") is not None:
            return True
        shades = [self._property(run, paragraph, "shd"), paragraph.find(f"{_W}pPr/{_W}shd")]
        shades += [style.find(f"{_W}pPr/{_W}shd") for style in self._chain(self.of_paragraph(paragraph))]
        return any(shade is not None and (shade.get(f"{_W}fill") or "auto") not in _NO_FILL for shade in shades)

    def _chain(self, style: Any) -> Iterator[Any]:
        """A style, the one it is based on, and so on; a loop ends where it closes."""
        met: set[str] = set()
        while style is not None and (identity := style.get(f"{_W}styleId") or "") not in met:
            met.add(identity)
            yield style
            style = self._styles.get(_value(style.find(f"{_W}basedOn")))


def _value(element: Any) -> str:
    return (element.get(_VAL) or "") if element is not None else ""
