"""The questions within a question: "What was absence, how much has it gone up, and why?"."""

import re

_ASKS = r"(?:what|who|why|how|which|when|where|was|were|is|are|did|does|has|have|by when|by whom)\b"
_BETWEEN = re.compile(rf"\s*(?:,|;|\?)?\s+and\s+(?={_ASKS})|\s*[,;?]\s+(?={_ASKS})", re.IGNORECASE)
_TOPIC = re.compile(
    rf"^(?P<topic>(?!(?:{_ASKS}))[^:?]{{4,80}}?)\s*(?::|\s[-–—])\s+(?P<rest>{_ASKS}.*)$",
    re.IGNORECASE | re.DOTALL,
)
_MOST = 4


def parts_of(question: str) -> tuple[str, ...]:
    """The questions that one is made of, in order; the first has the topic put before them all."""
    match = _TOPIC.match(question.strip())
    topic, rest = (match["topic"], match["rest"]) if match else ("", question.strip())
    parts = [part.strip(" ,;?") for part in _BETWEEN.split(rest)]
    parts = [part for part in parts if len(part.split()) > 1]
    if topic and parts:
        parts[0] = f"{topic}: {parts[0]}"
    return tuple(f"{part}?" for part in parts[:_MOST])
