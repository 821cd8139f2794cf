"""Sentences with several figures: what each counts, its date, and which of them is told."""


import pytest

from assistant.assistant import Assistant
from ingest.store import Store

_PACK = """\
# Quillmoor County Council

# Children's Scrutiny Committee

# Minutes of the Children's Scrutiny Committee

**Held on Thursday 9 May 2024 at Shire House**

### 4. Visits and complaints

In March 2024 there were 61 households and 84 children open to the outreach team. 71% of visits \
were made within 10 working days and 88% were made within 15 working days.

Of the 40 complaints, nine were withdrawn. The initial and review checks done on time stood at \
62% and 79% respectively.

Concerns numbered 30 in the summer. The helpline took 512 calls, up from 430 the year before.
"""


@pytest.fixture(scope="module")
def quillmoor(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("quillmoor")
    (folder / "quillmoor-csc-2024-05-09.md").write_text(_PACK, encoding="utf-8")
    assistant = Assistant(Store.open(folder / "store", None))
    report = assistant.ingest([folder / "quillmoor-csc-2024-05-09.md"])
    assert not report.refused, report
    return assistant


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many households were open to the outreach team in Quillmoor?", 61),
        ("What percentage of visits in Quillmoor were made within 15 working days?", 88),
        ("What percentage of visits in Quillmoor were made within 10 working days?", 71),
        ("How many calls did the helpline take in Quillmoor?", 512),
    ],
)
def test_which_figure_of_a_sentence(quillmoor: Assistant, question: str, value: float) -> None:
    answer = quillmoor.ask(question)
    assert answer.figures, answer.text
    assert answer.figures[0].value == value
