"""Papers with something of every kind: public, exempt of two committees, confidential."""

from pathlib import Path

from ingest.sight import Committee
from tests.assistant.made_up import write_papers

PARENTING = Committee("Ferrowdale County Council", "Corporate Parenting Board")
PANEL = Committee("Quillminster City Council", "Corporate Parenting Panel")
COUNTY_PACK, CITY_PACK, SECRET_PAPER = (
    "ferrowdale-cpb-2024-07-18",
    "quillminster-cpp-2024-09-05",
    "ferrowdale-cpb-2024-09-19-private",
)

_EXEMPT = """

# {title}

NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A

1.1 The landlord {word} asked for a rent of £{rent} a year for the {word} wing.

| Measure | Jan-24 | Feb-24 | Mar-24 |
|---|---|---|---|
| {measure} | 171 | 172 | {figure} |

1.2 The talks with {word} went on until the spring, and the solicitor set out what each side had
offered for the {word} wing, what the valuer had found, and why a lease was thought to be better
than a purchase of the whole building.

Recommendations

The Board is asked to:

1. Agree that the {word} wing be leased for nine years.
2. Agree that Sabina Thorne sign the lease with {word} by 30 August 2024.

Page {page}
"""
_CONFIDENTIAL = """# Ferrowdale County Council

**CONFIDENTIAL**

# Corporate Parenting Board

**Thursday 19 September 2024 at 10.00 am, Moot Hall, Ferrow**

# Serious case of a young person

1.1 The {word} inquiry heard that the young person had moved four times.

| Measure | Jan-24 | Feb-24 | Mar-24 |
|---|---|---|---|
| {measure} | 171 | 172 | {figure} |

Recommendations

The Board is asked to:

1. Agree that the {word} inquiry report to the Secretary of State.
"""
WORDS = {"own": "Zephyrwick", "other": "Quaggabrook", "secret": "Xanthopark"}
"""A word that stands nowhere but in what is of each kind: exempt twice, and confidential."""
MEASURES = {
    "own": "Zephyrwick lodgers (number)",
    "other": "Quaggabrook lodgers (number)",
    "secret": "Xanthopark lodgers (number)",
}
FIGURES = {"own": "173911", "other": "284922", "secret": "395933"}


def write_private_papers(folder: Path) -> Path:
    """The made-up packs with exempt reports in two of them, and a confidential paper."""
    folder.mkdir(parents=True, exist_ok=True)
    write_papers(folder)
    for name, kind, title in (
        (COUNTY_PACK, "own", "Lantern Cottage lease"),
        (CITY_PACK, "other", "Mill Street lease"),
    ):
        path = folder / f"{name}.md"
        path.write_text(path.read_text("utf-8") + _filled(_EXEMPT, kind, title), encoding="utf-8")
    (folder / f"{SECRET_PAPER}.md").write_text(_filled(_CONFIDENTIAL, "secret", ""), "utf-8")
    return folder


def write_public_papers(folder: Path) -> Path:
    """The same packs without any of it."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_papers(folder)


def _filled(form: str, kind: str, title: str) -> str:
    return form.format(
        title=title,
        word=WORDS[kind],
        measure=MEASURES[kind],
        figure=FIGURES[kind],
        rent="91,417",
        page=9,
    )
