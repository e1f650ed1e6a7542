"""Compares a claim with its evidence by rule, one module a kind of difference.

>>> for difference in compare_all("Trusts must log every use.", "Trusts should log every use."):
...     difference.words()
'The claim says “must”; the source says “should”.'
"""

from __future__ import annotations

from assistant.grounding.compare.difference import Difference
from assistant.grounding.compare.parsing import Parsed, parse
from assistant.grounding.compare.rules import compare_all
from assistant.grounding.compare.vector import FEATURE_NAMES, features

__all__ = ["FEATURE_NAMES", "Difference", "Parsed", "compare_all", "features", "parse"]
