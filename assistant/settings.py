"""Settings: one frozen class, read from environment variables that begin with CHARTER_."""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.encoders.bases import data_folder


class Settings(BaseSettings):
    """Every setting with its default. The embedded default needs nothing: no key, no network, no server."""

    model_config = SettingsConfigDict(env_prefix="CHARTER_", frozen=True, extra="ignore")

    data_dir: Path = Field(
        default_factory=data_folder, description="where indexes and the unpacked base model are kept"
    )
    embedding_model: str | None = Field(default=None, description="folder or cached hub model for the embeddings")
    grounding_model: str | None = Field(default=None, description="folder or cached hub NLI cross-encoder")
    scope_model: str | None = Field(default=None, description="folder or cached hub classifier for the criteria")
    chat_model: str | None = Field(default=None, description="provider:model of a language model that writes answers")
    chat_timeout_seconds: float = Field(default=20.0, gt=0, description="after this the extractive answer is used")
    host: str = Field(default="127.0.0.1", description="address the chat listens on")
    port: int = Field(default=7860, ge=1, le=65535, description="port the chat listens on")


@functools.cache
def load_settings() -> Settings:
    """The settings of this process."""
    return Settings()
