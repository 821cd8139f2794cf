"""Text made comparable: case, quotes, dashes, white space and thousands separators folded."""

import re
from html import unescape

_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u00ad": None,
        "\u200b": None,
    }
)
_SPACE = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MARKER = re.compile(r"[ \t]?\[\d{1,3}\]")
_MARKUP = re.compile(r"<[^<>\n]{0,200}>|\]\([^()\s]{1,400}\)")
_TOKEN = re.compile(r"£?\d+(?:\.\d+)*%?|[^\W\d_]+(?:'[^\W\d_]+)?")


def folded(text: str) -> str:
    """`text` for comparison by substring; spaces at the ends are kept as one space."""
    even = _SPACE.sub(" ", text.translate(_SAME))
    return _THOUSANDS.sub("", even).casefold()


def spaced(text: str) -> str:
    """`text` with white space folded and nothing else changed: the measure of "verbatim"."""
    return _SPACE.sub(" ", text).strip()


def straight(text: str) -> str:
    """`text` with straight quotes and plain dashes, each character where it stood."""
    return text.translate({**_SAME, 0xAD: " ", 0x200B: " "})


def without_markers(text: str) -> str:
    """An answer's text without its [n] citation markers."""
    return _MARKER.sub("", text)


def without_markup(text: str) -> str:
    """`text` without tags, emphasis, links and entities, white space folded."""
    bare = unescape(_MARKUP.sub(" ", text)).replace("*", "")
    return spaced(bare)


def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of `text`, without markup, folded."""
    return tuple(_TOKEN.findall(folded(unescape(_MARKUP.sub(" ", text)))))


def overlap(quote: str, other: str) -> float:
    """How much of the shorter text's word runs stand in the longer one: 0 to 1.

    Runs of three words (fewer where the text is shorter), so that shared single words and
    numbers don't count as the same passage.
    """
    short, long = sorted((tokens(quote), tokens(other)), key=len)
    if not short:
        return 0.0
    size = min(3, len(short))
    held = _runs(long, size)
    wanted = [short[i : i + size] for i in range(len(short) - size + 1)]
    return sum(run in held for run in wanted) / len(wanted)


def _runs(words: tuple[str, ...], size: int) -> set[tuple[str, ...]]:
    return {words[i : i + size] for i in range(len(words) - size + 1)}
