"""Names that only the papers explain: short and long ones find each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant

PAPERS = {
    "Larchford": """\
# Larchford Borough Council

# Housing Committee

**Tuesday 4 June 2024 at 7.00 pm**

# Repairs report

1.1 The Damp Response Team (DRT) was set up in May. It has six surveyors.

1.2 Weather has been dry all spring and few roofs were harmed.

1.3 Boilers are serviced each autumn by a firm from the next town.

# Costs report

2.1 The DRT cost £41,000 in its first half-year, most of it for vans.

2.2 Lifts cost £12,000 to mend and will be replaced when money allows.
""",
    "Millmere": """\
# Millmere District Council

# Housing Committee

**Wednesday 12 June 2024 at 6.00 pm**

# Mould report

1.1 The damp response team of this council meets every Friday in the old library.

1.2 Painters were hired for the town hall and for two schools nearby.
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("papers")
    for name, text in PAPERS.items():
        (folder / f"{name.lower()}.md").write_text(text)
    with Assistant.open(folder / "store") as assistant:
        assistant.ingest(sorted(folder.glob("*.md")))
        yield assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did the damp response team of Larchford cost?", "The DRT cost £41,000"),
        ("When does the DRT of Millmere meet?", "meets every Friday"),
        ("How many surveyors are in the DRT of Larchford?", "It has six surveyors"),
    ],
)
def test_a_name_finds_what_is_said_under_the_other(
    assistant: Assistant, question: str, said: str
) -> None:
    found = assistant.search(question)

    assert said in found[0].text, [result.text for result in found]


def test_a_name_goes_with_the_paper_that_explained_it(tmp_path: Path) -> None:
    for name, text in PAPERS.items():
        (tmp_path / f"{name.lower()}.md").write_text(text)
    with Assistant.open(tmp_path / "store") as assistant:
        assistant.ingest(sorted(tmp_path.glob("*.md")))
        before = assistant.search("When does the DRT of Millmere meet?")[0].features
        assistant.remove("larchford")
        after = assistant.search("When does the DRT of Millmere meet?")[0].features

    assert before.together > after.together
