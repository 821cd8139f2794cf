"""The part of a text that asks: what stands around it is neither evidence nor an order.

People paste minutes, claims and scripts before and after a question. Only what asks is matched with
the papers; the rest may still say whose papers are meant, and of when.
"""

import re

from indicators.catalogue import words
from ingest.periods import find_periods

_UNSEEN = re.compile(
    "[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff]|\x1b\\[[0-9;]*m?[A-Za-z]?"
)
_CODE = re.compile(
    r"<[^<>]{0,300}>|<<?/?\w+>>?|\[/?[\w =:/.]*[/=][^\[\]]*\]|\[/?[A-Z]{2,}\]|\{+[^{}]*\}+|"
    r"[$#]\([^()]*\)|`[^`]*`|\S*(?:://|\.\./)\S*|\b(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{16,}\b"
)
# Not at a colon: "Care leavers in custody: how many in May?" names its subject before it asks.
_END = re.compile(
    r"(?<=[.!?;])[\"”’')\]]*\s+(?!\()|\n+|\s--\s+|"
    r"(?<!:)(?<!,)\s+(?=(?:What|How|Who|When|Where|Which|Why)\b)"
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|please|then)\W+)*(?:what|how|who|whose|whom|when|where|which|why|"
    r"did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|list|show|give|tell|"
    r"compare|find|name|any)\b",
    re.IGNORECASE,
)
# What asks by a pronoun leans on the rest.
_LEANS = re.compile(
    r"\b(?:it|its|they|them|their|he|she|his|her|him|this|that|these|those|there|one|same)\b",
    re.IGNORECASE,
)
_ENOUGH = 2


def asking(text: str) -> str:
    """What of a text asks something; the whole where no part does, or too little is left."""
    seen = " ".join(_CODE.sub(" ", _UNSEEN.sub("", text)).split(" "))
    parts = [part.strip() for part in _END.split(seen) if part.strip()]
    asked = [part for part in parts if part.rstrip("\"”’') ").endswith("?") or _ASKS.match(part)]
    if not asked or len(asked) == len(parts):
        return text if seen == text else seen.strip() or text
    left = " ".join(asked)
    enough = len(words(left)) >= _ENOUGH or find_periods(left)
    return left if enough and not _LEANS.search(left) else text
