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


MARKS = (
    "EXEMPT",
    "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A",
    "Not for public release",
    "Closed report",
    "Private appendix",
    "Exempt Appendix B",
    "Exempt by virtue of paragraph 3",
    "RESTRICTED: contains personal information",
    "Green papers (confidential)",
)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("place", ["above", "below", "instead of"])
def test_a_mark_may_stand_above_a_title_below_it_or_in_its_place(mark: str, place: str) -> None:
    """A running head stands above the title of the first page, and so ends the report before."""
    report = {
        "above": f"{mark}\n\n" + PRIVATE_REPORT.format(title="A house", mark=""),
        "below": PRIVATE_REPORT.format(title="A house", mark=mark),
        "instead of": PRIVATE_REPORT.format(title=mark, mark=""),
    }[place]
    stretches = held(FRONT + PUBLIC_REPORT + report)
    assert any("The vendor" in s and "agree the price" in s for s in stretches)
    assert not any("Health assessments" in s for s in stretches)


@pytest.mark.parametrize("mark", ["PART II", "Pink papers", "Members only"])
def test_a_bare_mark_counts_in_a_header(mark: str) -> None:
    text = FRONT + PUBLIC_REPORT + PRIVATE_REPORT.format(title="A house", mark=mark)
    assert ["Health assessments" in stretch for stretch in held(text)] == [False]


@pytest.mark.parametrize(
    "title", ["Appendix 2 - exempt", "APPENDIX B (EXEMPT)", "Annex 3: Not for publication"]
)
def test_an_appendix_is_held_by_its_title_and_its_report_is_not(title: str) -> None:
    text = FRONT + PUBLIC_REPORT + PRIVATE_REPORT.format(title=title, mark="")
    assert ["Health assessments" in stretch for stretch in held(text)] == [False]


@pytest.mark.parametrize(
    "said",
    [
        "Confidential appendix circulated separately",
        "Appendices: Appendix 1 - the plan; Appendix 2 - exempt, circulated separately.",
        "# Appendix 2 - exempt (circulated separately)",
        "The exempt appendix was sent to members only.",
        "The report on pink papers was printed in 2019.",
        "A green paper on social care is expected.",
    ],
)
def test_what_tells_of_papers_sent_elsewhere_holds_nothing_back(said: str) -> None:
    assert held(FRONT + PUBLIC_REPORT.replace("Page 3", f"{said}\n\nPage 3")) == []


def test_each_page_with_a_running_head_is_held_and_the_pages_between_are_not() -> None:
    def page(title: str, told: str, head: str = "", heads: int = 1) -> str:
        above = f"{head}\n\n" if head else ""
        return f"{above}# {title}\n\n" + f"\n\n{above}".join(
            f"1.{i} {told} and told so again, for the {i}th time, at length." for i in range(heads)
        )

    head = "NOT FOR PUBLICATION"
    pages = (
        FRONT + PUBLIC_REPORT,
        page("A house", "The vendor spoke", head, 3),
        page("A lease", "The landlord spoke", head, 2),
        page("Performance report", "The public listened"),
    )
    stretches = "".join(held("\n\n".join(pages)))
    assert stretches.count("The vendor spoke") == 3
    assert stretches.count("The landlord spoke") == 2
    assert "Health assessments" not in stretches


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
