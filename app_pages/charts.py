"""A series as a chart, with what the chart says in words and as a table."""

from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from app_pages.words import draw, shown
from assistant.answer import Chart, Point
from assistant.listings import Listing
from assistant.shown import chart_sentence, chart_value

_DASHES = [6, 4]
_HEIGHT = 260


def series(chart: Chart, key: str) -> None:
    """Draws a series with its target's line; its table and CSV stand beside it."""
    sentence = chart_sentence(chart)
    st.altair_chart(_lines(chart), alt=sentence, height=_HEIGHT)
    draw("bp-small", sentence)
    with st.expander("The figures as a table", icon=":material/table:"):
        st.html(_table(chart))
        st.download_button(
            "Save as CSV", _csv(chart), "figures.csv", "text/csv", key=f"{key}-csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _lines(chart: Chart) -> alt.LayerChart:
    """The points by their last day; the scale begins where the figures do, and says so by labels.

    Titles are values of data, never of markup: Vega draws them as text.
    """
    frame = pd.DataFrame(
        {
            "ends": pd.to_datetime([point.ends for point in chart.points]),
            "value": [point.value for point in chart.points],
            "When": [point.period for point in chart.points],
            "Figure": [chart_value(point.value, chart.unit) for point in chart.points],
        }
    )
    base = alt.Chart(frame).encode(
        x=alt.X("ends:T", title=None, axis=alt.Axis(format="%b %Y", labelAngle=-40)),
        y=alt.Y("value:Q", title=_axis(chart.unit), scale=alt.Scale(zero=False, nice=True)),
        tooltip=["When", "Figure"],
    )
    layers: list[alt.Chart] = [base.mark_line(point=True)]
    if chart.target is not None:
        goal = pd.DataFrame({"value": [chart.target], "Target": ["Target"]})
        rule = alt.Chart(goal).mark_rule(strokeDash=_DASHES, color="#b4541a", strokeWidth=2)
        words = f"target {chart_value(chart.target, chart.unit)}"
        text = alt.Chart(goal).mark_text(align="left", dx=4, dy=-7, x=0, color="#b4541a")
        layers += [rule.encode(y="value:Q"), text.encode(y="value:Q", text=alt.value(words))]
    return alt.layer(*layers)


def _axis(unit: str) -> str:
    return {"percent": "%", "gbp": "£", "count": "number"}.get(unit, unit)


def _table(chart: Chart) -> str:
    rows = "".join(
        f"<tr><td>{shown(point.period)}</td><td>{shown(chart_value(point.value, chart.unit))}</td>"
        f"<td>{shown(point.paper)}</td></tr>"
        for point in chart.points
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("When", "Figure", "Paper"))
    return f'<div class="bp-scroll"><table class="bp-table"><tr>{head}</tr>{rows}</table></div>'


def _csv(chart: Chart) -> str:
    rows: Iterable[Point] = chart.points
    listed: Sequence[tuple[str, str, str, str, str]] = [
        (chart.title, point.period, f"{point.value:g}", chart.unit, point.paper) for point in rows
    ]
    columns = ("series", "when", "value", "unit", "paper")
    return Listing(columns, tuple(listed)).to_csv()
