"""The real client with a small real model on this machine: `pytest -m local_model`.

Its mistakes are the point: what fails the gate must not be shown.
"""

from collections.abc import Iterator

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.language_model import prompts
from assistant.language_model.model import OpenAIModel
from assistant.language_model.tools import Form, choice
from assistant.settings import ModelSettings
from tests.local_model import faults, is_installed, served, worded_questions

pytestmark = [
    pytest.mark.local_model,
    pytest.mark.skipif(not is_installed(), reason="requirements-local-model.lock isn't installed"),
]
_ASKED = 12


@pytest.fixture(scope="module")
def settings() -> Iterator[ModelSettings]:
    with served() as given:
        yield given


def test_nothing_that_fails_the_gate_is_shown(
    demonstration: Assistant, settings: ModelSettings
) -> None:
    assistant = Assistant(demonstration._store, model=OpenAIModel(settings))
    shown, used = [], set()
    for question, before in worded_questions(demonstration)[:_ASKED]:
        parts = list(assistant.stream(question))
        answer = parts[-1]
        assert isinstance(answer, Answer) and answer.receipt
        used.add(answer.receipt.model.split(" ")[0])
        shown += faults(demonstration, before, parts)
    assert shown == []
    assert used == {settings.name}


def test_it_fills_a_form_by_its_schema(settings: ModelSettings) -> None:
    class Reading(Form):
        """How to understand a question."""

        council: choice("Council", ("Ferrowdale", "Quillminster"))  # type: ignore[valid-type]

    question = prompts.reading("What did Quillminster decide?", ())
    filled = OpenAIModel(settings).fill(Reading, prompts.READ, question)
    assert filled.council in ("Ferrowdale", "Quillminster")
