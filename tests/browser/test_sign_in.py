"""Signing in by OpenID Connect with a real provider, in a browser: each role sees its own.

The provider is npm's `oidc-provider` 9, in a folder that BOARDPAPERS_OIDC names:
`npm install --prefix FOLDER oidc-provider@9.13.3`.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from ingest.store import Store
from tests.access.papers import write_private_papers
from tests.browser.conftest import CHROMIUM, QUIET, ROOT, WAIT

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

FOLDER = os.environ.get("BOARDPAPERS_OIDC")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not FOLDER or not shutil.which("node"), reason="BOARDPAPERS_OIDC names no provider"
    ),
]
_SECRETS = """\
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "a long text that nobody else knows"
client_id = "boardpapers"
client_secret = "known-to-this-test-alone"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email profile", prompt = "login" }}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def started(command: list[str], url: str, **settings: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **settings}, start_new_session=True
    )
    deadline = time.monotonic() + WAIT / 1000
    while time.monotonic() < deadline:
        assert process.poll() is None, f"{command[0]} ended by itself"
        try:
            urllib.request.urlopen(url, timeout=2)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return process
    raise AssertionError(f"no answer from {url}")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed-in")
    with Assistant(Store.open(folder / "store")) as assistant:
        assistant.ingest([write_private_papers(folder / "papers")])
    return folder / "store"


@pytest.fixture(scope="module")
def app(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, with a provider beside it."""
    port, its_port = free_port(), free_port()
    url, provider = f"http://localhost:{port}", f"http://localhost:{its_port}"
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    secrets.write_text(_SECRETS.format(app=url, provider=provider), "utf-8")
    script = Path(__file__).with_name("provider") / "provider.mjs"
    run = ["node", str(script), str(its_port), f"{url}/oauth2callback"]
    page = [sys.executable, "-m", "streamlit", "run", str(ROOT / "served.py")]
    page += ["--server.port", str(port), "--secrets.files", str(secrets)]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.append(started(run, f"{provider}/.well-known/openid-configuration"))
        processes.append(
            started(page, f"{url}/_stcore/health", BOARDPAPERS_STORE=str(store),
                    BOARDPAPERS_MODEL="none")
        )  # fmt: skip
        yield url
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


@pytest.fixture
def page() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        page.set_default_timeout(WAIT)
        yield page
        browser.close()


def sign_in(page: Any, app: str, who: str) -> None:
    page.goto(f"{app}/papers")
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill("anything")
    page.get_by_role("button").first.click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Signed in").wait_for()


@pytest.mark.parametrize(
    ("who", "role", "papers"),
    [("clerk", "officer", "4 papers of 4"), ("nobody", "public", "3 papers of 3")],
)
def test_who_signs_in_sees_what_their_role_may(
    page: Any, app: str, who: str, role: str, papers: str
) -> None:
    sign_in(page, app, who)
    shown = f"{who}@council.example ({role})" if role != "public" else "(public)"
    page.get_by_text(shown).wait_for()
    page.goto(f"{app}/papers")
    page.get_by_text(papers).wait_for()
