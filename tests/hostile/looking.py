"""What the tests of hostile inputs look for."""

import re

ACTIVE = re.compile(
    r"<(?:script|img|svg|iframe|base|meta http|link|object|embed|video|math|form|body on)"
    r"|javascript:alert\(1\)[\"']|\son\w+=alert",
    re.IGNORECASE,
)
"""Markup that would run or fetch."""
