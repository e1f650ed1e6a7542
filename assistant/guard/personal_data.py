"""Finding personal data in a message, before anything else sees it."""

from __future__ import annotations

from assistant.guard.characters import fold
from assistant.guard.dates import find_dates_of_birth
from assistant.guard.digits import find_numbers
from assistant.guard.found import Found
from assistant.guard.names import find_names
from assistant.guard.places import find_places
from assistant.types import Span

# Where two kinds claim the same characters the one further left wins.
_MOST_SPECIFIC_FIRST = (
    "nhs_number",
    "payment_card",
    "ni_number",
    "email",
    "hospital_number",
    "date_of_birth",
    "phone",
    "postcode",
    "address",
    "name",
)


def find_personal_data(text: str) -> list[Span]:
    """Spans of personal data in `text`, in order and without overlap, as character offsets.

    Kinds: nhs_number, payment_card, ni_number, email, hospital_number, date_of_birth, phone, postcode, address, name.
    Full-width digits, invisible characters and any spacing are seen through. Work is linear in the length.
    """
    folded = fold(text)
    found = find_numbers(folded.text) + find_dates_of_birth(folded.text) + find_places(folded.text)
    found += find_names(folded.text, found)
    return [
        Span(kind=piece.kind, start=start, end=end)
        for piece in _without_overlaps(found)
        for start, end in [folded.to_original(piece.start, piece.end)]
    ]


def _without_overlaps(found: list[Found]) -> list[Found]:
    """Overlapping pieces become one, of the most specific kind among them."""
    merged: list[Found] = []
    for piece in sorted(found, key=lambda item: (item.start, item.end)):
        if merged and merged[-1].overlaps(piece.start, piece.end):
            last = merged.pop()
            kind = min(last.kind, piece.kind, key=_MOST_SPECIFIC_FIRST.index)
            piece = Found(kind, last.start, max(last.end, piece.end))
        merged.append(piece)
    return merged
