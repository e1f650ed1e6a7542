"""What kind of message it is: a small encoder of its own, read by one linear head."""

from __future__ import annotations

from pathlib import Path

from knowledge.encoders.encoder import Encoder, load_encoder, softmax

ROUTES = ("knowledge", "scope", "off_topic", "clinical_advice", "about_assistant", "instruction")
ROUTER_WEIGHTS = Path(__file__).parents[1] / "weights" / "router.safetensors"


class Router:
    """Tells the route of a message."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._temperature = float(encoder.card["temperature"])
        self.model_id = f"router {encoder.version}"

    @classmethod
    def load(cls, path: Path = ROUTER_WEIGHTS) -> Router:
        """Load the shipped weights, or those at `path`."""
        return cls(load_encoder(path).quicken())

    def probabilities(self, message: str) -> dict[str, float]:
        """The calibrated probability of each route."""
        logits = self._encoder.logits("route", self._encoder.pooled([message]))[0]
        return dict(zip(ROUTES, map(float, softmax(logits / self._temperature)), strict=True))
