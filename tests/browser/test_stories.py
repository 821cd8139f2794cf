"""What people do with the app, end to end in a real browser, at a desk and on a telephone."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESK, PACKS, PHONE, WAIT, Person, Server

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect
pytestmark = pytest.mark.browser

FIGURE = "How did dental checks in Averonshire change between June 2023 and May 2024?"
BOXED = "How many CYPiC did Castlebourne have at the end of January 2024?"
UPLOADED = PACKS[1].parent / "castlebourne-cyposc-2025-01-16.pdf"
AT_REST = """() => document.fonts.status === 'loaded'
  && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-testid=stSpinner], [data-testid=stSkeleton], [data-stale=true]')
"""
MINUTES = "What actions were agreed at Averonshire's Corporate Parenting Board on 9 May 2024?"


def ask(page: Any, question: str) -> Any:
    """Asks, and waits for the whole answer; the answer."""
    answers = page.locator(".bp-lead")
    before = answers.count()
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1, timeout=WAIT)
    settle(page)
    return page.get_by_test_id("stChatMessage").last


def settle(page: Any) -> Any:
    """The page once its moving parts have come to rest."""
    page.wait_for_function(AT_REST, timeout=WAIT)
    page.wait_for_timeout(150)  # what glides into its place
    return page


def picture(page: Any, path: Path) -> None:
    settle(page).screenshot(path=path)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_figure_is_asked_for_and_its_working_and_source_are_seen(
    person: Person, pictures: Path, width: int
) -> None:
    page = person(width=width)
    answer = ask(page, FIGURE)

    expect(answer.locator(".bp-lead")).to_contain_text("8 percentage points")
    expect(answer.locator(".bp-quote").first).to_contain_text("80%")
    assert page.locator(".bp-question").first.bounding_box()["y"] > 0  # in sight, at the top
    picture(page, pictures / f"answer-{width}.png")
    answer.get_by_text("How it was worked out").click()
    expect(answer.locator(".bp-working").first).to_be_visible()

    answer.locator(".bp-chip").first.click()
    expect(page).to_have_url(re.compile(r"#source-0-1$"))


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_page_that_a_quote_stands_on_is_opened(
    person: Person, pictures: Path, width: int
) -> None:
    page = person(width=width)
    ask(page, BOXED).get_by_role("button", name="Open the page of [1]").click()
    drawer = page.get_by_role("dialog")
    printed = drawer.get_by_role("img", name=re.compile("with the quote boxed"))
    expect(printed).to_be_visible(timeout=WAIT)
    picture(page, pictures / f"page-{width}.png")

    drawer.get_by_role("tab", name="As read").click()
    expect(drawer.locator("mark", has_text="503").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    ask(page, FIGURE)  # and it stays closed
    expect(drawer).to_have_count(0)


def test_minutes_are_asked_and_a_follow_up_leans_on_what_was_said(
    person: Person, pictures: Path
) -> None:
    page = person()
    expect(ask(page, MINUTES).locator(".bp-quote").first).to_be_visible()
    ask(page, "How many children were looked after in Averonshire in March 2024?")
    follow_up = ask(page, "and in May 2024?")

    expect(follow_up.locator(".bp-lead")).to_contain_text("776")
    picture(page, pictures / "follow-up-1280.png")


def test_a_question_with_two_readings_is_asked_back(person: Person, pictures: Path) -> None:
    page = person()
    asked_back = ask(page, "How many children were looked after?")
    picture(page, pictures / "clarify-1280.png")
    asked_back.get_by_role("button", name="Averonshire County Council").click()

    expect(page.locator(".bp-lead")).to_have_count(2, timeout=WAIT)
    expect(page.locator(".bp-lead").last).to_contain_text("Averonshire")


def test_what_the_papers_lack_is_said_with_what_was_searched(person: Person) -> None:
    answer = ask(person(), "How many teachers work in Averonshire?")

    expect(answer).to_contain_text("Searched:")
    expect(answer.locator(".bp-quote")).to_have_count(0)


def test_a_scope_is_chosen_kept_in_sight_and_cleared(person: Person, pictures: Path) -> None:
    page = person()
    page.get_by_role("button", name="Council: all").click()
    box = page.get_by_role("combobox", name=re.compile("council", re.IGNORECASE))
    box.press_sequentially("Castle")  # a click on a box that has just opened can close it again
    page.get_by_role("option", name="Castlebourne City Council").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Council: Castlebourne", exact=True)).to_be_visible()

    answer = ask(page, "How many children were looked after?")
    expect(answer.locator(".bp-lead")).to_contain_text("Castlebourne")
    picture(page, pictures / "scope-1280.png")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("Council: Castlebourne", exact=True)).to_have_count(0)


def test_a_pdf_is_uploaded_asked_about_and_removed(person: Person, pictures: Path) -> None:
    page = person("papers")
    page.get_by_text("Take in papers").click()
    page.locator("input[type=file]").set_input_files(UPLOADED)
    page.get_by_role("button", name="Take in 1 file").click()
    expect(page.get_by_text("What became of each file")).to_be_visible(timeout=WAIT)
    picture(page, pictures / "upload-1280.png")

    page.get_by_role("link", name="Ask").first.click()
    answer = ask(page, "UASC number nov 24 castlebourne?")
    expect(answer.locator(".bp-lead")).to_contain_text("34")

    page.get_by_role("link", name="Papers").first.click()
    page.get_by_label("Search the list").fill("January 2025")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 paper of", exact=False)).to_be_visible()
    page.get_by_role("button", name="Remove").first.click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("0 papers of", exact=False)).to_be_visible(timeout=WAIT)


def test_a_bad_upload_is_refused_with_the_reason(person: Person, tmp_path: Path) -> None:
    bad = tmp_path / "minutes.pdf"
    bad.write_bytes(b"%PDF-1.7\nthis is no PDF at all")
    page = person("papers")
    page.get_by_text("Take in papers").click()
    page.locator("input[type=file]").set_input_files(bad)
    page.get_by_role("button", name="Take in 1 file").click()

    expect(page.get_by_text("Refused")).to_be_visible(timeout=WAIT)
    expect(page.locator(".bp-warn").first).to_contain_text("download or save it again")
    assert "/tmp" not in page.locator(".bp-warn").first.inner_text()
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_an_answer_is_saved_in_three_formats(person: Person) -> None:
    page = person()
    ask(page, FIGURE)
    page.get_by_role("button", name="Save", exact=True).last.click()
    for name, begins in (("Word", b"PK"), ("PDF", b"%PDF-"), ("Markdown", b"# How did")):
        with page.expect_download(timeout=WAIT) as coming:
            page.get_by_role("button", name=name, exact=True).click()
        assert Path(coming.value.path()).read_bytes().startswith(begins)


def test_a_restart_loses_nothing_and_the_way_back_is_found(person: Person, server: Server) -> None:
    page = person()
    ask(page, FIGURE)
    page.get_by_test_id("stFeedback").get_by_role("radio", name="Thumbs up").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    server.stop()
    server.start()
    page.reload()

    expect(page.locator(".bp-lead")).to_contain_text("8 percentage points", timeout=WAIT)
    page.goto(server.url)
    page.get_by_test_id("stSidebar").get_by_role("button", name=re.compile("How did")).click()
    expect(page.locator(".bp-lead")).to_contain_text("8 percentage points", timeout=WAIT)
    expect(page.get_by_text("Thank you.")).to_be_visible()


def test_two_people_at_once_see_their_own(person: Person) -> None:
    ann, bob = person(), person()
    for page in (ann, bob):
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    ann.get_by_test_id("stChatInputTextArea").fill(FIGURE)
    bob.get_by_test_id("stChatInputTextArea").fill(BOXED)
    ann.keyboard.press("Enter")
    bob.keyboard.press("Enter")

    expect(ann.locator(".bp-lead")).to_contain_text("8 percentage points", timeout=WAIT)
    expect(bob.locator(".bp-lead")).to_contain_text("503", timeout=WAIT)
    settle(bob)
    expect(bob.get_by_test_id("stSidebar").get_by_text("dental")).to_have_count(0)


def test_a_shared_link_brings_the_conversation_to_somebody_else(person: Person) -> None:
    ann = person()
    ask(ann, FIGURE)
    bob = person(ann.url.split("/", 3)[3])

    expect(bob.locator(".bp-lead")).to_contain_text("8 percentage points", timeout=WAIT)
    expect(bob.get_by_text("Somebody shared this conversation.")).to_be_visible()


def test_the_app_is_used_by_keyboard_alone(person: Person) -> None:
    page = person()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    settle(page)
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator("button:focus")
        if focused.count() and "Averonshire" in focused.inner_text():
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")

    expect(page.locator(".bp-lead")).to_have_count(1, timeout=WAIT)


def test_nothing_is_fetched_from_anywhere_else(person: Person, server: Server) -> None:
    page = person("about")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server.url)
    ask(page, FIGURE)

    assert asked and [url for url in asked if not url.startswith((server.url, "data:", "blob:",
                      server.url.replace("http", "ws")))] == []  # fmt: skip


@pytest.mark.parametrize("name", ["papers", "indicators", "decisions", "about"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_page_fits_its_width(person: Person, pictures: Path, name: str, width: int) -> None:
    page = person(name, width=width)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    picture(page, pictures / f"{name}-{width}.png")


def test_a_page_can_be_read_at_400_per_cent(person: Person) -> None:
    """1280 pixels at 400% are 320 pixels: nothing is cut off or needs moving sideways."""
    page = person(width=320)
    ask(page, FIGURE)

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_print_leaves_out_what_is_only_for_the_screen(person: Person) -> None:
    page = person()
    ask(page, FIGURE)
    page.emulate_media(media="print")

    expect(page.locator(".bp-lead")).to_be_visible()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_hidden()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
