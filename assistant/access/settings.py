"""Who somebody is, by the environment's variables and the identity provider."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.access.signing_in import Roles, read_people, viewer_from
from assistant.access.viewer import OPERATOR, PUBLIC, Role, Viewer, committee_named
from assistant.settings import BadSetting

_ROLE = "BOARDPAPERS_ROLE"
_COMMITTEES = "BOARDPAPERS_COMMITTEES"


def viewer_of_process(variables: Mapping[str, str] = os.environ) -> Viewer:
    """Who runs this process, where nobody signs in.

    `BOARDPAPERS_ROLE` says so; a member's `BOARDPAPERS_COMMITTEES` are "Council: Committee", with
    semicolons between. Without it: the operator, who may do everything and is shown what is public.
    """
    printed = variables.get(_ROLE, "").strip().lower()
    if not printed:
        return OPERATOR
    if printed not in [role.value for role in Role]:
        raise BadSetting(f"{_ROLE} is {printed!r}: set it to {', '.join(Role)}, or leave it unset.")
    named = [text for text in variables.get(_COMMITTEES, "").split(";") if text.strip()]
    return Viewer(Role(printed), f"{printed} by {_ROLE}", frozenset(map(committee_named, named)))


def roles_from(variables: Mapping[str, str] = os.environ) -> Roles:
    """How those who sign in get their roles: claims by name, and a file of people."""
    path = variables.get("BOARDPAPERS_ROLES_FILE")
    return Roles(
        variables.get("BOARDPAPERS_ROLE_CLAIM") or "roles",
        variables.get("BOARDPAPERS_COMMITTEE_CLAIM") or "committees",
        read_people(Path(path)) if path else {},
    )


def viewer_signed_in(claims: Mapping[str, Any] | None) -> Viewer:
    """Who uses a page with a provider: by the claims of the token; None is not signed in."""
    return PUBLIC if claims is None else viewer_from(claims, roles_from())
