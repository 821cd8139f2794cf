from ingest.blocks import read_blocks
from ingest.tables import Grid, column_labels, read_grids, row_sentence


def _grids(text: str) -> tuple[Grid, ...]:
    return read_grids(read_blocks(text)[0], text)


def _words(grid: Grid) -> tuple[list[list[str]], list[list[str]]]:
    return (
        [[cell.text for cell in row] for row in grid.header],
        [[cell.text for cell in row] for row in grid.rows],
    )


def test_a_pipe_table_with_a_blank_cell() -> None:
    """What broke: a blank cell moved the figures after it one month to the left."""
    text = "| Measure | Apr-24 | May-24 |\n|---|---|---|\n| 1 Dental | | **84%** |\n"
    (grid,) = _grids(text)
    assert _words(grid) == ([["Measure", "Apr-24", "May-24"]], [["1 Dental", "", "84%"]])
    figure = grid.rows[0][2]
    assert text[figure.start : figure.end] == "**84%**"


def test_a_cell_that_runs_over_lines() -> None:
    text = "| Item | Title |\n|---|---|\n| 3 | Minutes\n[To approve them] |\n| 4 | Any other |\n"
    (grid,) = _grids(text)
    assert _words(grid)[1] == [["3", "Minutes [To approve them]"], ["4", "Any other"]]


def test_tab_rows_with_and_without_a_header() -> None:
    text = "Task\tWho\tWhen\nCount the beds\tSM\tMay 2024\n"
    assert _words(_grids(text)[0]) == (
        [["Task", "Who", "When"]],
        [["Count the beds", "SM", "May 2024"]],
    )
    assert _words(_grids("Beds\t12\nCots\t3\n")[0]) == ([], [["Beds", "12"], ["Cots", "3"]])


def test_two_header_rows_and_a_label_that_spans_columns() -> None:
    text = (
        "| Measure | Homes | | Foster | |\n|---|---|---|---|---|\n"
        "| | 2023 actual | 2024 actual | 2023 actual | 2024 actual |\n"
        "| Beds | 4 | 6 | 80 | 91 |\n"
    )
    (grid,) = _grids(text)
    assert [column_labels(grid.header, i) for i in range(5)] == [
        ("Measure",),
        ("Homes", "2023 actual"),
        ("Homes", "2024 actual"),
        ("Foster", "2023 actual"),
        ("Foster", "2024 actual"),
    ]
    assert row_sentence(grid.header, grid.rows[0]) == (
        "Beds — Homes 2023 actual: 4; Homes 2024 actual: 6; "
        "Foster 2023 actual: 80; Foster 2024 actual: 91"
    )


def test_a_rule_below_the_last_row_heads_nothing() -> None:
    """What broke: a rule at a table's foot made its first row of actions a header."""
    text = "Task\tWho\tWhen\nCount the beds\tSM\tMay 2024\nMend a roof\tTO\tJune\n--\t--\t--\n"
    (grid,) = _grids(text)
    assert _words(grid) == (
        [["Task", "Who", "When"]],
        [["Count the beds", "SM", "May 2024"], ["Mend a roof", "TO", "June"]],
    )


def test_labels_amid_figures_head_another_table() -> None:
    text = (
        "| Year | Boys | Girls |\n|---|---|---|\n| 2023 | 4 | 5 |\n"
        "| Term | Exams | Passes |\n| Spring | 12 | 7 |\n"
    )
    assert [_words(grid) for grid in _grids(text)] == [
        ([["Year", "Boys", "Girls"]], [["2023", "4", "5"]]),
        ([["Term", "Exams", "Passes"]], [["Spring", "12", "7"]]),
    ]


def test_a_row_without_a_header_is_read_out_as_it_stands() -> None:
    (grid,) = _grids("Beds\t12\nCots\t3\n")
    assert row_sentence(grid.header, grid.rows[0]) == "Beds | 12"
