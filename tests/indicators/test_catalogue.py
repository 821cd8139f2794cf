"""The catalogue's own consistency, and what its words make of labels."""

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from indicators.catalogue import Measure, measure_of, measures, terms, words

_DATA = tomllib.loads(files("indicators").joinpath("catalogue.toml").read_text("utf-8"))
_UNITS = {"count", "percent", "gbp", "days", "rate per 10,000", "score"}


def _twice(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_ids_are_unique() -> None:
    assert _twice([t["id"] for t in _DATA["term"]]) == []
    assert _twice([m["id"] for m in _DATA["measure"]]) == []


def test_a_name_belongs_to_one_term() -> None:
    owners = {(name.lower(), t["id"]) for t in _DATA["term"] for name in t["names"]}
    assert _twice([name for name, _ in owners]) == []


def test_fields_are_known() -> None:
    assert {key for t in _DATA["term"] for key in t} <= {
        "id",
        "names",
        "loose",
        "population",
        "people",
    }
    assert {key for m in _DATA["measure"] for key in m} <= {
        "id", "name", "all", "none", "unit", "better", "complement", "defined_by",
    }  # fmt: skip


def test_every_name_reads_as_its_term() -> None:
    wrong = [name for term in terms().values() for name in term.names if words(name) != (term.id,)]
    assert wrong == []


@pytest.mark.parametrize("m", measures(), ids=lambda m: m.id)
def test_measures_are_sound(m: Measure) -> None:
    known = {other.id for other in measures()}
    assert m.unit in _UNITS
    assert m.better in ("higher", "lower", "neither")
    assert m.complement is None or m.complement in known
    assert m.all and not m.all & m.none
    for word in m.all | m.none:
        assert word in terms() or words(word) == (word,), f"{word} is met in no label"


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Number of looked after children", "children-in-care"),
        ("UASC", "unaccompanied-children"),
        ("LAC with 3 or more placements in the year", "three-or-more-placements"),
        ("Fewer than 3 placements", "fewer-than-three-placements"),
        ("Care leavers who are NEET", "neet"),
        ("Care leavers in EET", "eet"),
        ("Dental check up to date", "dental"),
        ("Reviews held on time", "reviews-on-time"),
        ("Number of children missing from care", "missing"),
        ("Repairs to buildings", None),
    ],
)
def test_labels_find_their_measure(label: str, measure: str | None) -> None:
    found = measure_of(words(label))
    assert (found.id if found else None) == measure


def test_spellings_give_the_same_words() -> None:
    assert words("Looked-after children") == words("LAC") == words("children in care")
    assert words("EHCPs") == words("education, health and care plan") == ("ehcp",)
