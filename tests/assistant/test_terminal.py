"""Lists on the terminal, beside what Rich itself makes of the same table."""

import io

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.listings import Listing
from assistant.terminal import show_listing

LISTING = Listing(
    ("title", "left_out", "held", "said"),
    (
        ("Health assessments", 1, "2024-07-18", "That the report be noted."),
        ("日本語 の 報告", 2, None, "first line\nsecond line, which is rather longer than it"),
        ("", 3, "2024", "w" * 90 + " ends"),
        ("  two  spaces ", 4, 7, "tab\tbetween, e\u0301 combined, [bold]no markup[/bold]"),
        ("plain", 5, "x", ""),
    ),
)
COLUMNS = ("title", "held", "said")


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("terminal", [True, False])
def test_a_list_is_set_out_as_rich_sets_out_a_table(width: int, terminal: bool) -> None:
    ours, own = (
        Console(file=io.StringIO(), width=width, force_terminal=terminal, highlight=False)
        for _ in range(2)
    )
    show_listing(ours, LISTING, COLUMNS)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in COLUMNS:
        table.add_column(name.capitalize(), overflow="fold")
    for title, _, held, said in LISTING.rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in (title, held, said)))
    own.print(table)
    own.print(Text("5 in all", style="dim"))
    assert ours.file.getvalue() == own.file.getvalue()  # type: ignore[attr-defined]


def test_a_list_without_rows_says_so() -> None:
    console = Console(file=io.StringIO(), width=80)
    show_listing(console, Listing(("a", "b"), ()), ("a",))
    assert console.file.getvalue() == "0 in all\n"  # type: ignore[attr-defined]
