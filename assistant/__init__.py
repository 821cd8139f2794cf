"""Board papers, asked in Python: `from assistant import Assistant, Scope, Turn`.

The names are loaded when first used, since the command line's help has no need of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer as Answer
    from assistant.answer import Scope as Scope
    from assistant.answer import Turn as Turn
    from assistant.assistant import Assistant as Assistant

__all__ = ["Answer", "Assistant", "Scope", "Turn"]

_HOMES = {
    "Answer": "assistant.answer",
    "Assistant": "assistant.assistant",
    "Scope": "assistant.answer",
    "Turn": "assistant.answer",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
