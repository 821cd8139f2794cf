"""Text that every format of document can hold."""

import re

from assistant.shown import plain

# XML has no place for these, and a Word file is XML.
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without characters that a document can't hold."""
    return _NOT_XML.sub("", plain(text))
