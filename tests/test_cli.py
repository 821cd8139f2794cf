"""The command line through its public door, with a small made-up pack."""

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant import cli
from assistant.assistant import Assistant
from tests.conftest import open_demonstration
from tests.small_pack import COUNCIL, PAPER_ID, write_small_pack

QUESTION = "How many children were looked after in January 2024?"
ANSWER_KEYS = {
    "version", "question", "outcome", "route", "text", "figures", "citations", "options",
    "chart", "retrieved", "searched", "receipt",
}  # fmt: skip


def run(store: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, [*map(str, words), "--store", str(store)])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the small pack; tests only read it."""
    folder = tmp_path_factory.mktemp("store")
    result = run(folder, "ingest", write_small_pack(tmp_path_factory.mktemp("papers")))
    assert result.exit_code == 0, result.output
    return folder


def test_ingest_reports_and_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    pack = write_small_pack(tmp_path)

    first = run(tmp_path / "s", "ingest", pack)
    second = run(tmp_path / "s", "ingest", pack)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"{PAPER_ID}.md" in first.stdout and " read " in first.stdout
    assert " unchanged " in second.stdout


def test_a_bad_file_among_good_ones_is_refused_and_the_good_ones_are_in(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    write_small_pack(folder)
    (folder / "empty.md").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)

    result = run(tmp_path / "s", "ingest", folder, tmp_path / "missing.md")

    assert result.exit_code == 1
    refused = [line for line in result.stderr.splitlines() if line.startswith("Refused: ")]
    assert [name for name in ("binary.txt", "empty.md", "missing.md") if name in str(refused)] == [
        "binary.txt",
        "empty.md",
        "missing.md",
    ]
    assert len(refused) == 3
    held = json.loads(run(tmp_path / "s", "papers", "--json").stdout)
    assert [paper["id"] for paper in held] == [PAPER_ID]


def test_ask_shows_the_answer_with_its_place_and_quote(store: Path) -> None:
    result = run(store, "ask", QUESTION)

    assert result.exit_code == 0, result.output
    assert "409" in result.stdout
    assert f"[1] {COUNCIL} · Corporate Parenting Board · 7 March 2024" in result.stdout
    assert "409" in result.stdout.split("Sources")[1]


def test_ask_json_is_the_contract_and_quotes_stand_in_the_paper(store: Path) -> None:
    result = run(store, "ask", QUESTION, "--json", "--council", "thistle")

    answer = json.loads(result.stdout)
    assert set(answer) == ANSWER_KEYS
    assert answer["outcome"] == "answered"
    with Assistant.open(store) as assistant:
        text = " ".join(assistant.paper_text(PAPER_ID).split())
    assert answer["citations"]
    for citation in answer["citations"]:
        assert " ".join(citation["quote"].split()) in text


def test_what_the_papers_do_not_hold_is_not_found_and_not_a_failure(store: Path) -> None:
    result = run(store, "ask", "What does a submarine cost?")

    assert result.exit_code == 0
    assert "Not found in the papers" in result.stdout


def test_text_from_papers_is_not_taken_for_terminal_markup(store: Path) -> None:
    result = run(store, "ask", "What did the comment about the umbrella stand read?")

    assert "[bold]and[/bold]" in result.stdout


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    pack = tmp_path / "hostile.md"
    pack.write_text(
        "# Thistledown County Council\n\n# Corporate Parenting Board\n\n7 March 2024\n\n"
        "The umbrella stand is \x1b[31mred\x1b]0;owned\x07 and \x9b2J \u202ebent.\n",
        encoding="utf-8",
    )
    run(tmp_path / "s", "ingest", pack)

    for words in (["ask", "umbrella stand"], ["ask", "umbrella stand", "--json"], ["papers"]):
        shown = run(tmp_path / "s", *words).output
        assert not set(shown) & set("\x1b\x07\x9b\u202e"), words


def test_history_is_read_from_a_file(store: Path, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    history.write_text(json.dumps([{"role": "user", "content": QUESTION}]))

    assert run(store, "ask", "and in December 2023?", "--history", history).exit_code == 0

    history.write_text("[{}]")
    refused = run(store, "ask", "and in December 2023?", "--history", history)
    assert refused.exit_code == 1
    assert str(history) in refused.stderr


def test_batch_answers_every_line_in_order(store: Path, tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    lines = [
        {"id": "one", "question": QUESTION, "extra": True},
        {"id": "two", "question": "and the month before?", "history": []},
    ]
    questions.write_text("\n".join(map(json.dumps, lines)) + "\n\n")

    result = run(store, "ask", "--batch", questions, "--out", out)

    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [set(line) for line in answers] == [{"id", "seconds", "answer"}] * 2
    assert [line["id"] for line in answers] == ["one", "two"]
    assert all(set(line["answer"]) == ANSWER_KEYS for line in answers)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("not json", "line 2"),
        ('{"id": "b"}', "question"),
        ('{"id": "a", "question": "again?"}', "'a'"),
    ],
)
def test_a_bad_line_refuses_the_batch_before_anything_is_asked(
    store: Path, tmp_path: Path, line: str, named: str
) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"id": "a", "question": "fine?"}\n' + line + "\n")

    result = run(store, "ask", "--batch", questions, "--out", out)

    assert result.exit_code == 1
    assert "line 2" in result.stderr and named in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not out.exists()


def test_one_question_that_fails_does_not_cost_the_others(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text('{"id": "a", "question": "bug"}\n{"id": "b", "question": "submarine?"}\n')
    ask = Assistant.ask

    def ask_or_break(self: Assistant, question: str, *more: object) -> object:
        if question == "bug":
            raise ZeroDivisionError("a fault")
        return ask(self, question, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Assistant, "ask", ask_or_break)
    result = run(store, "ask", "--batch", questions, "--out", out)

    outcomes = [json.loads(line)["answer"]["outcome"] for line in out.read_text().splitlines()]
    assert outcomes == ["error", "not_found"]
    assert result.exit_code == 1
    assert "a ended in an error (ZeroDivisionError)" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask"], "--batch"),
        (["ask", "x?", "--batch", "q"], "--batch"),
        (["ask", "--batch", "q"], "--out"),
        (["ask", " "], "empty"),
        (["ask", "x?", "--council", "Nowhere"], COUNCIL),
        (["ask", "x?", "--since", "2024-05-01", "--until", "2024-04-01"], "--until"),
        (["ask", "--batch", "no-such-file", "--out", "a"], "no-such-file"),
        (["remove", "no-such-paper"], PAPER_ID),
    ],
)
def test_mistakes_are_one_line_that_says_what_to_do(
    store: Path, words: list[str], said: str
) -> None:
    result = run(store, *words)

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_a_fault_in_the_program_shows_no_traceback(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> object:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(Assistant, "ask", break_down)
    result = run(store, "ask", "x?")

    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr and "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [["papers"], ["decisions"], ["indicators", "list"]])
def test_lists_agree_in_all_three_forms(store: Path, words: list[str]) -> None:
    objects = json.loads(run(store, *words, "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(store, *words, "--csv").stdout)))
    shown = run(store, *words).stdout

    assert len(rows) == len(objects)
    assert f"{len(objects)} in all" in shown


def test_lists_are_filtered(store: Path) -> None:
    assert "1 in all" in run(store, "papers", "--council", COUNCIL).stdout
    assert "0 in all" in run(store, "papers", "--since", "2024-03-08").stdout
    assert "0 in all" in run(store, "decisions", "--until", "2020-01-01").stdout
    figures = json.loads(
        run(store, "indicators", "list", "--measure", "LOOKED AFTER", "--json").stdout
    )
    assert figures
    assert all("looked after" in figure["measure"].lower() for figure in figures)


def test_figures_are_exported_as_csv_and_parquet(store: Path, tmp_path: Path) -> None:
    held = json.loads(run(store, "indicators", "list", "--json").stdout)
    for name in ("figures.csv", "figures.parquet"):
        result = run(store, "indicators", "export", tmp_path / name)
        assert result.exit_code == 0, result.output
        assert f"{len(held)} figures written" in result.stderr
    rows = list(csv.DictReader((tmp_path / "figures.csv").open(encoding="utf-8")))
    assert len(rows) == len(held)


def test_another_ending_is_refused_in_one_line(store: Path, tmp_path: Path) -> None:
    result = run(store, "indicators", "export", tmp_path / "figures.xlsx")
    assert result.exit_code == 1
    assert ".csv or .parquet" in result.stderr


def test_a_measure_that_is_not_held_is_said(store: Path) -> None:
    result = run(store, "indicators", "show", "late buses")
    assert result.exit_code == 1
    assert "'late buses'" in result.stderr


def test_a_measure_is_shown_with_its_figures(demonstration_store: Path) -> None:
    words = ("indicators", "show", "dental checks", "--council", "castlebourne")
    cards = json.loads(run(demonstration_store, *words, "--json").stdout)
    assert [card["council"] for card in cards] == ["Castlebourne City Council"]
    assert cards[0]["chart"]["unit"] == "percent" and len(cards[0]["chart"]["points"]) > 6
    assert "Definition: Children whose teeth" in run(demonstration_store, *words).stdout


@pytest.fixture(scope="module")
def demonstration_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration-store")
    open_demonstration(folder).close()
    return folder


def test_remove_leaves_nothing_of_the_paper(tmp_path: Path) -> None:
    run(tmp_path / "s", "ingest", write_small_pack(tmp_path))

    assert run(tmp_path / "s", "remove", PAPER_ID).exit_code == 0
    assert json.loads(run(tmp_path / "s", "papers", "--json").stdout) == []


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path) -> None:
    result = run(tmp_path / "s", "ask", QUESTION)

    assert result.exit_code == 1
    assert "boardpapers ingest" in result.stderr and "--demo" in result.stderr


@pytest.fixture
def demo_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_small_pack(corpus)
    monkeypatch.setattr(cli.base, "DEMO_CORPUS", corpus)
    yield


@pytest.mark.usefixtures("demo_of_one")
def test_demo_takes_the_papers_in_and_keeps_the_answer_clean(tmp_path: Path) -> None:
    result = run(tmp_path / "s", "ask", QUESTION, "--json", "--demo")

    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["outcome"] == "answered"
    assert PAPER_ID in result.stderr


def test_help_comes_at_once() -> None:
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        command = [sys.executable, "-m", "assistant.cli", "--help"]
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)

    # Half a second on a quiet machine; other tests may be keeping this one busy.
    assert min(seconds) < 1.5


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from assistant import cli; "
        "CliRunner().invoke(cli.app, ['--help']); "
        "print(*{'chromadb', 'streamlit', 'pandas', 'onnxruntime', 'langchain_core', 'fastapi', "
        "'uvicorn', 'mcp'} "
        "& set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


def test_a_paper_is_shown_page_by_page_with_its_decisions(store: Path) -> None:
    shown = run(store, "show", PAPER_ID)
    one = run(store, "show", PAPER_ID, "--page", "2")
    assert shown.exit_code == one.exit_code == 0
    for words in ("Page 1", "Performance report", "Page 3", "Dental check up to date"):
        assert words in shown.stdout
    assert "Page 3" not in one.stdout
    assert "Resolution" in one.stdout
    assert "Action; owner: Maud Pellow; due: 1 March 2024" in one.stdout.replace("\n", " ")


def test_a_paper_as_a_page_of_html_shows_markup_as_words(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "paper.html"
    assert run(store, "show", PAPER_ID, "--html", out).exit_code == 0
    page = out.read_text("utf-8")
    assert "<script>" not in page and "[bold]and[/bold]" in page
    assert page.count("<section>") == 3
    assert '<div class="decision"><span class="tag">Resolution' in page
    assert '<th scope="col">Dec-23</th>' in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nobody"), "No paper 'nobody' is held"),
        (("show", PAPER_ID, "--page", "9"), "has no page 9"),
        (("show", PAPER_ID, "--html", "/nowhere/x.html"), "can't be written"),
    ],
)
def test_what_can_t_be_shown_is_one_line(store: Path, words: tuple[str, ...], said: str) -> None:
    result = run(store, *words)
    assert result.exit_code == 1
    assert said in result.stderr and "Traceback" not in result.stderr


def test_limits_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = write_small_pack(tmp_path)
    monkeypatch.setenv("BOARDPAPERS_LIMIT_BYTES", "100")
    refused = run(tmp_path / "s", "ingest", pack)
    assert refused.exit_code == 1 and "is larger than" in refused.stderr
    monkeypatch.setenv("BOARDPAPERS_LIMIT_BYTES", "many")
    mistyped = run(tmp_path / "s", "ingest", pack)
    assert mistyped.exit_code == 1
    assert "BOARDPAPERS_LIMIT_BYTES is 'many': set it to a number above 0" in mistyped.stderr


def test_search_shows_places_reasons_and_text(store: Path) -> None:
    result = run(store, "search", "bicycle repair grants", "--limit", "2")

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"1. {COUNCIL} · Corporate Parenting Board · 11 January 2024")
    assert "4. Bicycle repair grants" in result.stdout
    assert "words 100% of the best match" in result.stdout


def test_search_as_json_gives_places_and_features(store: Path) -> None:
    result = run(store, "search", "comments from the survey", "--json", "--council", "thistledown")

    found = json.loads(result.stdout)["results"]
    assert [hit["rank"] for hit in found] == list(range(1, len(found) + 1))
    assert found[0]["paper"] == PAPER_ID
    assert "[bold]and[/bold]" in found[0]["text"], "a paper's text is never markup"
    assert found[0]["why"]["words"] == 1.0
    assert [hit["score"] for hit in found] == sorted((h["score"] for h in found), reverse=True)


def test_search_without_vectors_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.embedding.PACKAGES", ())
    run(tmp_path / "s", "ingest", write_small_pack(tmp_path))

    result = run(tmp_path / "s", "search", "bicycle")

    assert result.exit_code == 0
    assert "by words alone" in result.stderr and "bicycle" in result.stdout
    as_json = run(tmp_path / "s", "search", "bicycle", "--json")
    assert json.loads(as_json.stdout)["by_meaning"] is False
    assert "by words alone" in run(tmp_path / "s", "ask", "Who repairs bicycles?").stderr


def test_an_embeddings_service_needs_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARDPAPERS_EMBEDDINGS_URL", "http://127.0.0.1:9/v1")

    result = run(tmp_path / "s", "papers")

    assert result.exit_code == 1
    assert "BOARDPAPERS_EMBEDDINGS_MODEL" in result.stderr
