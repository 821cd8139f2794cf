"""A chart as a PNG: the readings of a measure over time, and its target."""

from typing import Any

import vl_convert

from assistant.answer import Chart

_WIDTH, _HEIGHT, _SCALE = 620, 190, 2
_INK, _TARGET = "#1f5c52", "#a65a1c"


def png_of(chart: Chart) -> bytes:
    """The chart drawn; nothing is fetched from anywhere."""
    return vl_convert.vegalite_to_png(_drawing(chart), scale=_SCALE)


def _drawing(chart: Chart) -> dict[str, Any]:
    points = [{"ends": p.ends, "value": p.value} for p in chart.points]
    value = {"field": "value", "type": "quantitative", "scale": {"zero": False}}
    line = {
        "mark": {"type": "line", "point": True, "color": _INK},
        "encoding": {
            "x": {
                "field": "ends",
                "type": "temporal",
                "timeUnit": "utcyearmonthdate",
                "axis": {"title": None, "format": "%b %Y", "labelOverlap": True},
            },
            "y": value | {"axis": {"title": chart.unit}},
        },
    }
    target = {
        "mark": {"type": "rule", "strokeDash": [6, 4], "color": _TARGET},
        "data": {"values": [{"value": chart.target}]},
        "encoding": {"y": value},
    }
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "background": "white",
        "data": {"values": points},
        "layer": [line, target] if chart.target is not None else [line],
    }
