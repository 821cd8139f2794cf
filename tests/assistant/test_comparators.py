"""What papers print beside a series goes into its chart: by date, or as a level."""

from assistant.answer import Chart, Comparator, Point
from assistant.assistant import Assistant
from assistant.shown import chart_sentence, chart_table


def chart_of(assistant: Assistant, measure: str, council: str) -> Chart:
    return next(c.chart for c in assistant.indicator(measure) if c.council.startswith(council))


def levels(chart: Chart) -> dict[str, float]:
    return {c.area: c.points[0].value for c in chart.comparators if not c.points[0].ends}


def test_a_comparator_without_a_date_is_a_level(demonstration: Assistant) -> None:
    chart = chart_of(demonstration, "Dental checks up to date", "Averonshire")

    assert levels(chart) == {
        "England": 80.0,
        "South Midlands": 78.0,
        "statistical neighbours": 81.0,
    }
    assert "England 80%, printed without a date" in chart_sentence(chart)


def test_comparators_with_dates_stand_beside_the_same_dates(demonstration: Assistant) -> None:
    chart = chart_of(demonstration, "SDQ average score", "Castlebourne")

    england = next(c for c in chart.comparators if c.area == "England")
    assert [(p.period, p.value) for p in england.points] == [("2022/23", 14.4), ("2023/24", 14.7)]
    columns, rows = chart_table(chart)
    assert columns[:3] == ("When", "Figure", "England")
    assert [row[2] for row in rows if row[0] == "2023/24"] == ["14.7 score"]


def test_what_is_not_printed_for_a_date_is_left_empty() -> None:
    points = (Point("May", "2024-05-31", 80.0, "p"), Point("June", "2024-06-30", 82.0, "p"))
    beside = (Comparator("England", points[:1]),)
    _, rows = chart_table(Chart("Here: checks", "percent", "higher", points, None, beside))

    assert [row[2] for row in rows] == ["80%", ""]
