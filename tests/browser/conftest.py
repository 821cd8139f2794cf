"""A server of the app and a browser, for the tests that drive the one with the other.

BOARDPAPERS_SCREENSHOTS names a folder to keep the pictures in (docs/images for the guide's).
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.settings import DEMO_CORPUS

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

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
WAIT = 60_000
playwright.expect.set_options(timeout=WAIT)
DESK, PHONE = 1280, 390
PACKS = (
    DEMO_CORPUS / "averonshire-cpb-2024-07-11.md",
    DEMO_CORPUS.parent / "published" / "castlebourne-cpp-2024-03-14.pdf",
)
STEMS = [pack.stem for pack in PACKS]


class Server:
    """The app in a process of its own, over one store."""

    def __init__(self, store: Path) -> None:
        self.store = store
        with socket.socket() as probe:
            probe.bind(("localhost", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.start()

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        command = [sys.executable, "-m", "assistant.cli", "chat", "--no-browser"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            cwd=ROOT,
            env={**os.environ, "BOARDPAPERS_STORE": str(self.store), "BOARDPAPERS_MODEL": "none"},
            start_new_session=True,
        )
        deadline = time.monotonic() + WAIT / 1000
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server ended by itself"
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2)
            except OSError:
                time.sleep(0.2)
            else:
                return
        pytest.fail(f"no answer from {self.url}")

    def stop(self) -> None:
        """Ends it and what it has started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=20)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app over one pack of text and one PDF; for pictures, over all demonstration papers."""
    store = tmp_path_factory.mktemp("store")
    papers = list(PACKS)
    if KEEP:
        # The last one is uploaded in a story.
        papers += [p for p in sorted(DEMO_CORPUS.glob("*.md"))[:-1] if p.stem not in STEMS]
    with Assistant.open(store) as assistant:
        assert not assistant.ingest(papers).refused
    server = Server(store)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, one for all tests."""
    if not Path(CHROMIUM).exists():
        word = "Chromium is missing: install Debian's chromium."
        if os.environ.get("BOARDPAPERS_NEED_BROWSER"):
            pytest.fail(word)
        pytest.skip(word)
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


Person = Callable[..., Any]


@pytest.fixture(scope="session")
def cached(browser: Any) -> Iterator[Any]:
    """What the first person of every test browses with: the app's files are fetched once."""
    context = browser.new_context(locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def person(browser: Any, cached: Any, server: Server) -> Iterator[Person]:
    """Opens the app as somebody whom it has never seen; the page. The next is somebody else."""
    contexts: list[Any] = []
    pages: list[Any] = []

    def open_at(path: str = "", width: int = DESK, scheme: str = "light") -> Any:
        if pages:
            contexts.append(browser.new_context(locale="en-GB"))
        page = (contexts[-1] if pages else cached).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.set_default_timeout(WAIT)
        page.goto(f"{server.url}/{path}")
        return page

    yield open_at
    for page in pages:
        page.close()
    for context in contexts:
        context.close()
    cached.clear_cookies()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go."""
    folder = Path(KEEP or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
