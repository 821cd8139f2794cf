"""The frame of figures: its schema, and what is written."""

from datetime import date
from pathlib import Path

import pandas as pd
import pandera.errors
import pytest

from indicators.frame import SCHEMA, ExportError, to_frame, write
from ingest.model import Meeting
from tests.indicators.making import figure

_MEETING = Meeting("Northmoor Council", "Board", date(2024, 5, 1))


def _frame() -> pd.DataFrame:
    held = [
        figure("61.50", "percent", measure="Care leavers in EET"),
        figure(None, "percent", measure="Care leavers in EET", when="April 2024"),
        figure("3", when=None, measure="=HYPERLINK(1)"),
    ]
    return to_frame([(o, _MEETING) for o in held])


def test_one_row_a_figure_with_what_the_catalogue_knows() -> None:
    row = _frame().iloc[0]
    assert (row["council"], row["measure"], row["catalogue"], row["better"]) == (
        "Northmoor Council", "Care leavers in EET", "eet", "higher",
    )  # fmt: skip
    assert (row["value"], row["exact"], row["period"]) == (61.5, "61.50", "31 March 2024")


def test_only_dated_figures_with_a_value_are_placed() -> None:
    assert list(_frame()["placed"]) == [True, False, False]


def test_a_frame_that_breaks_the_schema_is_refused() -> None:
    broken = _frame().assign(unit="furlongs")
    with pytest.raises(pandera.errors.SchemaErrors):
        SCHEMA.validate(broken, lazy=True)


def test_both_files_hold_the_same(tmp_path: Path) -> None:
    frame = _frame()
    write(frame, tmp_path / "a.csv")
    write(frame, tmp_path / "a.parquet")
    table, parquet = pd.read_csv(tmp_path / "a.csv"), pd.read_parquet(tmp_path / "a.parquet")
    assert list(table.columns) == list(parquet.columns) == list(SCHEMA.columns)
    assert list(table["value"].dropna()) == list(parquet["value"].dropna()) == [61.5, 3.0]


def test_a_spreadsheet_runs_nothing_of_a_paper(tmp_path: Path) -> None:
    write(_frame(), tmp_path / "a.csv")
    assert "'=HYPERLINK(1)" in (tmp_path / "a.csv").read_text(encoding="utf-8")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"a\.xlsx.*\.csv or \.parquet"):
        write(_frame(), tmp_path / "a.xlsx")
