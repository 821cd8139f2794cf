"""Files in, text out: what may be read, and the text that every quote is verbatim in."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableFile

LARGEST = 100 * 1024 * 1024
"""Bytes that a file may have."""

SUFFIXES = (".md", ".txt")
"""What is looked for in folders; a file that is named itself is judged by its content."""

_SIGNATURES = (
    (b"%PDF-", "PDF isn't read yet"),
    (b"PK\x03\x04", "Word, Excel and ZIP files aren't read yet"),
    (b"\xd0\xcf\x11\xe0", "old Word and Excel files aren't read yet"),
    (b"{\\rtf", "RTF isn't read yet"),
    (b"\x89PNG", "images aren't read"),
    (b"\xff\xd8\xff", "images aren't read"),
    (b"GIF8", "images aren't read"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"\s*<(!doctype\s+html|html[\s>])", re.IGNORECASE)
# Characters that show nothing yet split words or reorder what a reader sees: bidirectional
# controls, zero-widths, and the invisible "tag" copies of ASCII.
_INVISIBLE = re.compile(
    "[\0\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that could be read: its name, the hash of its bytes, and its text."""

    file_name: str
    sha256: str
    text: str


def paper_id(path: Path) -> str:
    """The id of the paper that a file holds: its name without the ending."""
    return path.stem


def read(path: Path) -> Source:
    """The text of a file; refuses what isn't text with the reason and the way out."""
    raw = _bytes(path)
    _refuse_other_formats(path, raw)
    text = _clean(_decode(path, raw))
    if not text.strip():
        raise UnreadableFile(f"{path} holds no text: check that the right file was saved.")
    return Source(path.name, hashlib.sha256(raw).hexdigest(), text)


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise UnreadableFile(f"{path} doesn't exist: check the name and the folder.")
    if not path.is_file():
        raise UnreadableFile(f"{path} isn't a file: name a text or Markdown file.")
    try:
        if path.stat().st_size > LARGEST:
            limit = LARGEST // (1024 * 1024)
            raise UnreadableFile(f"{path} is larger than {limit} MB: split it and try again.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path} can't be opened ({error.strerror}): check that you may read it."
        ) from error


def _refuse_other_formats(path: Path, raw: bytes) -> None:
    advice = "save it as text or Markdown (UTF-8) and try again."
    for signature, reason in _SIGNATURES:
        if raw.startswith(signature):
            raise UnreadableFile(f"{path}: {reason}; {advice}")
    if _HTML.match(raw):
        raise UnreadableFile(f"{path}: web pages aren't read yet; {advice}")
    if raw.startswith(_WIDE_MARKS):
        raise UnreadableFile(f"{path}: text in UTF-16 isn't read; {advice}")
    # Text pulled out of a PDF may hold a stray NUL; binary files hold them by the hundred.
    if raw.count(b"\0") > max(1, len(raw) // 1000):
        raise UnreadableFile(f"{path} is a binary file, not text; {advice}")


def _decode(path: Path, raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(f"{path} is neither UTF-8 nor Windows text; save it as UTF-8 text.")


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
