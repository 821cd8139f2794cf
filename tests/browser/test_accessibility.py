"""axe-core finds nothing serious on any page, light and dark (WCAG 2.2, levels A and AA)."""

from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE, Person
from tests.browser.test_stories import BOXED, ask, settle

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
expect = playwright.expect
pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = ["", "papers", "indicators", "indicators?measure=children in care", "decisions", "watch", "about"]


def findings(page: Any) -> list[str]:
    """What axe calls serious or critical, each with the first place."""
    found = axe.Axe().run(settle(page), options=RULES).response["violations"]
    return [
        f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:120]})"
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_no_page_keeps_anybody_out(person: Person, width: int, scheme: str) -> None:
    page = person(width=width, scheme=scheme)
    home = page.url
    for path in PAGES:
        page.goto(f"{home}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert findings(page) == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_answer_and_no_opened_page_keeps_anybody_out(person: Person, scheme: str) -> None:
    page = person(scheme=scheme)
    ask(page, "What is the trend in dental checks in Averonshire?")
    answer = ask(page, BOXED)
    assert findings(page) == []

    answer.get_by_role("button", name="Open the page of [1]").click()
    expect(page.get_by_role("dialog").get_by_role("img").first).to_be_visible()
    assert findings(page) == []
