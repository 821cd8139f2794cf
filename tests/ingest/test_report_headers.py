import pytest

from ingest.blocks import read_blocks
from ingest.report_headers import read_header


@pytest.mark.parametrize(
    "text",
    [
        "| Report title | Harbour lights |\n|---|---|\n| Accountable director | Una Hale |\n"
        "| Originating service | Harbours |\n| Accountable officer | Per Dahl, 01632 960417 |\n",
        "Report title: Harbour lights\nAccountable director: Una Hale\n"
        "Originating service: Harbours\nReport author: Per Dahl, per.dahl@saltby.example\n",
        "Report title Harbour lights\nAccountable director Una Hale\n"
        "Originating service Harbours\nAccountable employee Per Dahl Tel: 01632 960417\n",
    ],
)
def test_a_header_in_a_table_with_colons_and_without(text: str) -> None:
    """What broke: telephone numbers and addresses stood in the author's name."""
    header = read_header(read_blocks(text), "", "saltby", text)
    assert header is not None
    assert (header.title, header.author, header.director, header.service) == (
        "Harbour lights",
        "Per Dahl",
        "Una Hale",
        "Harbours",
    )


def test_a_report_without_a_header_has_none() -> None:
    text = "# Harbour lights\n\nThe director said that the service was good.\n"
    assert read_header(read_blocks(text), "Harbour lights", "saltby", text) is None
