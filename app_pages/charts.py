"""A series as a chart, with what the chart says in words and as a table."""

import base64

import altair as alt
import pandas as pd
import streamlit as st

from app_pages.words import draw, shown, table
from assistant.answer import Chart
from assistant.listings import Listing
from assistant.shown import chart_sentence, chart_value

_DASHES = [6, 4]
_SPARK_INK = ("#1f5c52", "#8fd3c4")
_GOAL = ("#a34a12", "#f0a36b")  # on light, on dark
_HEIGHT = 260
_SPARK_WIDE, _SPARK_HIGH = 240, 50


def series(chart: Chart, key: str) -> None:
    """Draws a series with its target's line; its table and CSV stand beside it."""
    sentence = chart_sentence(chart)
    st.altair_chart(_lines(chart), alt=sentence, height=_HEIGHT)
    draw("bp-small", sentence)
    with st.expander("The figures as a table", icon=":material/table:"):
        table(("When", "Figure", "Paper"), _rows(chart))
        st.download_button(
            "Save as CSV", _csv(chart), "figures.csv", "text/csv", key=f"{key}-csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _lines(chart: Chart) -> alt.LayerChart | alt.FacetChart:
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
        ink = _GOAL[st.context.theme.type == "dark"]
        goal = pd.DataFrame({"value": [chart.target], "Target": ["Target"]})
        rule = alt.Chart(goal).mark_rule(strokeDash=_DASHES, color=ink, strokeWidth=2)
        words = f"target {chart_value(chart.target, chart.unit)}"
        text = alt.Chart(goal).mark_text(align="left", dx=4, dy=-7, x=0, color=ink)
        layers += [rule.encode(y="value:Q"), text.encode(y="value:Q", text=alt.value(words))]
    return alt.layer(*layers)


def _axis(unit: str) -> str:
    return {"percent": "%", "gbp": "£", "count": "number"}.get(unit, unit)


def sparkline(chart: Chart) -> str:
    """A series as a small line, as HTML, with the target's line; told in words to who can't see."""
    dark = st.context.theme.type == "dark"
    values = [point.value for point in chart.points]
    goal = [] if chart.target is None else [chart.target]
    low, high = min([*values, *goal]), max([*values, *goal])
    last = max(len(values) - 1, 1)

    def height(value: float) -> float:
        return _SPARK_HIGH * (high - value) / ((high - low) or 1)

    line = " ".join(
        f"{_SPARK_WIDE * i / last:.1f},{height(value):.1f}" for i, value in enumerate(values)
    )
    target = "".join(
        f'<line x1="0" x2="{_SPARK_WIDE}" y1="{height(v):.1f}" y2="{height(v):.1f}"/>' for v in goal
    )
    ink, goal_ink = _SPARK_INK[dark], _GOAL[dark]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -2 {_SPARK_WIDE} {_SPARK_HIGH + 4}" '
        f'preserveAspectRatio="none"><polyline points="{line}" fill="none" stroke="{ink}" '
        f'stroke-width="2"/><g stroke="{goal_ink}" stroke-dasharray="5 4">{target}</g></svg>'
    )
    # As a picture: Streamlit takes drawings out of HTML.
    data = base64.b64encode(svg.encode()).decode()
    told = shown(chart_sentence(chart))
    return f'<img class="bp-spark" alt="{told}" src="data:image/svg+xml;base64,{data}">'


def _rows(chart: Chart) -> list[tuple[str, str, str]]:
    return [(p.period, chart_value(p.value, chart.unit), p.paper) for p in chart.points]


def _csv(chart: Chart) -> str:
    columns = ("series", "when", "value", "unit", "paper")
    rows = tuple((chart.title, p.period, f"{p.value:g}", chart.unit, p.paper) for p in chart.points)
    return Listing(columns, rows).to_csv()
