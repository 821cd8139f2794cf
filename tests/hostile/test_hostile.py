"""Hostile inputs at every door: nothing breaks, renders, fetches, leaks or escapes."""

import csv
import html
import io
import json
import os
import re
import socket
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from assistant.access.viewer import PUBLIC
from assistant.answer import Outcome, Scope, Turn
from assistant.assistant import Assistant
from assistant.desk import Desk
from assistant.listings import Listing
from assistant.operations.limits import AskingLimits, TooMuch
from assistant.papers.page import paper_page
from assistant.shown import plain
from assistant.terminal import json_text, show_answer
from indicators.frame import to_frame, write
from ingest.errors import BoardPapersError
from ingest.store import Store
from tests.access.papers import FIGURES, WORDS, write_private_papers
from tests.hostile.counted import in_document, table
from tests.hostile.inputs import CONTROL, FORMULAS, IN_PAPERS, LARGE, MARKUP, NAMES, ORDERS, QUERIES
from tests.hostile.looking import ACTIVE
from tests.small_pack import write_small_pack

TYPED = (*MARKUP, *CONTROL, *QUERIES, *ORDERS, *LARGE)
UNSAFE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
PASSWORDS = Path("/etc/passwd")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("hostile")
    with Assistant(Store.open(folder / "store")) as assistant:
        assistant.ingest([write_private_papers(folder / "papers")])
    with Desk(folder / "store", limits=AskingLimits(per_minute=10**6)) as desk:
        yield desk


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a paper or a question names, nothing is fetched."""

    def refused(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)


def test_the_table_in_the_docs_counts_these() -> None:
    """After a change: python -m tests.hostile.counted"""
    assert in_document() == table()


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_a_question(desk: Desk, typed: str) -> None:
    if not typed.strip():
        return
    answer = desk.ask(PUBLIC, typed)
    assert answer.outcome is not Outcome.ERROR
    told = json.dumps(answer.to_json()["citations"], default=str) + answer.text
    for secret in (*WORDS.values(), *FIGURES.values(), "91,417"):
        assert secret not in told
    assert "root:" not in told
    for cited in answer.citations:
        assert cited.quote in desk.assistant(PUBLIC).paper_text(cited.paper)

    screen = io.StringIO()
    show_answer(Console(file=screen, force_terminal=True, width=100), answer)
    drawn = re.sub(r"\x1b\[[\d;]*m", "", screen.getvalue())
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in drawn)
    assert "\x1b]" not in screen.getvalue()
    json.loads(json_text(answer.to_json()))
    assert not ACTIVE.search(html.escape(plain(answer.text)))


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_a_search_an_earlier_turn_and_a_scope(desk: Desk, typed: str) -> None:
    assistant = desk.assistant(PUBLIC)
    found = json.dumps([r.to_json(1) for r in assistant.search(typed)], default=str)
    turns = (Turn("user", typed), Turn("assistant", typed), Turn("system", typed))
    answer = desk.ask(PUBLIC, "And in May 2024?", turns)
    scoped = desk.ask(PUBLIC, "How many children?", scope=Scope(councils=(typed,)))
    for secret in (*WORDS.values(), *FIGURES.values()):
        assert secret not in found
        assert secret not in str(answer.citations) and secret not in str(scoped.citations)
    assert scoped.figures == ()


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A pack that has every hostile text in a heading, a paragraph, a cell and a resolution."""
    folder = tmp_path_factory.mktemp("poisoned")
    path = write_small_pack(folder)
    text = path.read_text("utf-8")
    for number, typed in enumerate(IN_PAPERS):
        line = typed.replace("\n", " ").replace("\r", " ")
        text += (
            f"\n## {line} heading {number}\n\n{number}.1 The Board heard of {line} at length.\n\n"
            f"| Measure | Jan-24 |\n|---|---|\n| {line.replace('|', '/')} | {700 + number} |\n\n"
            f"RESOLVED: {line} that it be noted.\n"
        )
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with Assistant(Store.open(folder / "store")) as assistant:
        report = assistant.ingest([path])
        assert not report.refused, report
        yield assistant


def test_a_poisoned_paper_is_text_on_every_page_and_in_every_answer(poisoned: Assistant) -> None:
    paper_id = poisoned.papers()[0].id
    page = paper_page(poisoned.paper_view(paper_id))
    body = page.split("<body", 1)[1]
    assert not ACTIVE.search(body.replace("&lt;", "").replace("<body", "")), "drawn as markup"
    assert "https://evil.example" not in re.sub(r">[^<]*<", "><", body), "in an attribute"
    for question in (
        "What did the Board hear of at length?",
        "What was resolved to be noted?",
        "What is said about evil.example?",
    ):
        answer = poisoned.ask(question)
        screen = io.StringIO()
        show_answer(Console(file=screen, force_terminal=True, width=100), answer)
        drawn = re.sub(r"\x1b\[[\d;]*m", "", screen.getvalue())
        assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in drawn)
        for cited in answer.citations:
            assert cited.quote in poisoned.paper_text(cited.paper)


@pytest.mark.parametrize("number", range(len(IN_PAPERS)))
def test_each_text_in_a_paper_is_quoted_drawn_and_listed_as_text(
    poisoned: Assistant, number: int
) -> None:
    found = poisoned.search(f"heading {number}", limit=3)
    text = poisoned.paper_text(poisoned.papers()[0].id)
    assert found and all(r.text in text for r in found)
    answer = poisoned.ask(f"What did the Board hear of at length in {number}.1?")
    assert answer.outcome is not Outcome.ERROR
    assert all(cited.quote in text for cited in answer.citations)
    screen = io.StringIO()
    show_answer(Console(file=screen, force_terminal=True, width=100), answer)
    drawn = re.sub(r"\x1b\[[\d;]*m", "", screen.getvalue())
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in drawn)
    for cell in cells(Listing(("quote",), tuple((r.text,) for r in found)).to_csv()):
        assert not cell.lstrip("\ufeff\xa0 \n\x00").startswith(UNSAFE)


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text)) for cell in row]


@pytest.mark.parametrize("typed", FORMULAS)
def test_a_cell_is_no_formula(typed: str) -> None:
    (_, cell) = cells(Listing(("title",), ((typed,),)).to_csv())
    assert not cell.lstrip("\ufeff\xa0 \n\x00").startswith(("=", "+", "-", "@", "\t", "\r", "＝",
                                                            "＋", "－", "＠"))  # fmt: skip
    assert typed.strip().strip("\x00") in cell


def test_an_export_of_figures_has_no_formula(poisoned: Assistant, tmp_path: Path) -> None:
    figures = list(poisoned.figures())
    assert figures
    (first, meeting) = figures[0]
    bad = [(replace(first, measure=typed, quote=typed), meeting) for typed in FORMULAS]
    write(to_frame([*figures, *bad]), tmp_path / "figures.csv")
    for cell in cells((tmp_path / "figures.csv").read_text("utf-8")):
        stripped = cell.lstrip("\ufeff\xa0 \n\x00")
        number = stripped.lstrip("+-").replace(",", "").replace(".", "", 1).isdecimal()
        assert number or not stripped.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), cell


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_of_a_file_stays_a_name(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    path = folder / name.replace("/", "_")
    path.write_text(write_small_pack(tmp_path).read_text("utf-8"), "utf-8")
    before = set(tmp_path.iterdir())
    with Assistant(Store.open(tmp_path / "store")) as assistant:
        assistant.ingest([path])
        for record in assistant.papers():
            page = paper_page(assistant.paper_view(record.id))
            assert "<script>alert(1)" not in page
            answer = assistant.ask("How many children were looked after in January 2024?")
            screen = io.StringIO()
            show_answer(Console(file=screen, force_terminal=True, width=100), answer)
            assert "\x1b[31mred" not in screen.getvalue()
            assistant.remove(record.id)
    assert set(tmp_path.iterdir()) == before | {tmp_path / "store"}


def test_links_out_of_a_folder_aren_t_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "papers", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    secret = outside / "secret.md"
    secret.write_text("# Board\n\nThe password is swordfish.\n")
    write_small_pack(folder)
    (folder / "linked.md").symlink_to(secret)
    (folder / "far.md").symlink_to(PASSWORDS)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "deep").symlink_to(outside, target_is_directory=True)
    (folder / "same.md").symlink_to(next(folder.glob("*-*.md")))
    with Assistant(Store.open(tmp_path / "store")) as assistant:
        report = assistant.ingest([folder])
        skipped = {f.path.name: f.reason or "" for f in report.files if f.status == "skipped"}
        assert {"linked.md", "far.md"} <= skipped.keys()
        assert "outside the folder" in skipped["linked.md"]
        assert not any("swordfish" in assistant.paper_text(r.id) for r in assistant.papers())


@pytest.mark.parametrize("place", ["/dev/zero", "/proc/self/environ", "/", "/dev/stdin"])
def test_what_is_no_file_is_refused(place: str, tmp_path: Path) -> None:
    if place == "/":
        with pytest.raises(BoardPapersError), Assistant(Store.open(tmp_path / "x")) as assistant:
            assistant.paper_text(place)
        return
    with Assistant(Store.open(tmp_path / "store")) as assistant:
        report = assistant.ingest([Path(place)])
        assert report.refused
        assert assistant.papers() == ()


def test_a_pipe_that_nobody_writes_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "paper.md")
    with Assistant(Store.open(tmp_path / "store")) as assistant:
        assert assistant.ingest([tmp_path / "paper.md"]).refused


def test_what_is_too_long_is_turned_away(desk: Desk) -> None:
    for question, history in (
        ("x" * 4_001, ()),
        ("And then?", tuple(Turn("user", "x") for _ in range(51))),
        ("And then?", (Turn("user", "x" * 200_001),)),
    ):
        with pytest.raises(TooMuch):
            desk.ask(PUBLIC, question, history)
