"""Who is asking: a role, the committees it is for, and what that allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.errors import BoardPapersError
from ingest.model import Privacy
from ingest.sight import Committee, Sight

_SEPARATOR = ":"


class Role(StrEnum):
    """What somebody is to the council, from least to most trusted."""

    PUBLIC = "public"
    MEMBER = "member"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


class Deed(StrEnum):
    """What not everybody may do."""

    TAKE_IN = "take in and remove papers"
    RULE = "release and hold papers"
    AUDIT = "read the audit"


class NotAllowed(BoardPapersError):
    """Somebody asked for what their role doesn't allow."""


_MAY = {
    Role.PUBLIC: frozenset[Deed](),
    Role.MEMBER: frozenset[Deed](),
    Role.OFFICER: frozenset({Deed.TAKE_IN, Deed.RULE}),
    Role.ADMINISTRATOR: frozenset(Deed),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who asks. `name` stands in the audit; `committees` count for members only.

    `reads_as_public` is for whoever may do everything and yet is shown what everybody is.
    """

    role: Role = Role.PUBLIC
    name: str = "public"
    committees: frozenset[Committee] = frozenset()
    reads_as_public: bool = False

    @property
    def sight(self) -> Sight:
        """What of a store it may see: the same for everybody with equal rights."""
        if self.reads_as_public:
            return Sight()
        if self.role in (Role.OFFICER, Role.ADMINISTRATOR):
            return Sight(Privacy.CONFIDENTIAL)
        if self.role is Role.MEMBER:
            return Sight(Privacy.PUBLIC, self.committees)
        return Sight()

    def may(self, deed: Deed) -> bool:
        """Whether the role allows a deed."""
        return deed in _MAY[self.role]

    def must(self, deed: Deed) -> None:
        """Raises :class:`NotAllowed` where the role doesn't allow a deed."""
        if not self.may(deed):
            allowed = " or ".join(role.value for role in Role if deed in _MAY[role])
            raise NotAllowed(
                f"The role {self.role.value} may not {deed.value}: sign in as {allowed}."
            )


PUBLIC = Viewer()
"""Anybody: whoever hasn't signed in."""

OPERATOR = Viewer(Role.ADMINISTRATOR, "operator", reads_as_public=True)
"""Whoever runs a program on the store's own folder: may do everything, is shown what is public."""


def committee_named(text: str) -> Committee:
    """The committee that "Council: Committee" names; raises BoardPapersError for anything else."""
    council, separator, name = text.partition(_SEPARATOR)
    if not (separator and council.strip() and name.strip()):
        raise BoardPapersError(
            f"{text!r} names no committee: write the council, a colon and the committee, as in "
            "'Averonshire County Council: Corporate Parenting Board'."
        )
    return Committee(council.strip(), name.strip())


def sight_key(viewer: Viewer) -> str:
    """What a viewer may see, as words that can be kept and compared."""
    committees = sorted(f"{one.council}: {one.name}" for one in viewer.sight.committees)
    return "; ".join((viewer.sight.privacy.name.lower(), *committees))
