"""What kind of message it is: a small encoder of its own, read by one linear head."""

from __future__ import annotations

from pathlib import Path

from knowledge.encoders.encoder import Encoder, load_encoder, softmax

ROUTES = ("knowledge", "scope", "off_topic", "clinical_advice", "about_assistant", "instruction")
ROUTER_WEIGHTS = Path(__file__).parents[1] / "weights" / "router.safetensors"


class Router:
    """The shipped router."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._weight, self._bias = (encoder.heads[f"route.{name}"].numpy() for name in ("weight", "bias"))
        self._temperature = float(encoder.card["temperature"])
        self.model_id = f"router {encoder.sha256[:12]}"

    @classmethod
    def load(cls, path: Path = ROUTER_WEIGHTS) -> Router:
        """Load the shipped weights, or those at `path`."""
        return cls(load_encoder(path).quicken())

    def probabilities(self, message: str) -> dict[str, float]:
        """The calibrated probability of each route."""
        logits = self._encoder.pooled([message])[0] @ self._weight.T + self._bias
        return dict(zip(ROUTES, map(float, softmax(logits / self._temperature)), strict=True))
