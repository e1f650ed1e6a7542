"""Errors of the assistant. A message says what happened and what to do next.

AssistantError
├── InputError          the caller's argument cannot be used
├── SettingsError       a setting has a value that cannot be used
├── MissingExtraError   a configured model needs a package that is not installed
├── WeightsError        model weights are missing or differ from the recorded hash
└── PromptError         a prompt or wording file is malformed
"""


class AssistantError(Exception):
    """Base: shown to the user as it is."""


class InputError(AssistantError):
    """The caller's argument cannot be used."""


class SettingsError(AssistantError):
    """A setting has a value that cannot be used."""


class MissingExtraError(AssistantError):
    """A configured model needs a package that is not installed."""


class WeightsError(AssistantError):
    """Model weights are missing or differ from the recorded hash."""


class PromptError(AssistantError):
    """A prompt or wording file is malformed."""
