import pytest

from ingest.abbreviations import Abbreviation, find_abbreviations


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The Virtual School Head (VSH) spoke.", "VSH", "Virtual School Head"),
        ("All Independent Reviewing Officers (IROs) met.", "IRO", "Independent Reviewing Officers"),
        ("An EHCP (Education, Health and Care Plan).", "EHCP", "Education, Health and Care Plan"),
        (
            "in education, employment or training (“EET”)",
            "EET",
            "education, employment or training",
        ),
        ("the Harbour Street Model (or HSM) is used", "HSM", "Harbour Street Model"),
        ("the Department for Education (DfE)", "DfE", "Department for Education"),
        (
            "unaccompanied asylum-seeking children (UASC)",
            "UASC",
            "unaccompanied asylum-seeking children",
        ),
    ],
)
def test_a_short_name_that_is_explained(text: str, short: str, long: str) -> None:
    assert list(find_abbreviations(text)) == [Abbreviation(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "shown below (Appendix A)",
        "Cllr Green (Lab) spoke",
        "the scheme (see AB)",
        "costs fell (£3m)",
        "a rate of 12 (PEP)",
        " - (AB) ",
        "Learning (LN",
    ],
)
def test_brackets_that_explain_no_name(text: str) -> None:
    assert list(find_abbreviations(text)) == []
