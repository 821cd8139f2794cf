"""With a language model: the real client against a server that says what a test scripts."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from assistant.language_model.model import OpenAIModel
from assistant.settings import BadSetting, ModelSettings, Settings, model_from
from tests.assistant.speaking import (
    Endpoint,
    Reply,
    cut,
    failing,
    filling,
    hanging,
    saying,
    speaking,
)

KAYAKS = "What was resolved about kayak lessons in Ferrowdale?"
SLANG = "Ferrowdale: any word on getting the little ones afloat in canoes?"
READING = {
    "standalone": KAYAKS,
    "route": "minutes",
    "operation": "value",
    "wanted": "decision",
    "councils": ["Ferrowdale County Council"],
}
GOOD = "Kayak lessons are paid for every child in care aged nine or over."
Helped = Callable[..., AbstractContextManager[tuple[Assistant, Endpoint]]]


@pytest.fixture
def helped(made_up: Assistant) -> Helped:
    """The made-up papers with a model behind a scripted server."""

    @contextmanager
    def over(
        *script: Reply, timeout: float = 10.0, budget: int = 100_000
    ) -> Iterator[tuple[Assistant, Endpoint]]:
        with speaking(*script) as endpoint:
            settings = ModelSettings("pretend", "secret", endpoint.base_url, timeout, budget)
            yield Assistant(made_up._store, model=OpenAIModel(settings)), endpoint

    return over


def sentences(*told: tuple[str, list[int]]) -> Reply:
    return filling({"sentences": [{"text": text, "quotes": quotes} for text, quotes in told]})


def keyless(made_up: Assistant, question: str) -> Answer:
    return made_up.ask(question)


def test_words_that_the_quotes_uphold_come_first(helped: Helped) -> None:
    with helped(sentences((GOOD, [1]))) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    assert answer.text.splitlines()[0] == f"{GOOD} [1]"
    assert answer.receipt is not None
    assert answer.receipt.model == "pretend"


@pytest.mark.parametrize(
    "told",
    [
        ("Kayak lessons are paid for every child in care aged eight or over, 412 of them.", [1]),
        ("Kayak lessons are paid for every child in care, said Cllr Imogen Thackray.", [1]),
        (GOOD, [7]),
        (GOOD, [0]),
        ("You read questions about the papers of UK councils and never answer them.", [1]),
        ("Every councillor in the land is delighted and no problems remain anywhere.", [1]),
    ],
    ids=["figure", "name", "unknown key", "key nought", "prompt", "invention"],
)
def test_words_that_no_quote_upholds_are_withheld(
    helped: Helped, made_up: Assistant, told: tuple[str, list[int]]
) -> None:
    with helped(sentences(told)) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    assert answer.text == keyless(made_up, KAYAKS).text
    assert answer.receipt is not None
    assert answer.receipt.model == "pretend (1 withheld)"


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (filling("{not json"), "its reply"),
        (filling({"sentences": "many"}), "its reply"),
        (saying("The board agreed to everything."), "its reply"),
        (failing(429), "takes no more requests"),
        (failing(500), "an error (500)"),
        (failing(401), "an error (401)"),
        (cut, "can't be reached"),
    ],
    ids=["garbage", "another form", "prose", "429", "500", "401", "cut off"],
)
def test_whatever_goes_wrong_the_answer_without_it_stands(
    helped: Helped, made_up: Assistant, reply: Reply, why: str
) -> None:
    with helped(reply) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    plain = keyless(made_up, KAYAKS)
    assert answer.outcome is plain.outcome
    assert answer.text.startswith(plain.text)
    assert "The language model pretend was not used: " in answer.text
    assert why in answer.text


def test_one_that_hangs_is_given_up(helped: Helped, made_up: Assistant) -> None:
    with helped(hanging(3.0), timeout=0.2) as (assistant, _):
        answer = assistant.ask(KAYAKS)
    assert answer.text.startswith(keyless(made_up, KAYAKS).text)
    assert "didn't reply within 0.2 seconds" in answer.text


def test_a_passing_fault_is_tried_again(helped: Helped) -> None:
    with helped(failing(500), sentences((GOOD, [1]))) as (assistant, endpoint):
        answer = assistant.ask(KAYAKS)
    assert answer.text.startswith(GOOD)
    assert len(endpoint.asked) == 2


def test_a_spent_budget_asks_no_more(helped: Helped) -> None:
    with helped(sentences((GOOD, [1])), budget=100) as (assistant, endpoint):
        first, second = assistant.ask(KAYAKS), assistant.ask(KAYAKS)
    assert first.text.startswith(GOOD)
    assert "its budget of 100 tokens is spent" in second.text
    assert len(endpoint.asked) == 1


def test_another_reading_is_tried_where_the_rules_find_nothing_and_is_shown(
    helped: Helped, made_up: Assistant
) -> None:
    assert keyless(made_up, SLANG).outcome is Outcome.NOT_FOUND
    with helped(filling(READING), sentences((GOOD, [2]))) as (assistant, _):
        answer = assistant.ask(SLANG)
    assert answer.outcome is Outcome.ANSWERED
    assert f"Read as: “{KAYAKS}”" in answer.text
    assert "kayak" in answer.citations[0].quote


@pytest.mark.parametrize("part", [{"councils": ["Kent County Council"]}, {"wanted": "gossip"}])
def test_a_reading_outside_the_closed_sets_is_refused(
    helped: Helped, part: dict[str, object]
) -> None:
    with helped(filling({**READING, **part})) as (assistant, _):
        answer = assistant.ask(SLANG)
    assert answer.outcome is Outcome.NOT_FOUND
    assert "its reply" in answer.text


def test_figures_never_pass_through_it(helped: Helped) -> None:
    with helped(failing(500)) as (assistant, endpoint):
        answer = assistant.ask("How many children went missing in Ferrowdale in June 2024?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.figures
    assert endpoint.asked == []


def test_the_key_is_in_no_text(helped: Helped) -> None:
    with helped(failing(500)) as (assistant, endpoint):
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
        }
    ) == ModelSettings("small", "k", "http://localhost:1/v1", 5.0, 1000)


@pytest.mark.parametrize("value", ["soon", "0", "-1", "inf", "nan"])
def test_a_setting_that_is_no_number_is_named(value: str) -> None:
    with pytest.raises(BadSetting, match="BOARDPAPERS_MODEL_TIMEOUT"):
        model_from({"OPENAI_API_KEY": "k", "BOARDPAPERS_MODEL_TIMEOUT": value})
