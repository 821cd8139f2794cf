"""From what an identity provider says of somebody to a viewer.

Roles come from a claim of the token, or from a file that names people; whom neither knows is the
public. No password and no token is ever kept here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.access.viewer import PUBLIC, Role, Viewer, committee_named
from ingest.errors import BoardPapersError


class _Person(BaseModel):
    """One person of the roles file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    committees: tuple[str, ...] = ()


class _RolesFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    people: dict[str, _Person]


@dataclass(frozen=True, slots=True)
class Roles:
    """How people get their roles: from claims of these names, and from a file's people."""

    role_claim: str = "roles"
    committee_claim: str = "committees"
    people: Mapping[str, Viewer] = field(default_factory=dict)


def read_people(path: Path) -> Mapping[str, Viewer]:
    """The people of a TOML file, by e-mail address in lower case.

    `[people."a.clerk@council.example"]`, then `role = "officer"`; for a member also
    `committees = ["Council: Committee"]`. Raises BoardPapersError for what isn't so.
    """
    try:
        listed = _RolesFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise BoardPapersError(
            f"The file of roles {path} can't be read ({error.strerror}): check "
            "BOARDPAPERS_ROLES_FILE."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BoardPapersError(f"The file of roles {path} isn't TOML ({error}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BoardPapersError(f"The file of roles {path}: {where}: {first['msg']}.") from error
    return {
        address.casefold(): Viewer(
            person.role, address, frozenset(map(committee_named, person.committees))
        )
        for address, person in listed.people.items()
    }


def viewer_from(claims: Mapping[str, Any], roles: Roles) -> Viewer:
    """Who has signed in; the public where the claims give no role.

    A person whom the file names has the file's role, whatever the token says. An address that the
    provider hasn't verified names nobody.
    """
    address = claims.get("email")
    verified = claims.get("email_verified", True) in (True, "true", "True")
    named = isinstance(address, str) and verified
    if named and (known := roles.people.get(str(address).casefold())):
        return known
    name = str(address) if named else str(claims.get("sub") or "")
    found = [role for role in Role if role.value in _words(claims.get(roles.role_claim))]
    if not name or not found:
        return PUBLIC
    committees = frozenset(
        committee_named(text)
        for text in _words(claims.get(roles.committee_claim))
        if ":" in text.strip(": ")
    )
    return Viewer(found[-1], name, committees)


def _words(claim: object) -> tuple[str, ...]:
    if isinstance(claim, str):
        return (claim.strip(),)
    if isinstance(claim, Sequence):
        return tuple(word.strip() for word in claim if isinstance(word, str))
    return ()
