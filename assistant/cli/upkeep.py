"""`doctor`, `backup`, `restore` and `audit`: for whoever looks after a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.base import AsJson, Store, app, complain, folder_of, indexing_shown
from assistant.shown import counted
from ingest.errors import BoardPapersError

if TYPE_CHECKING:
    from assistant.audit.trail import Trail

audit = typer.Typer(
    help="Who asked what, when, and what was shown: verify, list, prune.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(audit, name="audit")


@app.command()
def doctor(
    mend: Annotated[
        bool, typer.Option("--mend", help="Make anew what can be: vectors, the index of words.")
    ] = False,
    as_json: AsJson = False,
    store: Store = None,
) -> None:
    """Check a store: the register against vectors, words and files; status 1 where it's damaged."""
    from dataclasses import asdict

    from assistant.loading import embedder
    from assistant.settings import chroma_server, register_place
    from assistant.terminal import json_text
    from ingest import doctor as ward

    folder, server, place = folder_of(store), chroma_server(), register_place()
    if mend:
        ward.mend(folder, embedder(), server, place)
        _brought_up(folder)
    findings = ward.examine(folder, server, place)
    if as_json:
        typer.echo(json_text([asdict(finding) for finding in findings]))
    else:
        for finding in findings:
            typer.echo(f"{finding.weight.value}: {finding.told} {finding.remedy}")
        if not findings:
            typer.echo("Nothing is amiss.")
    if any(finding.weight is not ward.Weight.NOTE for finding in findings):
        raise typer.Exit(1)


@app.command()
def upgrade(store: Store = None) -> None:
    """Bring a store up to this version: its tables, and the indexes that answering goes by.

    Whoever opens the store next does that; here it is done before anybody waits for it. What is
    done is kept if it is stopped.
    """
    held = _brought_up(folder_of(store))
    typer.echo(f"The store is of this version: {counted(held, 'paper')} in every index.")


def _brought_up(folder: Path) -> int:
    """Opens a store and makes its indexes, where need be; the number of papers held."""
    from assistant.indexes import keep_indexes
    from assistant.settings import register_place
    from ingest.store import Store as PaperStore

    with PaperStore.open(folder, place=register_place()) as held, indexing_shown() as on_indexing:
        keep_indexes(held, on_indexing)
        return held.holdings.within().papers


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A new file, such as store-2024-07-18.tar.gz.")],
    store: Store = None,
) -> None:
    """Write the store into one file, consistent while others work on it."""
    from ingest.backup import back_up

    _must_be_in_the_folder(store)
    manifest = back_up(folder_of(store), file)
    typer.echo(f"{manifest.papers} papers in {len(manifest.files)} files written to {file}.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put aside the store that is there.")
    ] = False,
    store: Store = None,
) -> None:
    """Bring a store back from a backup, every file checked; never over another one."""
    from ingest import backup as vault

    _must_be_in_the_folder(store)
    manifest, aside = vault.restore(file, folder_of(store), replace=replace)
    typer.echo(f"{manifest.papers} papers as of {manifest.made_at} restored.")
    if aside:
        typer.echo(f"What was there before is in {aside}.")


@app.command()
def move(store: Store = None) -> None:
    """Bring a store from its folder to the PostgreSQL and the Chroma that the settings name."""
    from assistant.settings import chroma_server, register_place
    from ingest.moving import move as bring

    place = register_place()
    if place is None:
        raise BoardPapersError(
            "There is nowhere to move to: set BOARDPAPERS_REGISTER_URL to an empty PostgreSQL "
            "database, and BOARDPAPERS_CHROMA_URL to a Chroma server."
        )
    folder = folder_of(store)
    moved = bring(folder, place, chroma_server(), complain)
    vectors = "already there" if moved.as_they_were else "sent"
    typer.echo(
        f"{moved.papers:,} papers in {moved.rows:,} rows and {moved.files:,} files moved to "
        f"{place}; {moved.vectors:,} vectors {vectors}. The folder {folder} is as it was: "
        "conversations and the audit stay in it; its register, chroma and originals may go."
    )


@audit.command("verify")
def audit_verify(
    head: Annotated[
        str | None, typer.Option(help="The last hash as noted earlier: it must be in the chain.")
    ] = None,
    store: Store = None,
) -> None:
    """Go through the chain of hashes; status 1 where an entry was changed or taken out."""
    with _trail(store) as trail:
        found = trail.verify()
        if head and not trail.holds(head):
            raise BoardPapersError(
                f"The audit no longer has the entry {head}: its end was cut off, or it was pruned."
            )
    since = f" since {found.since}" if found.since else ""
    typer.echo(f"{found.entries} entries{since}, unbroken. Head: {found.head}")


@audit.command("list")
def audit_list(
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Only from this day on (UTC).")
    ] = None,
    store: Store = None,
) -> None:
    """List the entries as JSON Lines, oldest first; that it was listed is put on record too."""
    import json
    from dataclasses import asdict

    from assistant.access.settings import viewer_of_process
    from assistant.access.viewer import Deed
    from assistant.audit.recording import deed_of

    viewer = viewer_of_process()
    viewer.must(Deed.AUDIT)
    with _trail(store) as trail:
        entries = trail.entries(since)
        trail.append(deed_of(viewer, "audit list", "command line", ()))
    for entry in entries:
        typer.echo(json.dumps(asdict(entry), ensure_ascii=False))


@audit.command("prune")
def audit_prune(
    days: Annotated[
        float | None, typer.Option(min=0.0, help="Keep so many days; else as the setting says.")
    ] = None,
    store: Store = None,
) -> None:
    """Delete entries that are older than the setting keeps them."""
    from assistant.access.settings import viewer_of_process
    from assistant.access.viewer import Deed
    from assistant.audit.recording import audit_settings

    viewer_of_process().must(Deed.AUDIT)
    with _trail(store) as trail:
        count = trail.prune(audit_settings().days if days is None else days)
    complain(f"{count} entries deleted.")


def _must_be_in_the_folder(store: Path | None) -> None:
    """PostgreSQL has its own tools, which see all of it at one moment and know its rights."""
    from assistant.settings import register_place

    if place := register_place():
        raise BoardPapersError(
            f"The register is in {place} (BOARDPAPERS_REGISTER_URL), which is backed up with "
            "`pg_dump --format=custom --schema=main` and restored with `pg_restore`; copy "
            f"{folder_of(store)} for this machine's conversations and audit."
        )


def _trail(store: Path | None) -> Trail:
    from assistant.audit.recording import audit_settings
    from assistant.audit.trail import FILE, Trail

    folder = folder_of(store)
    if not (folder / FILE).is_file():
        raise BoardPapersError(f"There is no audit in {folder}: nothing was put on record yet.")
    return Trail(folder, audit_settings().key)
