"""A briefing in the form that a file's ending names."""

from assistant.briefing.briefing import Briefing
from assistant.briefing.document import document_of
from assistant.documents.docx import to_docx
from assistant.documents.markdown import to_markdown
from assistant.documents.model import Document
from assistant.documents.pdf import to_pdf
from assistant.shown import plain


def _as_text(document: Document) -> bytes:
    return plain(to_markdown(document)).encode()


FORMS = {".docx": to_docx, ".pdf": to_pdf, ".md": _as_text}


def written(briefing: Briefing, form: str) -> bytes:
    """The briefing's bytes; `form` is one of FORMS."""
    return FORMS[form](document_of(briefing))
