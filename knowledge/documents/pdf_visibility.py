"""Which text of a PDF page can be seen.

The tracker follows the page's drawing operators. It knows the graphics state (fill colour, text rendering mode,
font size, transparency) and where shapes have been filled, so that it can compare the colour of a text with what
lies behind it. Before an operator that shows text it empties the operands when a reader would not see that text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

LEAST_POINTS = 1.0
SAME_COLOUR = 0.06  # per channel, of 1; closer than this nobody can read it
MAX_SHAPES = 2_000  # a page with more filled shapes is a drawing: the first, its background, and the latest count
MAX_BACKGROUNDS = 50

Colour = tuple[float, float, float]
Matrix = Sequence[float]
Box = tuple[float, float, float, float]

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_WHITE: Colour = (1.0, 1.0, 1.0)
_BLACK: Colour = (0.0, 0.0, 0.0)
_INVISIBLE_MODES = frozenset({3, 7})  # neither filled nor drawn; 7 only clips
_STROKED_MODES = frozenset({1, 2, 5, 6})
_SHOW = frozenset({b"Tj", b"TJ", b"'", b'"'})
_FILL = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_END_PATH = frozenset({*_FILL, b"n", b"S", b"s"})
_POINTS = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4}
_GRAY_SPACES = frozenset({"/DeviceGray", "/CalGray", "/G"})


@dataclass
class _State:
    """The part of the graphics state that decides whether text is seen. A colour of None is not known."""

    fill: Colour | None = _BLACK
    space: str = "/DeviceGray"
    mode: int = 0
    size: float = 12.0
    stretch: float = 100.0
    alpha: float = 1.0


@dataclass(frozen=True)
class _Form:
    """What holds outside the form or picture that is being drawn."""

    state: _State
    depth: int
    resources: Any
    base: Matrix


@dataclass
class VisibilityTracker:
    """Pass `before` and `after` as pypdf's operand visitors. `page_box` is left, bottom, right, top in points."""

    page_box: Box
    resources: Any
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    base: Matrix = _IDENTITY  # from the space of the form being drawn to the page's
    _forms: list[_Form] = field(default_factory=list)
    _shapes: list[tuple[Box, Colour | None]] = field(default_factory=list)
    _path: list[tuple[float, float]] = field(default_factory=list)

    def before(self, operator: bytes, operands: list[Any], cm: Matrix, tm: Matrix) -> None:
        """Follow one operator; empty the operands of one that shows text nobody sees."""
        if operator in _SHOW:
            if not self._is_seen(cm, tm):
                operands.clear()
        elif operator == b"q":
            self._stack.append(replace(self._state))
        elif operator == b"Q":
            if len(self._stack) > (self._forms[-1].depth if self._forms else 0):
                self._state = self._stack.pop()
        elif operator == b"Do":
            self._enter(operands, cm)
        elif operator in _POINTS or operator == b"re":
            self._extend_path(operator, operands, cm)
        elif operator in _END_PATH:
            if operator in _FILL:
                self._add_shape(self._path, self._state.fill if self._state.alpha > 0.5 else None)
            self._path = []
        else:
            self._set(operator, operands)

    def after(self, operator: bytes, operands: list[Any], cm: Matrix, tm: Matrix) -> None:
        """Leave a form: its graphics state ends with it."""
        if operator == b"Do" and self._forms:
            form = self._forms.pop()
            self._state, self.resources, self.base = form.state, form.resources, form.base
            del self._stack[form.depth :]

    def _set(self, operator: bytes, operands: list[Any]) -> None:
        state, numbers = self._state, _numbers(operands)
        if operator == b"Tr" and numbers:
            state.mode = int(numbers[0])
        elif operator == b"Tf" and numbers:
            state.size = numbers[-1]
        elif operator == b"Tz" and numbers:
            state.stretch = numbers[0]
        elif operator == b"g" and len(numbers) == 1:
            state.fill = (numbers[0],) * 3
        elif operator == b"rg" and len(numbers) == 3:
            state.fill = (numbers[0], numbers[1], numbers[2])
        elif operator == b"k" and len(numbers) == 4:
            state.fill = _from_cmyk(numbers)
        elif operator == b"cs" and operands:
            state.space, state.fill = self._space(str(operands[0])), _BLACK
        elif operator in (b"sc", b"scn"):
            state.fill = _in_space(numbers, state.space)
        elif operator == b"gs" and operands:
            alpha = _get(_get(_get(self.resources, "/ExtGState"), str(operands[0])), "/ca")
            state.alpha = float(alpha) if isinstance(alpha, (int, float)) else state.alpha

    def _space(self, name: str) -> str:
        """Name of a colour space, with one that is based on a profile named by its number of channels."""
        definition = _get(_get(self.resources, "/ColorSpace"), name)
        if isinstance(definition, list) and len(definition) > 1 and str(definition[0]) == "/ICCBased":
            return {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}.get(_get(definition[1], "/N"), name)
        if isinstance(definition, list) and definition:
            return str(definition[0])
        return str(definition) if definition is not None else name

    def _enter(self, operands: list[Any], cm: Matrix) -> None:
        self._forms.append(_Form(replace(self._state), len(self._stack), self.resources, self.base))
        drawn = _get(_get(self.resources, "/XObject"), str(operands[0])) if operands else None
        place = multiply(cm, self.base)
        if _get(drawn, "/Subtype") == "/Image":
            self._add_shape([_apply(place, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)], None)
            return
        own = _numbers(_get(drawn, "/Matrix") or ())
        self.base = multiply(own, place) if len(own) == 6 else place
        if (inner := _get(drawn, "/Resources")) is not None:
            self.resources = inner

    def _extend_path(self, operator: bytes, operands: list[Any], cm: Matrix) -> None:
        numbers = _numbers(operands)
        if operator == b"re" and len(numbers) == 4:
            x, y, width, height = numbers
            numbers = [x, y, x + width, y, x, y + height, x + width, y + height]
        elif len(numbers) != _POINTS.get(operator):
            return
        if len(self._path) < MAX_SHAPES:
            place = multiply(cm, self.base)
            self._path += [_apply(place, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]

    def _add_shape(self, points: Sequence[tuple[float, float]], colour: Colour | None) -> None:
        if not points:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) - min(xs) < LEAST_POINTS or max(ys) - min(ys) < LEAST_POINTS:  # a rule or the edge of a table
            return
        self._shapes.append(((min(xs), min(ys), max(xs), max(ys)), colour))
        if len(self._shapes) > MAX_SHAPES:
            del self._shapes[MAX_BACKGROUNDS]

    def _is_seen(self, cm: Matrix, tm: Matrix) -> bool:
        state = self._state
        place = multiply(multiply(tm, cm), self.base)
        points = abs(state.size) * math.hypot(place[2], place[3])
        if state.mode in _INVISIBLE_MODES or points < LEAST_POINTS or state.stretch == 0 or state.alpha < 0.05:
            return False
        x, y = place[4], place[5]
        _, bottom, right, top = self.page_box
        if x > right or y > top or y < bottom - points:
            return False
        if state.fill is None or state.mode in _STROKED_MODES:
            return True
        behind = self._behind(x, y + 0.3 * points)
        return behind is None or any(abs(a - b) > SAME_COLOUR for a, b in zip(state.fill, behind, strict=True))

    def _behind(self, x: float, y: float) -> Colour | None:
        """Colour behind a point: that of the latest shape over it, white for bare paper, None where unknown."""
        for (left, bottom, right, top), colour in reversed(self._shapes):
            if left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1:
                return colour
        return _WHITE


def _numbers(operands: Sequence[Any]) -> list[float]:
    return [float(operand) for operand in operands if isinstance(operand, (int, float))]


def _in_space(numbers: list[float], space: str) -> Colour | None:
    if len(numbers) == 3 and space != "/Lab":
        return (numbers[0], numbers[1], numbers[2])
    if len(numbers) == 4 and space in ("/DeviceCMYK", "/CMYK"):
        return _from_cmyk(numbers)
    if len(numbers) == 1 and space in _GRAY_SPACES:
        return (numbers[0],) * 3
    if len(numbers) == 1 and space == "/Separation" and numbers[0] == 0:  # no ink at all
        return _WHITE
    return None


def _from_cmyk(numbers: Sequence[float]) -> Colour:
    cyan, magenta, yellow, black = numbers
    return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))


def multiply(m: Matrix, n: Matrix) -> list[float]:
    """The PDF matrix that does `m` first and then `n`; each is six numbers."""
    return [
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    ]  # fmt: skip


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def _get(container: Any, key: str) -> Any:
    """An entry of a PDF dictionary with references followed; None where there is none."""
    resolved = _resolved(container)
    return _resolved(resolved.get(key)) if isinstance(resolved, dict) else None


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
