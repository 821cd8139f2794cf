"""Logs of a served process: one JSON object a line by setting; no question, no key."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from assistant.settings import BadSetting

_SECRET_NAME = re.compile(r"(?:KEY|SECRET|TOKEN|PASSWORD)$")
_SHORTEST = 6  # characters: a shorter value would be cut out of ordinary words
_IN_ADDRESS = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")
_BEARER = re.compile(r"(?i)\b(bearer\s+)[\w.~+/=-]{8,}")
_HIDDEN = "[hidden]"
_LOGGERS = ("assistant", "ingest", "indicators")


class _Secrets(logging.Filter):
    """Takes keys and passwords out of what is logged."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        super().__init__()
        self._values = sorted(
            (v for n, v in variables.items() if _SECRET_NAME.search(n) and len(v) >= _SHORTEST),
            key=len,
            reverse=True,
        )

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record through, without secrets."""
        record.msg, record.args = self.hidden(record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            # A message may quote a paper or a question: the class and the place are enough.
            record.msg += f" ({type(record.exc_info[1]).__name__})"
            record.exc_info, record.exc_text = None, None
        return True

    def hidden(self, text: str) -> str:
        """The text without what is secret."""
        for value in self._values:
            text = text.replace(value, _HIDDEN)
        return _BEARER.sub(rf"\1{_HIDDEN}", _IN_ADDRESS.sub(_HIDDEN, text))


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON: time, level, where, words, and numbers that came with it."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "numbers", {}),
        }
        return json.dumps(line, ensure_ascii=False)


def set_up_logs(variables: Mapping[str, str] = os.environ) -> None:
    """Logs of ours go to the error stream: `BOARDPAPERS_LOG` is json or text, else nothing is.

    `BOARDPAPERS_LOG_LEVEL` is debug, info, warning (the default) or error.
    """
    form = variables.get("BOARDPAPERS_LOG", "").lower()
    level = variables.get("BOARDPAPERS_LOG_LEVEL", "").upper() or "INFO"
    if form not in ("", "json", "text"):
        raise BadSetting(f"BOARDPAPERS_LOG is {form!r}: set it to json or text.")
    if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise BadSetting(
            f"BOARDPAPERS_LOG_LEVEL is {level.lower()!r}: set it to debug, info, warning or error."
        )
    if not form:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Secrets(variables))
    handler.setFormatter(
        _AsJson() if form == "json" else logging.Formatter("%(asctime)s %(levelname)s %(message)s")
    )
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False
