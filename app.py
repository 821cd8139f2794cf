"""The app's frame: what every page stands in. Pages are drawn by `app_pages`."""

from pathlib import Path

import streamlit as st

from app_pages import about, chat, decisions, frame, indicators, papers, watch

_HERE = Path(__file__).resolve().parent / "app_pages"


def main() -> None:
    """The frame of all pages, and the one that the address names."""
    st.set_page_config(
        page_title=frame.NAME, page_icon=_HERE / "icon.svg", layout="wide",
        initial_sidebar_state="auto",
    )  # fmt: skip
    st.html(_HERE / "style.css")
    # What opens above the page stands outside of it and would go by the light theme's colours.
    scheme = st.context.theme.type or "light dark"
    st.html(f"<style>:root {{ color-scheme: {scheme}; }}</style>")
    st.logo(_HERE / "mark.svg", size="large")
    pages = {
        "chat": st.Page(
            frame.page(chat.draw_chat), title="Ask", icon=":material/forum:", url_path="ask",
            default=True,
        ),
        "papers": st.Page(
            frame.page(papers.draw_papers), title="Papers", icon=":material/folder_open:",
            url_path="papers",
        ),
        "indicators": st.Page(
            frame.page(indicators.draw_indicators), title="Indicators",
            icon=":material/monitoring:", url_path="indicators",
        ),
        "decisions": st.Page(
            frame.page(decisions.draw_decisions), title="Decisions and actions",
            icon=":material/gavel:", url_path="decisions",
        ),
        "watch": st.Page(
            frame.page(watch.draw_watch), title="Watched", icon=":material/notifications:",
            url_path="watch",
        ),
        "about": st.Page(
            frame.page(about.draw_about), title="About", icon=":material/info:", url_path="about"
        ),
    }  # fmt: skip
    st.session_state.pages = pages
    st.navigation(list(pages.values()), position="top").run()


main()
