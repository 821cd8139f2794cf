"""Searching the register, counting it exactly, and handing it on as files."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from assistant.answer import Scope
from assistant.assistant import Assistant
from assistant.cli import app
from assistant.listings import Listing
from assistant.register.commitments import due_day
from assistant.register.export import exported, register_listing, workbook
from assistant.register.outcomes import DecisionOutcome
from assistant.register.owners import owner_in
from assistant.register.progress import Progress, stated
from assistant.register.register import Register, RegisterQuery
from ingest.errors import UnknownPaper
from ingest.model import DecisionKind
from ingest.store import Store
from tests.ingest.fakes import WordEmbedder
from tests.small_pack import PAPER_ID, write_small_pack

AVERONSHIRE = Scope(councils=("Averonshire County Council",))


def test_words_are_found_in_any_form_and_under_their_other_names(register: Register) -> None:
    passes = register.search(RegisterQuery("bus pass"))
    assert passes.said == "3 resolutions and 2 actions on bus pass in 4 meetings"
    assert register.search(RegisterQuery("care leavers")).total == (
        register.search(RegisterQuery("care leaver")).total
    )


def test_all_words_must_be_held(register: Register) -> None:
    both = {e.id for e in register.search(RegisterQuery("kinship fee")).entries}
    assert both
    assert both <= {e.id for e in register.search(RegisterQuery("kinship")).entries}
    assert register.search(RegisterQuery("kinship zeppelin")).total == 0


def test_a_strategy_that_is_adopted_is_not_about_adoption(register: Register) -> None:
    found = register.search(RegisterQuery("adoption"))
    assert {e.title for e in found.entries} == {"Adoption Annual Report 2023-2024"}


def test_counts_are_of_all_that_fit_not_of_the_page(register: Register) -> None:
    page = register.search(RegisterQuery(kinds=(DecisionKind.RESOLUTION,)), limit=5)
    held = [e for e in register.entries() if e.decision.kind is DecisionKind.RESOLUTION]
    assert (len(page.entries), page.total) == (5, len(held))
    assert page.meetings == len({e.decision.meeting for e in held})
    following = register.search(RegisterQuery(kinds=(DecisionKind.RESOLUTION,)), 5, offset=5)
    assert not {e.id for e in page.entries} & {e.id for e in following.entries}


def test_filters_narrow_together(register: Register) -> None:
    query = RegisterQuery(
        kinds=(DecisionKind.ACTION,),
        outcomes=(DecisionOutcome.REQUESTED,),
        owner="penrice",
        scope=Scope(councils=AVERONSHIRE.councils, since=date(2023, 11, 1)),
    )
    found = register.search(query).entries
    assert found
    for entry in found:
        assert entry.decision.meeting.held and entry.decision.meeting.held >= date(2023, 11, 1)
        assert "Penrice" in (entry.owner or "")


def test_an_entry_is_found_again_by_its_id(register: Register) -> None:
    entry = register.entries()[7]
    assert register.entry(entry.id) == entry
    assert register.entry("nothing:12") is None
    assert register.entry("nonsense") is None


def test_what_is_only_near_in_meaning_is_told_apart_and_not_counted(tmp_path: Path) -> None:
    with Assistant(Store.open(tmp_path / "store", WordEmbedder())) as assistant:
        assistant.ingest([write_small_pack(tmp_path)])
        page = assistant.register.search(RegisterQuery("mend the bicycles of young people"))
        assert (page.total, page.entries) == (0, ())
        assert [e.title for e in page.near] == ["Bicycle repair grants"] * len(page.near)
        assert page.near


def test_a_removed_paper_leaves_no_trace_in_the_index(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Assistant(Store.open(folder, None)) as assistant:
        assistant.ingest([write_small_pack(tmp_path)])
        assert assistant.register.search(RegisterQuery("bicycle repair")).total == 2
        assistant.remove(PAPER_ID)
        assert assistant.register.search(RegisterQuery("bicycle repair")).total == 0
        with pytest.raises(UnknownPaper):
            assistant.paper_text(PAPER_ID)
    assert b"bicycl" not in (folder / "register.sqlite3").read_bytes()


def test_csv_and_workbook_keep_texts_that_look_like_formulas(tmp_path: Path) -> None:
    listing = Listing(("text", "page"), (("=HYPERLINK(1)", 3), ("+44 20", None), ("plain", 1)))
    assert (
        load_workbook(io.BytesIO(workbook(Listing(("a",), (("a\ufffeb\x1b",),)))))
        .active["A2"]
        .value
        == "ab"
    )
    rows = list(csv.reader(io.StringIO(listing.to_csv())))
    assert rows[1:] == [["'=HYPERLINK(1)", "3"], ["'+44 20", ""], ["plain", "1"]]
    path = tmp_path / "register.xlsx"
    path.write_bytes(workbook(listing))
    sheet = load_workbook(path).active
    assert [[c.value for c in row] for row in sheet.iter_rows(min_row=2)] == [
        ["=HYPERLINK(1)", 3], ["+44 20", None], ["plain", 1],
    ]  # fmt: skip
    assert {cell.data_type for cell in sheet["A"]} == {"s"}


def test_a_file_of_another_kind_isn_t_written() -> None:
    assert exported(Listing(("a",), ()), Path("register.doc")) is None


def test_the_listing_holds_what_became_of_each(register: Register) -> None:
    views = [register.view(e, date(2025, 4, 1)) for e in register.entries(AVERONSHIRE)]
    rows = register_listing(views).objects()
    repay = next(r for r in rows if str(r["text"]).startswith("Stuart Penrice to repay"))
    assert (repay["progress"], repay["overdue"], repay["minute"]) == ("done", "no", "115")
    assert "The repayment agreed under minute 115" in str(repay["evidence"])
    asked = next(r for r in rows if str(r["text"]).startswith("To endorse the annual"))
    assert (asked["outcome"], asked["asks_for"]) == (None, "endorsed")
    assert asked["answer"] == "the minutes aren't held"


@pytest.mark.parametrize(
    ("position", "progress"),
    [
        ("Complete.", Progress.DONE),
        ("Not yet complete.", Progress.OPEN),
        ("Note sent round on 3 May. Closed", Progress.DONE),
        ("To be completed by June", Progress.IN_PROGRESS),
        ("In progress", Progress.IN_PROGRESS),
        ("Overdue; now promised for July", Progress.OPEN),
        ("17 of 25 found", Progress.NOT_STATED),
    ],
)
def test_progress_is_what_a_position_states(position: str, progress: Progress) -> None:
    assert stated(position) is progress


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("31 July 2024", date(2024, 7, 31)),
        ("November 2023", date(2023, 11, 30)),
        ("March", date(2024, 3, 31)),
        ("5 January", date(2025, 1, 5)),
        ("within 28 days", date(2024, 3, 12)),
        ("next meeting", None),
    ],
)
def test_the_last_day_that_words_give(words: str, day: date | None) -> None:
    assert due_day(words, date(2024, 2, 13)) == day


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("That the Director of Place report back in January 2025.", "Director of Place"),
        ("That the Foster Carers' Forum update be received.", None),
        ("That the Board receive a report.", None),
        ("That the Chief Executive be instructed to refund it.", "Chief Executive"),
    ],
)
def test_who_a_resolution_tells_to_act(text: str, owner: str | None) -> None:
    assert owner_in(text) == owner


def test_the_command_line_searches_filters_and_exports(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with Assistant(Store.open(store, None)) as assistant:
        assistant.ingest([write_small_pack(tmp_path)])

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, [*words, "--store", str(store)])
        assert result.exit_code == 0, result.output
        return result.stdout

    found = json.loads(run("decisions", "bicycle", "--kind", "action", "--json"))
    assert [row["owner"] for row in found] == ["Maud Pellow"]
    late = run("decisions", "--status", "overdue", "--today", "2024-04-01", "--json")
    assert [row["due_date"] for row in json.loads(late)] == ["2024-03-01"]
    assert (
        json.loads(run("decisions", "--status", "overdue", "--today", "2024-02-01", "--json")) == []
    )
    out = tmp_path / "decisions.xlsx"
    run("decisions", "--out", str(out))
    assert load_workbook(out).active.max_row == 3
    assert json.loads(run("actions", "--json"))[0]["found"] == "no"
    assert "0 in all" in run("attendance", "--member", "Nobody")
    wrong = CliRunner().invoke(app, ["decisions", "--out", "x.doc", "--store", str(store)])
    assert wrong.exit_code == 1


def test_real_schedules_are_tied_or_said_to_be_untied(real: Assistant) -> None:
    rows = real.register.outstanding()
    assert rows
    for row in rows:
        assert bool(row.begun_by or row.told) == (row.untied is None)
