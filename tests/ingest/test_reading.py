import hashlib
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.formats.limits import Limits
from ingest.model import Page
from ingest.reading import Source, fingerprint, paper_id, read


def write(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def test_text_comes_with_the_hash_of_the_bytes(tmp_path: Path) -> None:
    raw = b"# Agenda\r\n\r\nItem 1\r\n"
    assert read(write(tmp_path, "pack.md", raw)) == Source(
        "pack.md", hashlib.sha256(raw).hexdigest(), "# Agenda\n\nItem 1\n", (Page(0, 17),)
    )
    assert fingerprint(tmp_path / "pack.md") == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param(b"\xef\xbb\xbfAgenda", "Agenda", id="byte order mark"),
        pytest.param("£1.2m café".encode(), "£1.2m café", id="UTF-8"),
        pytest.param("£1.2m “café”".encode("cp1252"), "£1.2m “café”", id="Windows"),
        pytest.param(b"one\rtwo\r\nthree", "one\ntwo\nthree", id="line ends"),
        pytest.param(b"of\0fice and a good deal more text", "office and a good deal more text",
                     id="stray NUL"),
        pytest.param("a\u202eb\u2066c\u200bd\ufeffe".encode(), "abcde", id="invisible"),
        pytest.param("a\U000e0041b".encode(), "ab", id="tag characters"),
    ],
)  # fmt: skip
def test_what_is_kept_of_a_text(tmp_path: Path, raw: bytes, text: str) -> None:
    assert read(write(tmp_path, "pack.txt", raw)).text == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(b"PK\x03\x04rest", "damaged Word, Excel or ZIP", id="torn ZIP"),
        pytest.param(b"\xd0\xcf\x11\xe0rest", "old Word and Excel", id="old Word"),
        pytest.param(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
                     "protected with a password", id="locked Word"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a picture isn't read", id="PNG"),
        pytest.param(b"{\\rtf1 hello}", "RTF isn't read", id="RTF"),
        pytest.param(b"\x1f\x8bzipped", "archives aren't read", id="archive"),
        pytest.param("Agenda".encode("utf-16"), "UTF-16 isn't read", id="UTF-16"),
        pytest.param(bytes(range(256)) * 8, "binary file, not a paper", id="binary"),
        pytest.param(b"caf\xe9 \x81\x8d", "neither UTF-8 nor Windows", id="neither"),
        pytest.param(b"", "holds no text", id="empty"),
        pytest.param(b" \n\t\r\n", "holds no text", id="whitespace"),
        pytest.param("\u200b\ufeff".encode(), "holds no text", id="invisible only"),
    ],
)  # fmt: skip
def test_what_is_refused_names_the_file_and_the_reason(
    tmp_path: Path, raw: bytes, reason: str
) -> None:
    path = write(tmp_path, "pack.txt", raw)
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert str(path) in str(refused.value)
    assert reason in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="doesn't exist"):
        read(tmp_path / "nothing.md")
    with pytest.raises(UnreadableFile, match="isn't a file"):
        read(tmp_path)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = write(tmp_path, "pack.txt", b"eleven byte")
    for refuses in (read, fingerprint):
        with pytest.raises(UnreadableFile, match="larger than 0 MB"):
            refuses(path, Limits(bytes=10))


def test_the_id_is_the_name_without_its_ending() -> None:
    assert paper_id(Path("packs/board.2024-03-14.md")) == "board.2024-03-14"
