"""What is held back by its marks, and what only speaks of such business."""

import pytest

from ingest.exempt import screen
from ingest.model import Privacy

FRONT = """# Testshire County Council

# Corporate Parenting Board

**Thursday 14 March 2024 at 10.00 am, County Hall**

## Agenda

| Item | Title | Pages |
|---|---|---|
| 1 | Minutes of the meeting on 7 December 2023 | 2 |
| 2 | Performance report | 3 - 4 |
| 3 | Bus passes for care leavers | 5 - 6 |
| 4 | Exclusion of the press and public | |
| | **Part 2: not open to press and public** | |
| 5 | Purchase of Orchard House | 7 - 9 |

Page 1

"""
PUBLIC_REPORT = """# Performance report

Agenda item 2

1.1 Health assessments were up to date for ninety-one children in every hundred at the end of May.

1.2 The Board is asked to note the report.

Page 3

"""
PRIVATE_REPORT = """# {title}

{mark}

1.1 The vendor of the house has asked for more than the valuer thinks it worth, and will not wait.

1.2 The Board is asked to agree the price.

Page 7
"""


def held(text: str) -> list[str]:
    return [text[r.start : r.end] for r in screen(text)]


@pytest.mark.parametrize(
    "mark",
    [
        "NOT FOR PUBLICATION",
        "Not for publication by virtue of paragraph 3 of Schedule 12A",
        "**CONFIDENTIAL**",
        "Private and confidential",
        "EXEMPT",
        "Exempt report: paragraph 3",
        "EXEMPT UNDER PARAGRAPH 3 OF SCHEDULE 12A",
        "Part 2 - private",
        "PART II",
        "RESTRICTED",
        "OFFICIAL-SENSITIVE",
        "This report is exempt from publication under paragraph 3 of Schedule 12A.",
        "This report contains exempt information within paragraphs 1 and 2.",
        "| Exempt information | Paragraph 3 |\n|---|---|\n| Not for publication | x |",
    ],
)
def test_a_marked_report_is_held_and_the_one_beside_it_is_not(mark: str) -> None:
    text = FRONT + PUBLIC_REPORT + PRIVATE_REPORT.format(title="Another matter", mark=mark)
    stretches = held(text)
    assert len(stretches) == 1, stretches
    assert "The vendor" in stretches[0] and "agree the price" in stretches[0]
    assert "Health assessments" not in stretches[0]


@pytest.mark.parametrize(
    "mark",
    [
        "Exempt information: none",
        "Confidential: No",
        "Exempt: N/A",
        "This report contains no exempt information.",
        "This report does not contain confidential information.",
        "This report is not exempt from publication.",
        "Care leavers are exempt from council tax until they are 25.",
        "The Board heard that some letters are confidential.",
        "Part 1 - public",
        "Part 2 of the action plan sets out how the homes will be staffed from April onwards.",
        "Children told us that a confidential helpline would matter to them more than a poster.",
        "1.1 The plan is told in ten parts, and this one has its figures.\n\n# Part 2: Outcomes",
        "## Part 2 - How we will work",
        "Wards affected: all. Restricted diets were looked at.",
    ],
)
def test_what_only_speaks_of_it_is_for_everybody(mark: str) -> None:
    assert held(FRONT + PUBLIC_REPORT + PRIVATE_REPORT.format(title="Visits", mark=mark)) == []


def test_a_report_that_the_agenda_lists_as_exempt_is_held_without_a_mark() -> None:
    text = FRONT + PUBLIC_REPORT + PRIVATE_REPORT.format(title="Purchase of Orchard House", mark="")
    assert ["The vendor" in stretch for stretch in held(text)] == [True]
    by_number = PRIVATE_REPORT.format(title="A house", mark="Agenda item 5")
    assert ["The vendor" in s for s in held(FRONT + PUBLIC_REPORT + by_number)] == [True]


def test_what_follows_a_dividing_page_is_held() -> None:
    divider = "# Exclusion of the press and public\n\n"
    text = FRONT + PUBLIC_REPORT + divider + PRIVATE_REPORT.format(title="A house", mark="")
    assert any("The vendor" in stretch for stretch in held(text))
    assert not any("Health assessments" in stretch for stretch in held(text))


@pytest.mark.parametrize(
    ("mark", "privacy"),
    [
        ("CONFIDENTIAL", Privacy.CONFIDENTIAL),
        ("NOT FOR PUBLICATION", Privacy.EXEMPT),
        ("Confidential: exempt under paragraph 2", Privacy.EXEMPT),
    ],
)
def test_a_mark_at_the_top_is_of_the_whole_paper(mark: str, privacy: Privacy) -> None:
    text = f"# Testshire County Council\n\n{mark}\n\n{PUBLIC_REPORT}"
    assert [(r.start, r.end, r.privacy) for r in screen(text)] == [(0, len(text), privacy)]


def minutes(of_private: str) -> str:
    return (
        "# Minutes\n\n**Held on Thursday 7 December 2023**\n\n"
        "Present: Councillors Vane (Chair) and Brand.\n\nApologies: Councillor Munt.\n\n"
        "### 1 Bus passes\n\nResolved: That passes be bought.\n\n"
        "### 2 Exclusion of the press and public\n\n"
        "Resolved: That the public be excluded from the following item.\n\n"
        f"### 3 Purchase of a house\n\n{of_private}\n\nResolved: That it be bought.\n"
    )


def test_public_minutes_keep_the_summary_of_private_business_and_no_more() -> None:
    summary = "The Board heard an exempt report on a house."
    assert held(minutes(summary)) == []
    told = "The vendor said that the price would not be lowered, and gave reasons. " * 9
    (stretch,) = held(minutes(told))
    assert "The vendor" in stretch
    assert "passes" not in stretch and "be excluded" not in stretch
    (marked,) = held(minutes("EXEMPT MINUTE\n\nThe vendor gave way."))
    assert "gave way" in marked


def test_the_agenda_itself_stays_public() -> None:
    assert held(FRONT + PUBLIC_REPORT) == []
