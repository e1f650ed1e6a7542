"""Documents of any origin: .md, .txt, .html, .htm, .pdf and .docx, read under limits and refused by name.

>>> from pathlib import Path
>>> from knowledge.documents import read_document
>>> document = read_document(Path("policy.pdf"))  # doctest: +SKIP
>>> [section.path for section in document.sections]  # doctest: +SKIP
['Rota policy > Data', 'Rota policy > Contact']
"""

from knowledge.documents.model import DEFAULT_LIMITS, Limits, Section, StoredDocument
from knowledge.documents.reader import SUPPORTED, load_document, read_document

__all__ = ["DEFAULT_LIMITS", "SUPPORTED", "Limits", "Section", "StoredDocument", "load_document", "read_document"]
