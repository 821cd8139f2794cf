"""How the app feels in a real browser: first paint, first words, ten people at once, memory.

    python -m benchmarks.app [--questions 500]

Starts the server over the demonstration papers and drives it with Debian's Chromium, which runs on
the same processors. Questions are those of `evals/cases/`, a new conversation after every ten.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.ask import fill, questions
from benchmarks.measures import Spread, save, show

_CHROMIUM = "/usr/bin/chromium"
_WAIT = 60_000
_PEOPLE = 10
_EACH = 3
_PAINTS = 5
_CONVERSATION = 10
_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
# Notes, in the page's own clock, when the key goes down and when the first words of the answer
# stand below the question that was asked.
_WATCH = """
() => { window.seen = {};
  const text = document.querySelector('[data-testid=stChatInputTextArea]');
  text.addEventListener('keydown', e => { if (e.key !== 'Enter') return;
    const asked = text.value.trim(), down = performance.now();
    const look = setInterval(() => {
      const told = document.querySelectorAll('[data-testid=stChatMessage]');
      const [question, answer] = [...told].slice(-2);
      if (question?.textContent.includes(asked) && answer.querySelector('.bp-answer, .bp-lead')) {
        window.seen.words = performance.now() - down; clearInterval(look); } }, 10);
  }, {capture: true, once: true}); }
"""
_WHOLE = """
() => { const told = document.querySelectorAll('[data-testid=stChatMessage]');
  return told.length && told[told.length - 1].querySelector('.stFeedback')
    && !document.querySelector('[data-testid=stSpinner], [data-stale=true]'); }
"""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=500, help="for memory")
    wanted = parser.parse_args().questions
    with (
        TemporaryDirectory() as folder,
        serving(Path(folder)) as (url, pid),
        sync_playwright() as driver,
    ):
        chromium = driver.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        rows = []
        for row in measured(chromium, url, pid, wanted):
            print(": ".join(row), flush=True)  # what takes minutes is told as it goes
            rows.append(row)
        chromium.close()
    show("The app in a browser", ("What", "Measured"), rows)
    save("app", {name: value for name, value in rows})


def measured(chromium: Any, url: str, pid: int, wanted: int) -> Iterator[tuple[str, str]]:
    """What is measured, one after another."""
    paints = [first_paint(chromium, url) for _ in range(_PAINTS)]
    yield f"first paint, median of {_PAINTS}", f"{median(paints):.2f} s"
    begins = first_words(chromium, url)
    yield "first words after Enter, median", f"{begins.p50:.2f} s"
    yield "first words after Enter, p95", f"{begins.p95:.2f} s"
    people = ten_people(chromium, url)
    yield f"{_PEOPLE} people at once, first words, median", f"{people.p50:.2f} s"
    yield f"{_PEOPLE} people at once, first words, p95", f"{people.p95:.2f} s"
    used = processor_seconds(pid)
    for asked, mib in after_many(chromium, url, pid, wanted):
        yield f"memory after {asked} questions", f"{mib:.0f} MiB"
    used = (processor_seconds(pid) - used) / wanted
    yield "server's processor time a question, with page and suggestions", f"{used:.2f} s"


@contextmanager
def serving(store: Path) -> Iterator[tuple[str, int]]:
    """The app over the demonstration papers; its address and process."""
    fill(store)
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "BOARDPAPERS_STORE": str(store),
        "BOARDPAPERS_MODEL": "none",
        "BOARDPAPERS_ASK_PER_MINUTE": "100000",
    }
    command = [sys.executable, "-m", "streamlit", "run", "served.py", "--server.port", str(port)]
    server = subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    )
    url = f"http://localhost:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        yield url, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def first_paint(chromium: Any, url: str) -> float:
    """Seconds until something of the page is seen, with an empty cache."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("h1", timeout=_WAIT)
    seconds = page.evaluate(_FIRST_PAINT) / 1000
    context.close()
    return float(seconds)


def opened(chromium: Any, url: str) -> Any:
    """The app, ready for a question, in a browser of its own."""
    page = chromium.new_context().new_page()
    page.goto(url)
    page.wait_for_selector("[data-testid=stChatInputTextArea]", timeout=_WAIT)
    page.wait_for_timeout(1000)
    return page


def begin(page: Any, question: str) -> None:
    """Sends a question."""
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.evaluate(_WATCH)
    page.get_by_test_id("stChatInputTextArea").press("Enter")


def words_after(page: Any) -> float:
    """Seconds from Enter to the first words, by the page's clock."""
    page.wait_for_function("window.seen.words !== undefined", timeout=_WAIT)
    return float(page.evaluate("window.seen.words")) / 1000


def settle(page: Any) -> None:
    """Waits until the answer is whole: what may be done with it comes last."""
    page.wait_for_function(_WHOLE, timeout=_WAIT)


def first_words(chromium: Any, url: str) -> Spread:
    """One person, question after question; the very first is left out."""
    page = opened(chromium, url)
    seconds = []
    for question in islice(questions(), 21):
        begin(page, question.question)
        seconds.append(words_after(page))
        settle(page)
    page.context.close()
    return Spread.of(seconds[1:])


def ten_people(chromium: Any, url: str) -> Spread:
    """Ten browsers that send at once, a few times."""
    pages = [opened(chromium, url) for _ in range(_PEOPLE)]
    asked = cycle(questions())
    seconds: list[float] = []
    for _ in range(_EACH):
        for page in pages:
            begin(page, next(asked).question)
        seconds += [words_after(page) for page in pages]
        for page in pages:
            settle(page)
    for page in pages:
        page.context.close()
    return Spread.of(seconds)


def after_many(chromium: Any, url: str, pid: int, wanted: int) -> Iterator[tuple[int, float]]:
    """Resident memory of the server as questions add up, at five points."""
    page = opened(chromium, url)
    yield 0, resident_mib(pid)
    for number, question in enumerate(islice(cycle(questions()), wanted), start=1):
        begin(page, question.question)
        words_after(page)
        settle(page)
        if number % _CONVERSATION == 0:
            page.get_by_role("button", name="New conversation").click()
            page.wait_for_selector("h1", timeout=_WAIT)
        if number % max(wanted // 5, 1) == 0:
            yield number, resident_mib(pid)
    page.context.close()


def resident_mib(pid: int) -> float:
    """What a process holds in memory now (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def processor_seconds(pid: int) -> float:
    """Processor time that a process has used (Linux); other work on the machine adds nothing."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
