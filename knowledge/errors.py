"""Errors of the knowledge package. A message says what happened and what to do next.

KnowledgeError
├── SourceFormatError        a file of knowledge/sources breaks the format: file, line, reason
├── RuleTableError           the scope rules, criteria or steps are malformed
├── EmbeddingWeightsError    weights are missing, damaged, or differ from the pinned hash
│   └── BaseNotInstalledError    the packages of a base model are not installed
├── IndexStateError          no index, or one built by another model or splitter
└── DocumentError            a document could not be loaded
    ├── DocumentNotFoundError
    ├── UnsupportedTypeError     neither .md .txt .html .pdf nor .docx, or the content is not what the name says
    ├── EmptyDocumentError       no text in it
    ├── EncryptedDocumentError   needs a password
    ├── CorruptDocumentError     truncated or damaged
    ├── DocumentTooLargeError    over the size, page or text limit
    ├── UnsafeArchiveError       a .docx or .pdf that would unpack to far more than its size (a bomb)
    └── DocumentTimeoutError     took longer than the limit
"""

from pathlib import Path


class KnowledgeError(Exception):
    """Base: shown to the user as it is."""


class SourceFormatError(KnowledgeError):
    """A source file breaks the format."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class RuleTableError(KnowledgeError):
    """The scope rules, criteria or steps are malformed."""


class EmbeddingWeightsError(KnowledgeError):
    """The weights of a base or of a trained model are missing, damaged, or differ from the pinned hash."""


class BaseNotInstalledError(EmbeddingWeightsError):
    """The packages of a base model are not installed."""


class IndexStateError(KnowledgeError):
    """No index, or one built by another model or splitter."""


class DocumentError(KnowledgeError):
    """A document could not be loaded. `path` names it."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path.name}: {message}")
        self.path = path


class DocumentNotFoundError(DocumentError):
    """There is no such file."""


class UnsupportedTypeError(DocumentError):
    """The file is of a type that cannot be read, or its content is not what its name says."""


class EmptyDocumentError(DocumentError):
    """The document holds no text."""


class EncryptedDocumentError(DocumentError):
    """The document needs a password."""


class CorruptDocumentError(DocumentError):
    """The document is truncated or damaged."""


class DocumentTooLargeError(DocumentError):
    """The document is over the size, page or text limit."""


class UnsafeArchiveError(DocumentError):
    """A compressed document would unpack to far more than its size."""


class DocumentTimeoutError(DocumentError):
    """Reading the document took longer than the limit."""
