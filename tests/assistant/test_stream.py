"""An answer as it is told: stretches that have passed the gate, then the answer itself."""

import pytest

from assistant.answer import Answer, Delta, Turn
from assistant.assistant import Assistant

QUESTIONS = (
    "What was resolved about kayak lessons in Ferrowdale?",
    "How many children went missing in Ferrowdale in June 2024?",
    "What was the health assessment figure in June 2024?",
    "How many unicorns does Ferrowdale have?",
    "What is the name of the child in the case study?",
)


def streamed(assistant: Assistant, question: str, *history: Turn) -> tuple[list[str], Answer]:
    """The texts of the deltas, and the answer after them."""
    *deltas, answer = assistant.stream(question, history)
    assert isinstance(answer, Answer)
    return [delta.text for delta in deltas if isinstance(delta, Delta)], answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_stretches_joined_are_the_text_of_the_answer(made_up: Assistant, question: str) -> None:
    texts, answer = streamed(made_up, question)
    assert "".join(texts) == answer.text
    assert answer == made_up.ask(question)


def test_an_answer_comes_statement_by_statement(made_up: Assistant) -> None:
    texts, answer = streamed(made_up, "What was the health assessment figure in June 2024?")
    assert [text.strip() for text in texts] == answer.text.split("\n")
