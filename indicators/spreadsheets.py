"""Text on its way into a spreadsheet, which takes some for formulas: papers are untrusted."""

import unicodedata

_BEGINS = frozenset("=+-@")
_BLANK = "\ufeff\u200b"
_ENDS_LINE = str.maketrans({"\r": " ", "\0": " ", "\t": " "})


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet runs: a quote before what begins like a formula.

    Blanks and marks before it are looked behind, and full-width signs are taken for the plain
    ones, as spreadsheets do. Numbers stay numbers.
    """
    text = text.translate(_ENDS_LINE)
    bare = text.lstrip().lstrip(_BLANK).lstrip()
    begins = unicodedata.normalize("NFKC", bare[:1])
    if begins in _BEGINS and bare and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(",", "").replace(".", "", 1).isdecimal() and text.isascii()
