"""A PDF whose exempt pages say so in a running head only: the public sees the other pages."""

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from assistant.access.viewer import PUBLIC
from assistant.assistant import Assistant
from ingest.store import Store

_PUBLIC = ("Bicycles", "Performance", "Libraries", "Parks")


def pack(head: str, *, at_foot: bool) -> bytes:
    """Public and exempt reports in turn, of two pages each."""
    held = io.BytesIO()
    canvas = Canvas(held, A4)
    width, height = A4
    reports = [(title, "public", "") for title in _PUBLIC]
    reports[1:1] = [("Orchard House", "vendor", head)]
    reports[4:4] = [("Mill Lane", "landlord", head)]
    number = 0
    for title, word, mark in reports:
        for page in range(2):
            number += 1
            if mark:
                canvas.setFont("Helvetica", 9)
                canvas.drawString(60, 30 if at_foot else height - 30, mark)
            if page == 0:
                canvas.setFont("Helvetica-Bold", 18)
                canvas.drawString(60, height - 80, title)
            canvas.setFont("Helvetica", 11)
            for line in range(20):
                at = height - 120 - 22 * line
                canvas.drawString(
                    60, at, f"{line + 1}. The {word} of {title} told the Board {line}."
                )
            canvas.drawString(width / 2, 15, f"Page {number}")
            canvas.showPage()
    canvas.save()
    return held.getvalue()


@pytest.mark.parametrize(
    ("head", "at_foot"),
    [
        ("EXEMPT", False),
        ("NOT FOR PUBLICATION by virtue of paragraph 3 of Schedule 12A", False),
        ("CONFIDENTIAL", False),
        ("NOT FOR PUBLICATION", True),
    ],
)
def test_pages_with_a_running_mark_are_held_wherever_they_stand(
    head: str, at_foot: bool, tmp_path: Path
) -> None:
    (tmp_path / "pack.pdf").write_bytes(pack(head, at_foot=at_foot))
    with Assistant(Store.open(tmp_path / "store")) as assistant:
        assert not assistant.ingest([tmp_path / "pack.pdf"]).refused
        whole = assistant.paper_text("pack")
    with Assistant(Store.open(tmp_path / "store", None, PUBLIC.sight), viewer=PUBLIC) as public:
        seen = public.paper_text("pack")
    assert "vendor" in whole and "landlord" in whole
    assert "vendor" not in seen and "landlord" not in seen
    assert "Bicycles told" in seen
