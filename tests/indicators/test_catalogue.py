"""The catalogue's own consistency, and what its words make of labels."""

from importlib.resources import files

import pytest

from indicators.catalogue import (
    CatalogueError,
    Measure,
    measure_of,
    measures,
    read_catalogue,
    terms,
    words,
)

_TEXT = files("indicators").joinpath("catalogue.toml").read_text("utf-8")
_MEASURE = """
[[measure]]
id = "late-buses"
name = "School buses that came late"
all = ["late", "bus"]
unit = "percent"
better = "lower"
population = "school buses"
definition = "Buses more than ten minutes late, of all"
defined_by = "local"
"""
_UNITS = {"count", "percent", "gbp", "days", "rate per 10,000", "score"}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('[[term]]\nid = "bus"\nnames = ["bus"]\ncolour = "red"', "colour"),
        ('[[term]]\nid = "bus"\nnames = []', "names"),
        ('[[term]]\nid = "dental"\nnames = ["molars"]', "given twice: dental"),
        ('[[term]]\nid = "bus"\nnames = ["UASC"]', "given twice: uasc"),
        (_MEASURE.replace('"percent"', '"furlongs"'), "unit"),
        (_MEASURE.replace('"lower"', '"sideways"'), "better"),
        (_MEASURE.replace("population", "crowd"), "population"),
        (_MEASURE + 'complement = "no-such-measure"\n', "complement"),
        (_MEASURE + "adds = true\n", "can't be added up"),
        ("[[measure", "isn't TOML"),
    ],
)
def test_a_faulty_entry_refuses_the_file(entry: str, fault: str) -> None:
    with pytest.raises(CatalogueError, match=fault):
        read_catalogue(f"{_TEXT}\n{entry}\n")


def test_an_added_measure_is_an_edit_of_the_file() -> None:
    _, found = read_catalogue(f"{_TEXT}\n{_MEASURE}")
    assert found[-1].id == "late-buses"


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


def test_letters_of_any_alphabet_make_words_and_accents_may_be_left_out() -> None:
    assert words("Tŷ Môn yng Ngŵyr") == words("Ty Mon yng Ngwyr")
    assert len(words("Llŷn Øst")) == 2
