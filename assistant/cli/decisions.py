"""`decisions`, `actions` and `attendance`: the register of what was decided and by whom."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.base import (
    AsCsv,
    AsJson,
    Committees,
    Councils,
    Since,
    Store,
    Until,
    app,
    complain,
    opened,
    scope_of,
    show_listed,
    write_bytes,
)
from ingest.errors import BoardPapersError

if TYPE_CHECKING:
    from assistant.listings import Listing
    from assistant.register.register import Register, RegisterPage
    from assistant.register.views import EntryView


class Kind(StrEnum):
    """Kinds of decision, as `--kind` takes them."""

    RESOLUTION = "resolution"
    RECOMMENDATION = "recommendation"
    ACTION = "action"


class Status(StrEnum):
    """How far an action is, as the papers state it, as `--status` takes it."""

    OPEN = "open"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    NOT_STATED = "not-stated"
    OVERDUE = "overdue"


class Outcome(StrEnum):
    """Outcomes, as `--outcome` takes them."""

    CONFIRMED = "confirmed"
    APPROVED = "approved"
    NOTED = "noted"
    RECEIVED = "received"
    CONSIDERED = "considered"
    ENDORSED = "endorsed"
    RECOMMENDED = "recommended"
    REFERRED = "referred"
    REQUESTED = "requested"
    DELEGATED = "delegated"
    APPOINTED = "appointed"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    RESCINDED = "rescinded"
    EXCLUDED = "public-excluded"
    AGREED = "agreed"
    UNCLEAR = "unclear"


Out = Annotated[
    Path | None,
    typer.Option(help="Write a file instead: .csv, .xlsx or .json.", show_default=False),
]
Today = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="YYYY-MM-DD",
        help="The day that overdue is reckoned by. Default: today.",
    ),
]


@app.command()
def decisions(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Only those with these words, in any form.", show_default=False),
    ] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Only this kind; repeatable.")] = None,
    outcome: Annotated[
        list[Outcome] | None, typer.Option(help="Only with this outcome; repeatable.")
    ] = None,
    owner: Annotated[str, typer.Option(help="Only whose owner has these words.")] = "",
    status: Annotated[
        list[Status] | None, typer.Option(help="Only actions that are so far; repeatable.")
    ] = None,
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    today: Today = None,
    out: Out = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: Store = None,
) -> None:
    """List resolutions, recommendations and actions, verbatim, with what became of them."""
    from assistant.register.export import register_listing
    from assistant.register.outcomes import DecisionOutcome
    from assistant.register.register import RegisterQuery
    from ingest.model import DecisionKind

    with opened(store) as assistant:
        query = RegisterQuery(
            words=" ".join(words or ()),
            kinds=tuple(DecisionKind(k.value) for k in kind or ()),
            outcomes=tuple(DecisionOutcome(o.value.replace("-", " ")) for o in outcome or ()),
            owner=owner,
            scope=scope_of(assistant, council, committee, since, until),
        )
        register = assistant.register
        page = register.search(query, limit=_ALL)
        followed = bool(status) or page.total <= _FOLLOWED
        views = register.views(page.entries, _day(today) if followed else None)
        kept = [view for view in views if not status or _is(view, status)]
        listing = register_listing(kept)
        columns = ("kind", "council", "meeting_date", "title", "text", "outcome", "owner", "due")
        _shown(listing, columns, out, as_json=as_json, as_csv=as_csv)
        if query.words and not (as_json or as_csv):
            _tell(page, register, len(kept) if status else None)


@app.command()
def actions(
    status: Annotated[
        list[Status] | None, typer.Option(help="Only those that are so far; repeatable.")
    ] = None,
    schedule: Annotated[
        bool,
        typer.Option(
            "--schedule", help="Rows of schedules of outstanding matters, and what began each."
        ),
    ] = False,
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    today: Today = None,
    out: Out = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: Store = None,
) -> None:
    """List actions and requested reports, with what later papers say of each."""
    from assistant.register.export import actions_listing, outstanding_listing

    with opened(store) as assistant:
        scope = scope_of(assistant, council, committee, since, until)
        if schedule:
            listing = outstanding_listing(assistant.register.outstanding(scope))
            columns = ("meeting_date", "raised", "text", "owner", "progress", "begun_by", "untied")
        else:
            tracked = assistant.register.tracked(_day(today), scope)
            listing = actions_listing(
                t for t in tracked if not status or _fits(t.progress.value, t.overdue, status)
            )
            columns = ("meeting_date", "text", "owner", "due", "progress", "overdue", "evidence")
        _shown(listing, columns, out, as_json=as_json, as_csv=as_csv)


@app.command()
def attendance(
    member: Annotated[str, typer.Option(help="Only people whose name has these words.")] = "",
    council: Councils = None,
    committee: Committees = None,
    since: Since = None,
    until: Until = None,
    out: Out = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    store: Store = None,
) -> None:
    """List who was at each meeting, apologies, substitutes and declarations of interest."""
    from assistant.register.export import attendance_listing

    with opened(store) as assistant:
        scope = scope_of(assistant, council, committee, since, until)
        listing = attendance_listing(assistant.register.attendance(scope, member))
        columns = ("council", "meeting_date", "name", "presence", "capacity", "declaration")
        _shown(listing, columns, out, as_json=as_json, as_csv=as_csv)


_ALL = 1_000_000
_FOLLOWED = 2_000
"""Decisions listed up to which each is followed into later papers without being asked to."""


def _day(today: datetime | None) -> date:
    return today.date() if today else date.today()


def _is(view: EntryView, wanted: list[Status]) -> bool:
    """Whether an entry is so far, as the papers held state it."""
    if view.tracked:
        return _fits(view.tracked.progress.value, view.tracked.overdue, wanted)
    return view.outstanding is not None and _fits(view.outstanding.progress.value, False, wanted)


def _fits(progress: str, overdue: bool, wanted: list[Status]) -> bool:
    return progress.replace(" ", "-") in wanted or (overdue and Status.OVERDUE in wanted)


def _tell(page: RegisterPage, register: Register, kept: int | None) -> None:
    """The count in words, and what says much the same in other words."""
    left = "" if kept is None else f"; {kept} of them are so far"
    typer.echo(f"{page.said}{left}.", err=True)
    for entry in page.near if not page.entries else ():
        where = f"{entry.decision.meeting.committee}, {entry.decision.meeting.held}"
        complain(f"Near in meaning: {where}: {entry.decision.text}")


def _shown(
    listing: Listing, columns: tuple[str, ...], out: Path | None, *, as_json: bool, as_csv: bool
) -> None:
    """A listing on the terminal, or in the file asked for."""
    from assistant.register.export import exported

    if out is None:
        show_listed(listing, columns, as_json=as_json, as_csv=as_csv)
        return
    body = exported(listing, out)
    if body is None:
        raise BoardPapersError(f"{out} is none of .csv, .xlsx and .json: name such a file.")
    write_bytes(out, body)
    typer.echo(f"{len(listing.rows)} rows written to {out}", err=True)
