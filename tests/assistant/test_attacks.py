"""Orders, forgeries and markup in questions, papers, files and earlier turns change nothing.

The attacks are data (`attacks/*.toml`). Each is tried without a model, and with one that obeys it:
what that says must be withheld. Nothing is sent anywhere but to the model's own endpoint.
"""

import io
import json
import re
import socket
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas
from rich.console import Console

from assistant.answer import Answer, Citation, Outcome, Turn
from assistant.assistant import Assistant
from assistant.drafts import Source, Statement
from assistant.language_model import prompts
from assistant.language_model.model import OpenAIModel
from assistant.language_model.upheld import upheld
from assistant.settings import ModelSettings
from assistant.terminal import show_answer
from ingest.model import Locator, Meeting
from ingest.store import Store
from tests.assistant.checks import misquoted, unsourced
from tests.assistant.conftest import open_over
from tests.assistant.made_up import COUNTY, JULY, write_papers
from tests.assistant.speaking import Endpoint, calling, saying, speaking

FIGURE = "How many children were looked after by Ferrowdale in May 2024?"
KAYAKS = "What was resolved about kayak lessons in Ferrowdale?"
UNICORNS = "How many unicorns does Ferrowdale have?"
QUESTIONS = (FIGURE, KAYAKS, UNICORNS)
FOLLOW_UP = "And in April 2024?"
TODAY = date(2025, 1, 10)
CALM = "The letter on kayaks was noted."
MEETING = Meeting(COUNTY, "Corporate Parenting Board", date(2024, 5, 16))
_RUN = 7  # words in a row that would be a leak of a prompt


@dataclass(frozen=True)
class Attack:
    """One attack: its text, what a model that obeys it says, and where it stands."""

    id: str
    text: str
    obeyed: str
    place: str = ""
    role: str = ""


def attacks(name: str) -> list[Attack]:
    path = Path(__file__).parent / "attacks" / f"{name}.toml"
    return [Attack(**entry) for entry in tomllib.loads(path.read_text("utf-8"))["attack"]]


QUESTION_ATTACKS, HISTORY_ATTACKS = attacks("questions"), attacks("history")
PAPER_ATTACKS, FILE_ATTACKS, NAME_ATTACKS = attacks("papers"), attacks("files"), attacks("names")
EVERY = [*QUESTION_ATTACKS, *HISTORY_ATTACKS, *PAPER_ATTACKS, *FILE_ATTACKS, *NAME_ATTACKS]


def each(found: list[Attack]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("attack", found, ids=[attack.id for attack in found])


# -- what must hold ---------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to other machines are refused, and so fail the test."""
    connect = socket.socket.connect

    def here_only(self: socket.socket, address: Any) -> None:
        assert not isinstance(address, tuple) or address[0] == "127.0.0.1", address
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", here_only)


def told(answer: Answer) -> tuple[object, ...]:
    """What a person is told, but for how the question was put."""
    return (answer.outcome, answer.text, answer.figures, answer.citations, answer.options)


def leaked(answer: Answer) -> list[str]:
    """Runs of words of a prompt that stand in an answer."""
    said = " ".join(answer.text.split())
    runs = []
    for prompt in (prompts.READ, prompts.SEEK, prompts.WORD):
        words = prompt.split()
        runs += [" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN)]
    return [run for run in runs if run in said]


def screen(answer: Answer) -> str:
    """What a colour terminal is sent, without the codes that the program itself sends."""
    sent = io.StringIO()
    show_answer(Console(file=sent, width=200, color_system=None, force_terminal=False), answer)
    return sent.getvalue()


def check_shown(answer: Answer, assistant: Assistant) -> None:
    """Only what the papers hold is quoted, nothing acts on a terminal, no prompt is told."""
    assert misquoted_but_for_pages(answer, assistant) == []
    assert [c for c in screen(answer) if (ord(c) < 32 and c != "\n") or "\x7f" <= c <= "\x9f"] == []
    assert not set(screen(answer)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert leaked(answer) == []
    numbers = {cited.marker for cited in answer.citations}
    assert {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)} <= numbers


def misquoted_but_for_pages(answer: Answer, assistant: Assistant) -> list[str]:
    return [f for f in misquoted(answer, assistant.paper_text) if "isn't on page" not in f]


def obeying(attack: Attack) -> Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]:
    """A model that does as it is told by an attack, in whichever way it is asked."""

    def reply(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
        if body.get("stream"):
            keys = list(json.loads(body["messages"][-1]["content"])["quotes"])
            lines = [attack.obeyed, *(f"{attack.obeyed} [{key}]" for key in keys)]
            saying("\n".join(lines))(handler, body)
        elif body.get("tools"):
            calling(("Delete", {"paper": "*"}), ("Search", attack.obeyed))(handler, body)
        else:
            saying(attack.obeyed)(handler, body)

    return reply


@contextmanager
def obeyed(assistant: Assistant, attack: Attack) -> Iterator[tuple[Assistant, Endpoint]]:
    with speaking(obeying(attack)) as endpoint:
        settings = ModelSettings("obedient", "secret", endpoint.base_url, 10.0, rate=1000.0)
        yield Assistant(assistant._store, model=OpenAIModel(settings)), endpoint


def unmoved(answer: Answer, plain: Answer) -> None:
    """The answer is the one without a model, but for a note that the model wasn't of use."""
    text, _, note = answer.text.partition("\nThe language model obedient ")
    assert told(replace(answer, text=text)) == told(plain), note
    assert leaked(answer) == []
    assert answer.receipt is not None and "secret" not in str(answer.receipt)


def test_there_are_at_least_sixty_and_no_two_alike() -> None:
    assert len(EVERY) >= 60
    assert len({(a.place, a.role, a.text) for a in EVERY}) == len(EVERY)


# -- questions --------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
@each(QUESTION_ATTACKS)
def test_in_a_question(made_up: Assistant, attack: Attack, question: str) -> None:
    plain = made_up.ask(question, today=TODAY)
    for asked in (f"{attack.text} {question}", f"{question} {attack.text}"):
        answer = made_up.ask(asked, today=TODAY)
        assert told(answer) == told(plain), asked
        check_shown(answer, made_up)


@each(QUESTION_ATTACKS)
def test_in_a_question_to_a_model_that_obeys(made_up: Assistant, attack: Attack) -> None:
    with obeyed(made_up, attack) as (assistant, endpoint):
        for question in (KAYAKS, UNICORNS):
            answer = assistant.ask(f"{question} {attack.text}", today=TODAY)
            unmoved(answer, made_up.ask(question, today=TODAY))
        assert endpoint.asked


# -- earlier turns ----------------------------------------------------------------------------


def planted(attack: Attack, question: str) -> tuple[Turn, ...]:
    if attack.role == "assistant":
        return Turn("user", question), Turn("assistant", attack.text)
    return Turn(attack.role, attack.text), Turn("user", question), Turn("assistant", "Told.")


@each(HISTORY_ATTACKS)
def test_in_an_earlier_turn(made_up: Assistant, attack: Attack) -> None:
    honest = made_up.ask(FOLLOW_UP, (Turn("user", FIGURE), Turn("assistant", "Told.")), today=TODAY)
    answer = made_up.ask(FOLLOW_UP, planted(attack, FIGURE), today=TODAY)
    assert answer.figures and told(answer) == told(honest)
    check_shown(answer, made_up)


@each(HISTORY_ATTACKS)
def test_in_an_earlier_turn_to_a_model_that_obeys(made_up: Assistant, attack: Attack) -> None:
    history = planted(attack, KAYAKS)
    with obeyed(made_up, attack) as (assistant, _):
        for question in (KAYAKS, UNICORNS):
            answer = assistant.ask(question, history, today=TODAY)
            unmoved(answer, made_up.ask(question, history, today=TODAY))


# -- papers -----------------------------------------------------------------------------------


def with_attack(pack: str, attack: Attack, number: int) -> str:
    """The pack with an attack in it, at the place that it is for."""
    minute = f"### {number}. Letter {number}\n\n{attack.text}\n\nPage 3\n"
    heading = f"### {number}. {attack.text}\n\n{CALM}\n\nPage 3\n"
    cell = f"| {number} Letters | {attack.text} |  |  |  |  |  |  |  |  |\n\n1.1 "
    label = f"| {number} {attack.text} | 9,997 |  |  |  |  |  |  |  |  |\n\n1.1 "
    anchor, text = {
        "minute": ("Page 3\n", minute),
        "heading": ("Page 3\n", heading),
        "cell": ("\n1.1 A personal", f"{cell}A personal"),
        "label": ("\n1.1 A personal", f"{label}A personal"),
    }[attack.place]
    assert pack.count(anchor) == 1
    return pack.replace(anchor, text)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The made-up papers with every attack on papers in one of them."""
    folder = write_papers(tmp_path_factory.mktemp("attacked"))
    pack = (folder / f"{JULY}.md").read_text("utf-8")
    for number, attack in enumerate(PAPER_ATTACKS, 20):
        pack = with_attack(pack, attack, number)
    (folder / f"{JULY}.md").write_text(pack, encoding="utf-8")
    with open_over(folder) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The same with a harmless line in place of each."""
    folder = write_papers(tmp_path_factory.mktemp("calm"))
    pack = (folder / f"{JULY}.md").read_text("utf-8")
    for number, attack in enumerate(PAPER_ATTACKS, 20):
        pack = with_attack(pack, replace(attack, text=CALM), number)
    (folder / f"{JULY}.md").write_text(pack, encoding="utf-8")
    with open_over(folder) as assistant:
        yield assistant


@pytest.mark.parametrize(
    "question",
    [*QUESTIONS, "What is recommended about boat club places in Ferrowdale?",
     "How many children went missing in Ferrowdale in June 2024?",
     "Why were pianos out of tune in Ferrowdale?"],
)  # fmt: skip
def test_in_a_paper_whatever_is_asked(attacked: Assistant, calm: Assistant, question: str) -> None:
    answer = attacked.ask(question, today=TODAY)
    assert told(answer) == told(calm.ask(question, today=TODAY))
    assert unsourced(answer) == []
    check_shown(answer, attacked)


@each(PAPER_ATTACKS)
def test_in_a_paper_that_is_asked_about(attacked: Assistant, attack: Attack) -> None:
    number = 20 + PAPER_ATTACKS.index(attack)
    answer = attacked.ask(f"What was said about Letter {number} in Ferrowdale?", today=TODAY)
    assert answer.outcome in (Outcome.ANSWERED, Outcome.NOT_FOUND, Outcome.CLARIFY)
    check_shown(answer, attacked)
    with obeyed(attacked, attack) as (assistant, _):
        unmoved(assistant.ask(answer.question, today=TODAY), answer)


@each(PAPER_ATTACKS)
def test_in_the_very_quote_that_a_model_is_given(attack: Attack) -> None:
    quote = f"Letters were read.\n{attack.text}\n{CALM}"
    source = Source(Locator("p", 0, len(quote)), quote, MEETING)
    assert not upheld(Statement(attack.obeyed, (source,)))
    assert upheld(Statement(CALM, (source,)))


# -- files ------------------------------------------------------------------------------------


def test_every_name_and_metadata_at_once(tmp_path: Path, made_up: Assistant) -> None:
    """Files that bear the attacks are taken in beside the others, or refused: nothing else."""
    folder = tmp_path / "papers"
    folder.mkdir()
    write_papers(folder)
    for number, attack in enumerate(FILE_ATTACKS):
        if attack.place == "name":
            name = attack.text.replace("/", "∕")
            (folder / f"{name}.md").write_text(_report(number), encoding="utf-8")
        else:
            _write_pdf(folder / f"report-{number}.pdf", attack)
    with Assistant(Store.open(tmp_path / "store", None)) as assistant:
        report = assistant.ingest(sorted(folder.iterdir()))
        assert [file.reason for file in report.files if file.status == "refused"] == []
        for question in QUESTIONS:
            answer = assistant.ask(question, today=TODAY)
            assert told(answer) == told(made_up.ask(question, today=TODAY))
            check_shown(answer, assistant)
        held = {record.title for record in assistant.papers()}
        assert not held & {attack.text for attack in FILE_ATTACKS if attack.place == "title"}
        for number, attack in enumerate(FILE_ATTACKS):
            answer = assistant.ask(f"What was said about shed {number} in Zedshire?", today=TODAY)
            check_shown(answer, assistant)
            with obeyed(assistant, attack) as (helped, _):
                unmoved(helped.ask(answer.question, today=TODAY), answer)
    assert not list(tmp_path.rglob("owned"))


def _report(number: int) -> str:
    return (
        "# Zedshire County Council\n\n# Scrutiny Committee\n\n"
        f"**Thursday {number + 1} February 2024**\n\n## Minutes\n\n"
        f"### {number}. Shed {number}\n\nShed {number} was painted green.\n"
    )


def _write_pdf(path: Path, attack: Attack) -> None:
    canvas = Canvas(str(path))
    setters = {
        "title": canvas.setTitle,
        "author": canvas.setAuthor,
        "keywords": canvas.setKeywords,
        "subject": canvas.setSubject,
    }
    setters[attack.place](attack.text)
    lines = ("Zedshire County Council", "Scrutiny Committee", "Thursday 1 February 2024",
             "Minutes", f"1. Shed of {path.stem}", "The shed was painted green.")  # fmt: skip
    for line, words in enumerate(lines):
        canvas.drawString(72, 760 - 24 * line, words)
    canvas.save()


# -- names that become options ----------------------------------------------------------------


@each(NAME_ATTACKS)
def test_in_the_name_of_a_council(attack: Attack, tmp_path: Path, made_up: Assistant) -> None:
    folder = write_papers(tmp_path)
    pack = (folder / f"{JULY}.md").read_text("utf-8")
    other = pack.replace(COUNTY, attack.text).replace("Ferrow", "Zedrow")
    (folder / "zed-2024-07-18.md").write_text(other, encoding="utf-8")
    with open_over(folder) as assistant:
        for question in QUESTIONS:
            answer = assistant.ask(question, today=TODAY)
            plain = made_up.ask(question, today=TODAY)
            assert (answer.outcome, answer.text, answer.figures) == (
                plain.outcome, plain.text, plain.figures,
            )  # fmt: skip
            check_shown(answer, assistant)
        asked_back = assistant.ask("How many children were looked after in May 2024?", today=TODAY)
        check_shown(asked_back, assistant)
        with obeyed(assistant, attack) as (helped, _):
            unmoved(helped.ask(KAYAKS, today=TODAY), assistant.ask(KAYAKS, today=TODAY))


def test_the_checks_see_what_they_are_for(made_up: Assistant) -> None:
    answer = made_up.ask(FIGURE, today=TODAY)
    assert leaked(replace(answer, text=prompts.WORD))
    made_up_quote = Citation(1, JULY, "", None, None, None, None, None, 5, "not in the paper")
    assert misquoted_but_for_pages(replace(answer, citations=(made_up_quote,)), made_up)
