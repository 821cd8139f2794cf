"""Publish the demonstration papers as councils would: `python -m corpus.publish [PAPER ...]`.

Without a paper's id, everything is published: all packs, the indicators and the scan.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from corpus.publishing.docx import word
from corpus.publishing.html import Meeting, minutes_html, plain_html
from corpus.publishing.pack import CORPUS, Pack, load, pack_ids, pages_of
from corpus.publishing.pdf import pdf
from corpus.publishing.scan import scanned
from corpus.publishing.sheets import tidy_csv, workbook

PUBLISHED = CORPUS / "published"

AS_WORD = ("averonshire-cpb-2023-07-06", "castlebourne-cyposc-2025-01-16")
AS_HTML = ("castlebourne-cpp-2024-03-14",)
MINUTES = {
    "averonshire-cpb-2024-02-08": (
        "averonshire-cpb-2023-11-09-minutes.html",
        Meeting(
            pages=(2, 4),
            held="Thursday, 9th November, 2023 2.00 pm",
            venue="County Hall, Wexcombe",
            contact="Lorcan Beasley 01632 960417 Email: lorcan.beasley@averonshire.example",
            present=(
                "Councillor Imogen Thackray (Chair)",
                "Councillor Dennis Umeh (Vice-Chair)",
                "Councillor Philippa Ansdell",
                "Councillor Gareth Lyle",
                "Councillor Ruth Penhallow",
                "Councillor Joseph Wren",
                "Elin (Voices Averon)",
                "Mr Terence Aldous (substitute for Mrs Oonagh Delaney)",
            ),
            in_attendance=(
                "Helena Marchetti, Director of Children's Services",
                "Stuart Penrice, Head of Children in Care",
                "Wendy Garlick, Performance and Intelligence Lead",
                "Yusra Malik, Leaving Care Team Manager",
                "Dr Nkechi Adeyemi, Virtual School Head",
                "Anand Krishnan, Finance Business Partner",
                "Superintendent Lorna Tyce, Averon Police",
                "Lorcan Beasley, Democratic Services Officer",
            ),
        ),
    )
}
SCAN = "averonshire-visits-2024-11-07"


def publish_pack(pack_id: str) -> Iterator[tuple[str, bytes]]:
    """The files of a pack: name and content."""
    pack = load(pack_id)
    yield f"{pack_id}.pdf", pdf(pack)
    if pack_id in AS_WORD:
        yield f"{pack_id}.docx", word(pack)
    if pack_id in AS_HTML:
        yield f"{pack_id}.html", plain_html(pack).encode()
    if pack_id in MINUTES:
        name, meeting = MINUTES[pack_id]
        yield name, minutes_html(pack, meeting).encode()


def publish_others() -> Iterator[tuple[str, bytes]]:
    """The files that come of no pack: the indicators and the scanned report."""
    yield "averonshire-indicators-2023-24.xlsx", workbook()
    yield "castlebourne-indicators-2023-24.csv", tidy_csv().encode("utf-8-sig")
    yield f"{SCAN}.pdf", scanned(pdf(scan_source(), cover=False))


def scan_source() -> Pack:
    """The short report that only its scan publishes."""
    text = (CORPUS / "truth" / f"{SCAN}.md").read_text("utf-8")
    return Pack(
        SCAN,
        "Averonshire County Council",
        "Corporate Parenting Board",
        date(2024, 11, 7),
        tuple(pages_of(text)),
        (),
    )


def main() -> int:
    """Write the files of the packs named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m corpus.publish", description=__doc__)
    parser.add_argument("papers", nargs="*", metavar="PAPER", help="ids of packs; all if none")
    parser.add_argument("--out", type=Path, default=PUBLISHED, help="where the files are written")
    given = parser.parse_args()
    unknown = sorted(set(given.papers) - set(pack_ids()))
    if unknown:
        parser.error(f"no such pack: {', '.join(unknown)}. Packs: {', '.join(pack_ids())}")
    given.out.mkdir(parents=True, exist_ok=True)
    files = [file for pack_id in given.papers or pack_ids() for file in publish_pack(pack_id)]
    for name, content in files if given.papers else [*files, *publish_others()]:
        (given.out / name).write_bytes(content)
        print(f"{given.out / name}  {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
