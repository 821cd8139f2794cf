"""Figures of the right name and the wrong thing: they are no answer."""

from collections.abc import Iterator

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.assistant.conftest import open_over

_PAPER = """# Thistledown County Council

# Children's Scrutiny Committee

**Thursday 7 March 2024, Shire Hall**

## Minutes of the meeting on 11 January 2024

### 4. Homes for teenagers

Orla Penwarden announced that the Department had offered £730,000 for two homes.

### 5. Reserves

An underspend of £2.1m had brought the reserves up to £9.4m.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "thistledown-csc-2024-03-07.md").write_text(_PAPER, encoding="utf-8")
    with open_over(folder) as assistant:
        yield assistant


def test_a_sum_that_somebody_speaks_of_is_not_what_they_earn(asked: Assistant) -> None:
    assert asked.ask("How much does Orla Penwarden earn?").outcome is not Outcome.ANSWERED
    told = asked.ask("How much did Orla Penwarden say was offered for the two homes?")
    assert "£730,000" in told.text


def test_the_figure_that_a_question_gives_does_not_answer_it(asked: Assistant) -> None:
    answer = asked.ask("How much were the reserves after the £2.1m underspend?")
    assert [figure.value for figure in answer.figures][:1] != [2_100_000]
