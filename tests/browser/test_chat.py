"""The page in a real browser, at the width of a desk and of a telephone.

BOARDPAPERS_SCREENSHOTS names a folder to keep the pictures in (docs/images for the README's).
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.settings import DEMO_CORPUS

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
Page = playwright.Page
expect = playwright.expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KEEP = os.environ.get("BOARDPAPERS_SCREENSHOTS")
PACK = DEMO_CORPUS / "averonshire-cpb-2024-07-11.md"
QUESTION = "How did dental checks in Averonshire change between June 2023 and May 2024?"
WAIT = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the page on a free port, with one demonstration pack; for pictures, all."""
    store = tmp_path_factory.mktemp("store")
    with Assistant.open(store) as assistant:
        assert not assistant.ingest([DEMO_CORPUS if KEEP else PACK]).refused
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistant.cli", "chat", "--no-browser", "--port", str(port)]
    environment = {**os.environ, "BOARDPAPERS_STORE": str(store)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        url = f"http://localhost:{port}"
        _wait_until_healthy(url, server)
        yield url
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if not Path(CHROMIUM).exists():
        word = "Chromium is missing: install Debian's chromium."
        if os.environ.get("BOARDPAPERS_NEED_BROWSER"):
            pytest.fail(word)
        pytest.skip(word)
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: object, address: str) -> Iterator[Page]:
    page = browser.new_page(  # type: ignore[attr-defined]
        viewport={"width": request.param, "height": 900}, color_scheme="light"
    )
    page.set_default_timeout(WAIT)
    page.goto(address)
    yield page
    page.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return Path(KEEP or tmp_path)


def test_ask_open_the_source_and_follow_up(page: Page, pictures: Path) -> None:
    expect(page.get_by_role("heading", name="Board Papers Assistant")).to_be_visible(timeout=WAIT)
    width = page.viewport_size["width"]

    ask(page, QUESTION)
    answer = page.get_by_test_id("stChatMessage").nth(1)
    expect(answer.locator(".bp-answer").first).to_contain_text("8 percentage points", timeout=WAIT)
    expect(answer.locator(".bp-quote").first).to_contain_text("80%")
    expect(answer.locator(".bp-place").first).to_contain_text("Averonshire County Council")
    settled(page).screenshot(path=pictures / ("chat.png" if width > 800 else "chat-phone.png"))

    answer.get_by_text("Show [1] in the paper").click()
    expect(answer.locator("mark").first).to_contain_text("Dental check up to date")
    page.locator("mark").first.scroll_into_view_if_needed()
    settled(page).screenshot(path=pictures / f"source-{width}.png")

    ask(page, "and in Castlebourne?")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(4, timeout=WAIT)
    expect(page.get_by_text("Searched:").last).to_be_visible(timeout=WAIT)
    settled(page).screenshot(path=pictures / f"follow-up-{width}.png")

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def ask(page: Page, question: str) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")


def settled(page: Page) -> Page:
    """The page once its moving parts have come to rest."""
    expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=WAIT)
    page.wait_for_timeout(700)
    return page


def _wait_until_healthy(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WAIT / 1000
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"no answer from {url}")
