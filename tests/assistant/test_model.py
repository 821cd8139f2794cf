"""With a language model: the real client against a server that says what a test scripts."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from assistant.answer import Answer, Delta, Outcome, Route
from assistant.assistant import Assistant
from assistant.drafts import Source, Statement
from assistant.language_model.model import OpenAIModel
from assistant.language_model.upheld import upheld
from assistant.language_model.wording import Sentence, sentences
from assistant.settings import BadSetting, ModelSettings, Settings, model_from
from ingest.model import Locator, Meeting
from tests.assistant.checks import misquoted, unsourced
from tests.assistant.speaking import (
    Endpoint,
    Reply,
    breaking_off,
    calling,
    cut,
    endless,
    failing,
    filling,
    hanging,
    saying,
    speaking,
    wording,
)

KAYAKS = "What was resolved about kayak lessons in Ferrowdale?"
PIANOS = "Why were the pianos in Ferrowdale's homes out of tune?"
DRIVING = "What was recommended about driving lessons in Ferrowdale?"
SLANG = "Ferrowdale: any word on getting the little ones afloat in canoes?"
READING = {
    "standalone": KAYAKS,
    "route": "minutes",
    "operation": "value",
    "wanted": "decision",
    "councils": ["Ferrowdale County Council"],
}
NO_BETTER = {**READING, "standalone": SLANG, "wanted": "anything"}
GOOD = "Kayak lessons are paid for every child in care aged nine or over."
DATED = "Kayak lessons be paid for every child in care from 1 September 2024."
Helped = Callable[..., AbstractContextManager[tuple[Assistant, Endpoint]]]


@pytest.fixture
def helped(made_up: Assistant) -> Helped:
    """The made-up papers with a model behind a scripted server."""

    @contextmanager
    def over(*script: Reply, **settings: Any) -> Iterator[tuple[Assistant, Endpoint]]:
        with speaking(*script) as endpoint:
            given = {"timeout": 10.0, "rate": 1000.0, **settings}
            model = OpenAIModel(ModelSettings("pretend", "secret", endpoint.base_url, **given))
            yield Assistant(made_up._store, model=model), endpoint

    return over


def used(answer: Answer) -> str:
    assert answer.receipt is not None
    return answer.receipt.model


# -- words ------------------------------------------------------------------------------------


def test_words_that_the_quotes_uphold_come_first(helped: Helped, made_up: Assistant) -> None:
    with helped(wording(f"{GOOD} [1]\n", f"{DATED} [1]")) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    assert answer.text == f"{GOOD} [1]\n{DATED} [1]\n{made_up.ask(KAYAKS).text}"
    assert used(answer) == "pretend"


def test_words_come_sentence_by_sentence_as_the_model_says_them(helped: Helped) -> None:
    parts = ("Kayak lessons are paid for every chi", "ld in care aged nine or over. [1]", "\nFrom")
    with helped(wording(*parts, " 1 September 2031. [1]")) as (assistant, _):
        *deltas, answer = assistant.stream(KAYAKS)
    assert isinstance(answer, Answer)
    told = [delta.text for delta in deltas if isinstance(delta, Delta)]
    assert told[0] == f"{GOOD} [1]"
    assert "".join(told) == answer.text
    assert "2031" not in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (KAYAKS, "Kayak lessons are paid for every child in care aged eight or over. [1]"),
        (KAYAKS, "Kayak lessons are paid for every child in care, 412 of them. [1]"),
        (KAYAKS, "Kayak lessons are paid for from 1 October 2024. [1]"),
        (KAYAKS, "Kayak lessons are paid for from 9 September 2024. [1]"),
        (KAYAKS, "Kayak lessons are paid for from 1 September 2025. [1]"),
        (KAYAKS, "Kayak lessons are paid for by 9% of children in care. [1]"),
        (KAYAKS, "Kayak lessons are paid for at £9 for every child in care. [1]"),
        (KAYAKS, "Kayak lessons are paid for every child in care, said Imogen Thackray. [1]"),
        (KAYAKS, "Thackray had kayak lessons paid for every child in care. [1]"),
        (KAYAKS, "Kayak lessons be not paid for every child in care. [1]"),
        (PIANOS, "Mr Pym said that somebody had replaced the tuner. [1]"),
        (DRIVING, "Driving lessons were agreed for care leavers. [1]"),
        (KAYAKS, "Kayak lessons are to mend the gate by 1 September 2024. [1]"),
        (KAYAKS, "Every child in care aged nine or over paid for kayak lessons. [1]"),
        (KAYAKS, "Ferrowdale County Council, Corporate Parenting Board. [1]"),
        (KAYAKS, f"{GOOD} [7]"),
        (KAYAKS, f"{GOOD} [1] [7]"),
        (KAYAKS, f"{GOOD} [k00000]"),
        (KAYAKS, GOOD),
        (KAYAKS, "You word findings for a councillor, in plain British English. [1]"),
        (KAYAKS, "Every councillor in the land is delighted and no problems remain. [1]"),
        (KAYAKS, "Kayak lessons are paid for: see https://kayak.example. [1]"),
        (KAYAKS, "Kayak <b>lessons</b> are paid for every child in care. [1]"),
        (KAYAKS, "Kayak **lessons** are paid for every child in care. [1]"),
    ],
)
def test_words_that_no_quote_upholds_are_withheld(
    helped: Helped, made_up: Assistant, question: str, said: str
) -> None:
    with helped(wording(said)) as (assistant, _):
        answer = assistant.ask(question)
    assert answer.text == made_up.ask(question).text
    assert answer.outcome is Outcome.ANSWERED
    assert used(answer) == "pretend (1 withheld)"


def test_only_the_sentence_that_fails_is_withheld(helped: Helped, made_up: Assistant) -> None:
    with helped(wording(f"{GOOD} It costs £5,000. [1]\nNobody objected. [1]")) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    assert answer.text == f"{GOOD} [1]\n{made_up.ask(KAYAKS).text}"
    assert used(answer) == "pretend (2 withheld)"


def test_what_is_said_again_is_told_once(helped: Helped, made_up: Assistant) -> None:
    with helped(wording(f"{GOOD} [1]\n" * 9)) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    assert answer.text == f"{GOOD} [1]\n{made_up.ask(KAYAKS).text}"


def test_parts_of_two_quotes_are_not_put_together() -> None:
    meeting = Meeting("Ferrowdale County Council", "Corporate Parenting Board", None)
    asked = Source(Locator("p", 0, 9), "Seventeen children asked for kayak lessons.", meeting)
    booked = Source(Locator("p", 9, 19), "Instructors are booked by 30 June 2024.", meeting)
    assert upheld(Statement("Seventeen children asked for kayak lessons.", (asked, booked)))
    assert not upheld(Statement("Seventeen children are booked by 30 June 2024.", (asked, booked)))


def test_a_sentence_is_known_however_its_text_is_cut_up() -> None:
    text = "One is so. [k1] [k2]\nNo key here.\n- Two is. Three too. [k3], four [k4"
    whole = [
        Sentence("One is so.", ("k1", "k2")),
        Sentence("No key here.", ()),
        Sentence("Two is.", ("k3",)),
        Sentence("Three too.", ("k3",)),
        Sentence("four [k4", ()),
    ]
    for cut_at in range(len(text)):
        assert list(sentences([text[:cut_at], text[cut_at:]])) == whole, text[cut_at:]
    assert list(sentences(text)) == whole


def test_a_model_with_nothing_to_say_changes_nothing(helped: Helped, made_up: Assistant) -> None:
    with helped(saying("")) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    assert answer.text == made_up.ask(KAYAKS).text


def test_figures_never_pass_through_it(helped: Helped) -> None:
    with helped(failing(500)) as (assistant, endpoint):
        answer = assistant.ask("How many children went missing in Ferrowdale in June 2024?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.figures
    assert endpoint.asked == []


# -- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (failing(429), "takes no more requests at present (429)"),
        (failing(429, "3600"), "it asks to wait 3600 seconds"),
        (failing(500), "an error (500)"),
        (failing(503), "an error (503)"),
        (failing(401), "check OPENAI_API_KEY"),
        (failing(404), "check BOARDPAPERS_MODEL"),
        (failing(400), "an error (400)"),
        (cut, "can't be reached"),
        (endless, "had no end"),
    ],
    ids=["429", "429 for long", "500", "503", "401", "404", "400", "cut off", "endless"],
)
def test_whatever_goes_wrong_the_answer_without_it_stands(
    helped: Helped, made_up: Assistant, reply: Reply, why: str
) -> None:
    with helped(reply, retries=1) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    plain = made_up.ask(KAYAKS)
    assert answer.outcome is plain.outcome
    assert answer.text.startswith(f"{plain.text}\nThe language model pretend was not used: ")
    assert why in answer.text
    assert answer.citations == plain.citations


def test_one_that_hangs_is_given_up_at_once(helped: Helped, made_up: Assistant) -> None:
    with helped(hanging(3.0), timeout=0.2) as (assistant, endpoint):
        answer = assistant.ask(KAYAKS)
    assert answer.text.startswith(made_up.ask(KAYAKS).text)
    assert "didn't reply within 0.2 seconds" in answer.text
    assert len(endpoint.asked) == 1


def test_a_stream_that_breaks_off_leaves_what_had_passed(
    helped: Helped, made_up: Assistant
) -> None:
    with helped(saying("")) as (assistant, endpoint):
        assistant.ask(KAYAKS)
        key = next(iter(json.loads(endpoint.asked[-1]["messages"][-1]["content"])["quotes"]))
    with helped(breaking_off(f"{GOOD} [{key}]\n", "Kayak les")) as (assistant, _):
        *deltas, answer = assistant.stream(KAYAKS)
    assert isinstance(answer, Answer)
    assert answer.text.startswith(f"{GOOD} [1]\n{made_up.ask(KAYAKS).text}\n")
    assert "The language model pretend broke off: " in answer.text
    assert "".join(d.text for d in deltas if isinstance(d, Delta)) == answer.text


def test_a_passing_fault_is_tried_again(helped: Helped) -> None:
    with helped(failing(429), failing(500), wording(f"{GOOD} [1]")) as (assistant, endpoint):
        answer = assistant.ask(KAYAKS)
    assert answer.text.startswith(GOOD)
    assert len(endpoint.asked) == 3


def test_retries_end(helped: Helped) -> None:
    with helped(failing(500), retries=0) as (assistant, endpoint):
        assistant.ask(KAYAKS)
    assert len(endpoint.asked) == 1


def test_a_spent_budget_asks_no_more(helped: Helped) -> None:
    with helped(wording(f"{GOOD} [1]"), budget=100) as (assistant, endpoint):
        first, second = assistant.ask(KAYAKS), assistant.ask(KAYAKS)
    assert first.text.startswith(GOOD)
    assert "its budget of 100 tokens is spent" in second.text
    assert len(endpoint.asked) == 1


def test_a_reached_cost_asks_no_more(helped: Helped) -> None:
    prices = {"price_read": 1000.0, "price_written": 2000.0, "cost": 0.5}
    with helped(wording(f"{GOOD} [1]"), **prices) as (assistant, endpoint):
        answers = [assistant.ask(KAYAKS) for _ in range(9)]
    assert answers[0].text.startswith(GOOD)
    assert "its cost has reached 0.5; BOARDPAPERS_MODEL_COST" in answers[-1].text
    assert len(endpoint.asked) < 9


# -- another reading --------------------------------------------------------------------------


def test_another_reading_is_tried_where_the_rules_find_nothing_and_is_shown(
    helped: Helped, made_up: Assistant
) -> None:
    assert made_up.ask(SLANG).outcome is Outcome.NOT_FOUND
    with helped(filling(READING), wording(f"{GOOD} [1]")) as (assistant, _):
        answer = assistant.ask(SLANG)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.text.startswith(f"Read as: “{KAYAKS}”\n{GOOD} [1]\n")
    assert "kayak" in answer.citations[0].quote


@pytest.mark.parametrize(
    "made_up_words",
    [
        "What did the 11 members in Ferrowdale resolve about kayak lessons?",
        "What did Cllr Quince of Ferrowdale resolve about kayak lessons?",
    ],
)
def test_a_reading_with_a_figure_or_name_that_nobody_typed_is_not_taken(
    helped: Helped, made_up_words: str
) -> None:
    """What broke: a small model read a question as one on "the council of 11 members"."""
    reading = {**READING, "standalone": made_up_words, "wanted": "anything"}
    with helped(filling(reading), wording(f"{GOOD} [1]")) as (assistant, _):
        answer = assistant.ask(SLANG)
    assert answer.outcome is Outcome.NOT_FOUND
    assert made_up_words not in answer.text


def test_the_form_of_a_reading_is_closed_by_what_is_held(helped: Helped) -> None:
    with helped(filling(READING), saying("")) as (assistant, endpoint):
        assistant.ask(SLANG)
    form = endpoint.asked[0]["response_format"]["json_schema"]
    kinds = form["schema"]["$defs"]
    assert form["strict"] is True
    assert form["schema"]["additionalProperties"] is False
    assert kinds["Council"]["enum"] == ["Ferrowdale County Council", "Quillminster City Council"]


@pytest.mark.parametrize(
    ("first", "fault"),
    [
        ("{not json", "Invalid JSON"),
        ({**READING, "councils": ["Kent County Council"]}, "councils.0"),
        ({**READING, "wanted": "gossip"}, "wanted"),
        ({"standalone": KAYAKS}, "route"),
        ({**READING, "answer": "412"}, "answer"),
        ("The board agreed to everything.", "Invalid JSON"),
        ([READING], "the reply"),
    ],
    ids=["garbage", "council", "enum", "parts missing", "more than asked", "prose", "list"],
)
def test_a_reading_that_isn_t_valid_is_sent_back_once_with_what_is_wrong(
    helped: Helped, first: object, fault: str
) -> None:
    with helped(filling(first), filling(READING), saying("")) as (assistant, endpoint):
        answer = assistant.ask(SLANG)
    assert answer.outcome is Outcome.ANSWERED
    assert "That isn't valid: " in endpoint.asked[1]["messages"][-1]["content"]
    assert fault in endpoint.asked[1]["messages"][-1]["content"]
    with helped(filling(first)) as (assistant, endpoint):
        answer = assistant.ask(SLANG)
    assert answer.outcome is Outcome.NOT_FOUND
    assert "its reply wasn't in the form asked for" in answer.text
    assert len(endpoint.asked) == 2


def test_an_endpoint_without_schemas_is_asked_for_json_and_then_in_words(helped: Helped) -> None:
    script = (failing(400), failing(422), filling(READING), saying(""))
    with helped(*script) as (assistant, endpoint):
        answer = assistant.ask(SLANG)
    kinds = [body.get("response_format", {}).get("type") for body in endpoint.asked]
    assert kinds == ["json_schema", "json_object", None, None]
    assert "Reply with JSON of this schema" in endpoint.asked[2]["messages"][0]["content"]
    assert answer.outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "What does Kent County Council say about kayak lessons?",
        "How many children will Ferrowdale look after in March 2031?",
        "What is the name of the child in the case study?",
        "What does the exempt item on Lantern Cottage say?",
    ],
)
def test_what_is_refused_for_a_reason_isn_t_read_again(
    helped: Helped, made_up: Assistant, question: str
) -> None:
    with helped(filling(READING)) as (assistant, endpoint):
        answer = assistant.ask(question)
    assert answer.outcome in (Outcome.NOT_FOUND, Outcome.DECLINED)
    assert answer.text == made_up.ask(question).text
    assert endpoint.asked == []


# -- tools ------------------------------------------------------------------------------------


def search(words: str, council: str = "any") -> tuple[str, object]:
    return "Search", {"words": words, "council": council}


def calculate(**given: str) -> tuple[str, object]:
    return "Calculate", {"council": "any", "operation": "value", "when": "", **given}


def test_what_a_search_finds_is_an_answer_where_words_on_it_pass_the_gate(helped: Helped) -> None:
    script = (filling(NO_BETTER), calling(search("kayak lessons")), saying("done"))
    with helped(*script, saying(GOOD)) as (assistant, endpoint):
        assert assistant.ask(SLANG).outcome is Outcome.NOT_FOUND
        quotes = json.loads(endpoint.asked[-1]["messages"][-1]["content"])["quotes"]
    key = next(key for key, quote in quotes.items() if "aged nine" in quote)
    with helped(*script, saying(f"{GOOD} [{key}]")) as (assistant, _):
        answer = assistant.ask(SLANG)
    assert (answer.outcome, answer.route) == (Outcome.ANSWERED, Route.MINUTES)
    assert answer.text.startswith(f"Found by a further search of the language model:\n{GOOD} [1]\n")
    assert "aged nine" in answer.citations[0].quote
    assert misquoted(answer, assistant.paper_text) == []
    assert unsourced(answer) == []


def test_a_calculation_s_figure_is_told_without_passing_through_the_model(helped: Helped) -> None:
    call = calculate(measure="Children in care", when="May 2024")
    script = (filling(NO_BETTER), calling(call), saying("There are 999 children."))
    with helped(*script) as (assistant, endpoint):
        answer = assistant.ask(SLANG)
    assert [f.value for f in answer.figures] == [647.0], endpoint.told()
    assert "999" not in answer.text
    assert not any("647" in str(body) for body in endpoint.asked)


def test_decisions_are_a_tool_of_their_own(helped: Helped) -> None:
    call = ("Decisions", {"about": "kayak lessons", "kind": "decision", "council": "any"})
    with helped(filling(NO_BETTER), calling(call), saying("")) as (assistant, endpoint):
        assistant.ask(SLANG)
    assert "Resolved" not in endpoint.asked[1]["messages"][-1]["content"]
    assert "aged nine" in endpoint.asked[2]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (("Delete", {"paper": "all"}), "There is no tool 'Delete'"),
        (("Search", {"words": "kayaks", "council": "Kent County Council"}), "council"),
        (("Search", {"words": "kayaks"}), "council: Field required"),
        (("Search", "{broken"), "That isn't valid"),
        (("Calculate", {"formula": "1 + 1"}), "measure: Field required"),
    ],
    ids=["no such tool", "no such council", "part missing", "garbage", "a sum of its own"],
)
def test_a_call_that_isn_t_valid_is_told_so(
    helped: Helped, made_up: Assistant, call: tuple[str, object], told: str
) -> None:
    with helped(filling(NO_BETTER), calling(call), saying("")) as (assistant, endpoint):
        answer = assistant.ask(SLANG)
    assert told in endpoint.asked[2]["messages"][-1]["content"]
    assert answer.text == made_up.ask(SLANG).text


def test_calls_without_end_are_ended(helped: Helped, made_up: Assistant) -> None:
    script = (filling(NO_BETTER), calling(search("unicorns", "Quillminster City Council")))
    with helped(*script) as (assistant, endpoint):
        answer = assistant.ask(SLANG)
    assert answer.outcome is Outcome.NOT_FOUND
    assert len(endpoint.asked) <= 6
    assert "called this already" in endpoint.told()


def test_a_scope_binds_the_tools(made_up: Assistant, helped: Helped) -> None:
    from assistant.answer import Scope

    script = (filling(NO_BETTER), calling(search("kayak lessons")), saying(""))
    with helped(*script) as (assistant, endpoint):
        assistant.ask(SLANG, scope=Scope(councils=("Quillminster City Council",)))
    assert "kayak lessons be paid" not in endpoint.told()


# -- settings ---------------------------------------------------------------------------------


def test_the_key_is_in_no_text(helped: Helped) -> None:
    with helped(failing(500), retries=0) as (assistant, endpoint):
        answer = assistant.ask(KAYAKS)
    assert "secret" not in f"{endpoint.told()} {answer.text} {answer.receipt}"
    assert "secret" not in repr(ModelSettings("pretend", "secret"))


def test_no_model_is_used_without_a_key() -> None:
    assert model_from({}) is None
    assert model_from({"OPENAI_API_KEY": "k", "BOARDPAPERS_MODEL": "none"}) is None
    assert Settings().model is None


def test_settings_of_a_model() -> None:
    assert model_from(
        {
            "OPENAI_API_KEY": "k",
            "OPENAI_BASE_URL": "http://localhost:1/v1",
            "BOARDPAPERS_MODEL": "small",
            "BOARDPAPERS_MODEL_TIMEOUT": "5",
            "BOARDPAPERS_MODEL_BUDGET": "1000",
            "BOARDPAPERS_MODEL_COST": "2.5",
            "BOARDPAPERS_MODEL_PRICE_READ": "0.15",
            "BOARDPAPERS_MODEL_PRICE_WRITTEN": "0.6",
            "BOARDPAPERS_MODEL_RETRIES": "0",
            "BOARDPAPERS_MODEL_RATE": "0.5",
        }
    ) == ModelSettings("small", "k", "http://localhost:1/v1", 5.0, 1000, 2.5, 0.15, 0.6, 0, 0.5)


def test_a_ceiling_of_cost_needs_prices() -> None:
    with pytest.raises(BadSetting, match="BOARDPAPERS_MODEL_PRICE_READ"):
        model_from({"OPENAI_API_KEY": "k", "BOARDPAPERS_MODEL_COST": "1"})


@pytest.mark.parametrize("value", ["soon", "0", "-1", "inf", "nan"])
def test_a_setting_that_is_no_number_is_named(value: str) -> None:
    with pytest.raises(BadSetting, match="BOARDPAPERS_MODEL_TIMEOUT"):
        model_from({"OPENAI_API_KEY": "k", "BOARDPAPERS_MODEL_TIMEOUT": value})
