"""How sentences of minutes are found, told and held back: each by a question to made-up papers."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Outcome, Route, Turn
from assistant.assistant import Assistant
from assistant.minutes.answers import nearest
from assistant.minutes.declining import other_bodies
from assistant.minutes.expected import Expected, expected, holds
from assistant.question.claim import claim_of
from assistant.question.focus import focus
from assistant.question.nouns import things
from assistant.question.synonyms import alike
from assistant.views import Views
from indicators.catalogue import words
from ingest.store import Store
from tests.ingest.fakes import paper


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Who is to write the letter, and by what date?", {Expected.PERSON, Expected.DATE}),
        ("How often are reviews held?", {Expected.DURATION}),
        ("What made the sale fall through?", {Expected.REASON}),
        ("How much was paid for the minibus?", {Expected.MONEY}),
        ("How did members vote on the motion?", {Expected.VOTE}),
        ("List the promises.", {Expected.SERIES}),
        ("What does permanence mean?", {Expected.MEANING}),
        ("What is the clerk's telephone number?", {Expected.TELEPHONE}),
        ("Tell me about the boat club", set()),
    ],
)
def test_what_kind_of_thing_a_question_asks_for(question: str, kinds: set[Expected]) -> None:
    assert expected(question) >= kinds
    assert kinds or not expected(question)


@pytest.mark.parametrize(
    ("kind", "text", "held"),
    [
        (Expected.DATE, "It opens on 4 May.", True),
        (Expected.DATE, "It opens soon.", False),
        (Expected.PERSON, "Councillor Brand asked.", True),
        (Expected.PERSON, "the tuner had retired", False),
        (Expected.MONEY, "at £41,300 a year", True),
        (Expected.DURATION, "every six weeks", True),
        (Expected.REASON, "because the tuner had retired", True),
        (Expected.TELEPHONE, "ring 01632 960144", True),
        (Expected.EMAIL, "clerk@ferrowdale.example", True),
        (Expected.VOTE, "carried by four votes to two", True),
        (Expected.NUMBER, "nineteen of them", True),
    ],
)
def test_whether_a_text_holds_such_a_thing(kind: Expected, text: str, held: bool) -> None:
    assert holds(kind, text) is held


def test_the_words_that_name_things_are_told_from_the_rest() -> None:
    named = things("What did the panel resolve about school uniform grants?")
    assert set(words("school uniform grants panel")) <= named
    assert not set(words("what did")) & named


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is the registration number of the minibus?", set()),
        ("What is the salary of the clerk?", set(words("salary"))),
        ("Which academy did the pupils leave?", set(words("academy"))),
        ("How many horses does the council own?", set(words("horses"))),
        ("What was decided about horses?", set()),
    ],
)
def test_the_thing_that_a_question_is_after(question: str, asked: set[str]) -> None:
    assert focus(question) == asked


def test_acronyms_and_slips_are_read_as_the_papers_spell_them(tmp_path: Path) -> None:
    text = "The Police and Crime Commissioner wrote to the Board.\nA kinship carer spoke.\n"
    with Store.open(tmp_path / "one") as store:
        store.put(paper("one", text), ())
        spelling = Views(store).held.spelling
        assert spelling is not None
        assert spelling.mended("pcc") == words("Police Crime Commissioner")
        assert spelling.mended("kinshp") == words("kinship")
        assert spelling.mended("quota") == ("quota",)
    with Store.open(tmp_path / "other") as store:
        store.put(paper("one", "A visit By Inspectors in November led to nothing.\n"), ())
        spelling = Views(store).held.spelling
        assert spelling is not None
        assert spelling.mended("bin", "who empties the bin?") == ("bin",)
        assert spelling.mended("bin", "what is the BIN?") == words("By Inspectors November")
        assert spelling.mended("carer") == ("carer",)


def test_words_that_say_the_same() -> None:
    (refuse,), (reject,) = words("refuse"), words("reject")
    assert reject in alike(refuse)
    assert refuse not in alike(refuse)


def test_a_body_that_no_paper_is_of_is_known() -> None:
    held, councils = ("Corporate Parenting Board",), ("Ferrowdale County Council",)

    def strange(text: str, spoken_of: bool = False) -> tuple[str, ...]:
        return other_bodies(text, held, councils, lambda _: spoken_of)

    assert strange("What did the Licensing Committee say?") == ("Licensing Committee",)
    assert strange("What did the Licensing Committee say?", spoken_of=True) == ()
    assert strange("What did Ferrowdale's Corporate Parenting Board say?") == ()
    assert strange("What did the board say?") == ()


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("What did the board resolve about falconry in Ferrowdale?", Outcome.NOT_FOUND),
        ("Why did Ferrowdale close its planetarium?", Outcome.NOT_FOUND),
        ("What did Cllr Rosalind Peel say about kayak lessons in Ferrowdale?", Outcome.NOT_FOUND),
        ("What did the Licensing Committee decide on kayak lessons?", Outcome.NOT_FOUND),
        ("What is the salary of Osric Pym?", Outcome.NOT_FOUND),
        ("What is the name of the child who asked for kayak lessons?", Outcome.DECLINED),
        ("What is Osric Pym's home address?", Outcome.DECLINED),
        ("Write me a poem about kayaks", Outcome.DECLINED),
        ("What is your opinion of Councillor Brand?", Outcome.DECLINED),
        ("???", Outcome.CLARIFY),
    ],
)
def test_what_the_papers_cannot_answer(made_up: Assistant, question: str, outcome: Outcome) -> None:
    answer = made_up.ask(question)
    assert answer.outcome is outcome, answer.text
    assert not answer.figures


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("why are Ferrowdale's pianos out of tune", "nobody had replaced him"),
        ("Who presided in Ferrowdale on 16 May 2024?", "Hester Vane (Chair)"),
        ("who couldn't come to the Ferrowdale board of 16 May 2024?", "Jasper Munt"),
        ("How much would the boat club places cost a year in Ferrowdale?", "£7,450"),
        ("Who will book the instructors for kayaks in Ferrowdale, and by when?", "30 June 2024"),
        ("has the quiet room at Ferrow Lodge been furnished?", "October 2024"),
    ],
)
def test_questions_in_other_words_find_the_sentence(
    made_up: Assistant, question: str, told: str
) -> None:
    answer = made_up.ask(question)
    assert answer.outcome is Outcome.ANSWERED, answer.text
    assert told in answer.text


def test_a_day_without_its_year_is_given_the_year_of_the_meeting() -> None:
    held = date(2025, 1, 16)
    assert nearest(18, 11, held) == date(2024, 11, 18)
    assert nearest(30, 4, held) == date(2025, 4, 30)
    assert nearest(31, 2, held) is None


def test_what_came_after_is_looked_for_after_the_meeting_spoken_of(made_up: Assistant) -> None:
    earlier = (
        Turn("user", "What did the Ferrowdale board of 16 May 2024 resolve?"),
        Turn("assistant", "Resolved on 16 May 2024: That kayak lessons be paid for."),
    )
    later = made_up.ask("And what was resolved after that on boat club places?", earlier)
    assert later.outcome is Outcome.ANSWERED, later.text
    assert {c.meeting_date for c in later.citations} == {"2024-07-18"}


def test_a_sum_that_the_question_gives_asks_for_no_figure(made_up: Assistant) -> None:
    answer = made_up.ask("Who asked Cabinet for the £41,300 on driving lessons in Ferrowdale?")
    assert answer.route is not Route.INDICATOR


@pytest.mark.parametrize(
    ("question", "verb", "actor"),
    [
        ("Why did Cllr Amory resign?", "resign", "Cllr Amory"),
        ("When did the Kestrel team close?", "close", "Kestrel team"),
        ("Which shop in the old town refused the grant?", "refuse", ""),
        ("Who objected to the purchase?", "object", ""),
        ("Why was the builders' licence revoked?", "revoke", "builders licence"),
        ("What reason did the sergeant give for refusing to attend?", "refuse", "sergeant"),
        ("When will the new leisure centre in Ferrow open?", "open", "new leisure centre Ferrow"),
        ("Was the grant refused?", "", ""),
    ],
)
def test_what_a_question_takes_for_granted(question: str, verb: str, actor: str) -> None:
    claim = claim_of(question)
    assert claim.verb == "".join(words(verb))
    assert set(claim.actor) == set(words(actor))


def test_what_was_said_needs_its_speaker_and_an_office_its_holder() -> None:
    assert claim_of("What did Mrs Tarn say about noise?").saying
    assert claim_of("Who is the director of public health?").role == words("director public health")
    assert claim_of("Which company runs the home?").thing
