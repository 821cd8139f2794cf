"""The app as it is served: what the first person would wait for is loaded before anybody comes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from app_pages import about, chat, decisions, frame, indicators, papers, watch  # noqa: F401

_SCRIPT = Path(__file__).resolve().parent / "app.py"


@asynccontextmanager
async def _ready(_: st.App) -> AsyncIterator[None]:
    await asyncio.to_thread(frame.make_ready)
    yield


app = st.App(_SCRIPT, lifespan=_ready)
