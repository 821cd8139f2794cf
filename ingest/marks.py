"""The marks by which papers say that what follows isn't for everybody."""

import re

_NO = r"(?!\W{0,3}(?:information)?\W{0,3}(?:none|no|nil|n/a|not applicable)\b)"
PRIVATE = r"(?:in\s+)?(?:private|exempt|confidential|closed|not\s+(?:open|for))\b"
BARE = re.compile(
    r"\W*(?:part\s+(?:2|ii|b)|restricted|pink\s+papers?|(?:committee\s+|board\s+)?members\s+only)\W*",
    re.IGNORECASE,
)
"""Marks only where a header stands: elsewhere they may be of anything."""
_THING = r"(?:report|item|minutes?|paper|appendix|appendices|annex\w*|schedule)"
_MARK = re.compile(
    rf"^\W*(?:not\s+for\s+(?:publication|(?:public\s+)?(?:release|disclosure|inspection))"
    rf"|(?:strictly\s+|private\s+(?:and|&)\s+)?confidential(?:\s+{_THING}(?:\s+\w{{1,2}})?)?{_NO}"
    rf"|exempt(?:\s+(?:{_THING}(?:\s+\w{{1,2}})?|information|from\s+publication))?{_NO}"
    rf"|official[\W_]+sensitive|(?:private|closed|restricted)\s+{_THING}(?:\s+\w{{1,2}})?"
    r"|restricted\W{1,4}(?=contains|circulation|personal|not)"
    rf"|(?:pink|green|yellow|blue|buff)\s+papers?\W{{1,4}}(?={PRIVATE})"
    rf"|part\s+(?:2|ii|b)\W{{1,4}}(?={PRIVATE}))\W*(?:$|[-–—:(,;.|]"
    r"|\b(?:by|under|in|because|as|report|this|not|private|confidential|exempt|closed|contains|"
    r"circulation|personal)\b)",
    re.IGNORECASE,
)
_APPENDIX = re.compile(
    r"^\W*(?:appendix|annex\w*|schedule)\s+\w{1,3}\W{1,4}(?:is\s+)?(?:strictly\s+)?"
    r"(?:exempt|confidential|private|restricted|not\s+for\s+publication)\b(?!\W+circulated)",
    re.IGNORECASE,
)
DENIES = re.compile(r"\b(?:no|not\s+contain\w*|isn.t|is\s+not\s+(?:exempt|confidential))\b", re.I)
LINE = 240  # characters: a mark is a line, not a paragraph that speaks of one


def is_mark(line: str) -> bool:
    """Whether a line says that what it stands over isn't for everybody."""
    return len(line) <= LINE and bool(_MARK.match(line)) and not DENIES.search(line)


def is_marked_appendix(heading: str) -> bool:
    """Whether a heading is of an appendix that isn't for everybody: "Appendix 2 - exempt"."""
    return bool(_APPENDIX.match(heading)) and not DENIES.search(heading)
