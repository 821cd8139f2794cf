"""Slips of the keyboard in the words that questions are put in."""

import pytest

from assistant.question.spelling import Spelling

HELD = frozenset(("childer", "octobr"))
SPELLING = Spelling(HELD.__contains__, lambda letter: (), lambda letters: None)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("how many chidren in care in Setpember", "how many children in care in september"),
        ("percentge of care leavers", "percentage of care leavers"),
        ("what was recomended", "what was recommended"),
        ("children in Farlington", "children in Farlington"),
        ("What did Mr Childers say?", "What did Mr Childers say?"),
    ],
)
def test_a_slip_is_put_right_unless_the_papers_have_the_word(typed: str, right: str) -> None:
    assert SPELLING.typed_right(typed) == right
