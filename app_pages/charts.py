"""A series as a chart, with what the chart says in words and as a table."""

import base64
from typing import Any

import streamlit as st

from app_pages.words import draw, shown, table
from assistant.answer import Chart, Point
from assistant.listings import Listing
from assistant.shown import chart_sentence, chart_table, chart_value

_SOLID: list[int] = [1, 0]
_DASHED = ([6, 4], [2, 3], [10, 3, 2, 3], [4, 6])
_DATES = {"format": "%b %Y", "labelAngle": -40}
_SPARK_INK = ("#1f5c52", "#8fd3c4")
_GOAL = ("#a34a12", "#f0a36b")  # on light, on dark
_HEIGHT = 280
_NAME_HIGH = 24  # pixels that a name below a chart takes
_SPARK_WIDE, _SPARK_HIGH = 240, 50


def series(chart: Chart, key: str) -> None:
    """Draws a series with its target and comparators; its table and CSV stand beside it."""
    sentence = chart_sentence(chart)
    lines = 1 + len(chart.comparators) + (chart.target is not None)
    named = lines * _NAME_HIGH if lines > 1 else 0
    st.vega_lite_chart(_lines(chart), alt=sentence, height=_HEIGHT + named)
    draw("bp-small", sentence)
    with st.expander("The figures as a table", icon=":material/table:"):
        table(*chart_table(chart))
        st.download_button(
            "Save as CSV", _csv(chart), "figures.csv", "text/csv", key=f"{key}-csv",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _lines(chart: Chart) -> dict[str, Any]:
    """The points by their last day; the scale begins where the figures do, and says so by labels.

    A level (the target, a comparator without a date) runs from the first to the last of them.
    Titles are values of data, never of markup: Vega draws them as text.
    """
    own = chart.title.partition(":")[0]
    values = [_datum(own, point, chart.unit) for point in chart.points]
    names, dashes = [own], [_SOLID]
    levels = [] if chart.target is None else [("target", chart.target)]
    for beside in chart.comparators:
        if beside.points[0].ends:
            values += [_datum(beside.area, point, chart.unit) for point in beside.points]
            names.append(beside.area)
            dashes.append(_DASHED[len(names) % len(_DASHED)])
        else:
            levels.append((f"{beside.area} (undated)", beside.points[0].value))
    for name, value in levels:
        for end in (chart.points[0], chart.points[-1]):
            values.append(_datum(name, Point("", end.ends, value, ""), chart.unit))
        names.append(name)
        dashes.append(_DASHED[len(names) % len(_DASHED)])
    key = {
        "title": None, "orient": "bottom", "columns": 1, "labelLimit": 230,
        "symbolType": "stroke", "symbolSize": 500, "symbolStrokeWidth": 2.5,
    }  # fmt: skip
    legend = key if len(names) > 1 else None
    place: dict[str, dict[str, Any]] = {
        "x": {"field": "ends", "type": "temporal", "title": None, "axis": _DATES},
        "y": {
            "field": "value", "type": "quantitative", "title": _axis(chart.unit),
            "scale": {"zero": False, "nice": True},
        },
        "color": {
            "field": "of", "type": "nominal", "scale": {"domain": names}, "legend": legend,
        },
    }  # fmt: skip
    dash = {
        "field": "of", "type": "nominal", "scale": {"domain": names, "range": dashes},
        "legend": legend,
    }  # fmt: skip
    unnamed = {"color": place["color"] | {"legend": None}}
    told = [{"field": name, "type": "nominal"} for name in ("of", "When", "Figure")]
    return {
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2}, "encoding": place | {"strokeDash": dash}},
            {
                "mark": {"type": "point", "filled": True, "size": 45},
                "transform": [{"filter": "datum.When !== ''"}],
                "encoding": place | unnamed | {"tooltip": told},
            },
        ],
    }


def _datum(of: str, point: Point, unit: str) -> dict[str, str | float]:
    figure = chart_value(point.value, unit)
    return {"of": of, "ends": point.ends, "value": point.value, "When": point.period,
            "Figure": figure}  # fmt: skip


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


def _csv(chart: Chart) -> str:
    columns = ("series", "of", "when", "value", "unit", "paper")
    own = chart.title.partition(":")[0]
    held = [(own, chart.points), *((c.area, c.points) for c in chart.comparators)]
    rows = tuple(
        (chart.title, of, p.period, f"{p.value:g}", chart.unit, p.paper)
        for of, points in held
        for p in points
    )
    return Listing(columns, rows).to_csv()
