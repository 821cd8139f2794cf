"""The tools of the Model Context Protocol, by the client of its own SDK."""

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from assistant import Assistant
from tests.interfaces.conftest import ROOT
from tests.small_pack import COUNCIL, PAPER_ID

QUESTION = "How many children were looked after in January 2024?"
TOOLS = {"ask", "search", "decisions", "indicators", "indicator_series", "papers"}


def over_stdio(store: Path) -> Any:
    words = ["-m", "assistant.cli", "mcp", "--store", str(store)]
    return stdio_client(
        StdioServerParameters(command=sys.executable, args=words, env={"PYTHONPATH": str(ROOT)})
    )


def talk(to: Any, talking: Callable[[Client], Coroutine[Any, Any, None]]) -> None:
    async def held() -> None:
        async with Client(to) as client:
            await talking(client)

    anyio.run(held)


@pytest.fixture(params=["stdio", "http"])
def door(request: pytest.FixtureRequest, small_store: Path) -> Any:
    """Both ways in: a process of the client's own, and the server's /mcp."""
    if request.param == "stdio":
        return over_stdio(small_store)
    return f"{request.getfixturevalue('service')}/mcp/"


def test_each_tool_answers_with_typed_results_and_citations(door: Any, small_store: Path) -> None:
    async def talking(client: Client) -> None:
        listed = (await client.list_tools()).tools
        assert {tool.name for tool in listed} == TOOLS
        assert all(tool.description and tool.output_schema for tool in listed)
        answer = (await client.call_tool("ask", {"question": QUESTION})).structured_content
        assert answer["figures"][0]["value"] == 409
        cited = answer["citations"][0]
        assert cited["quote"] in paper and cited["page"] == 3
        assert f"[{cited['marker']}]" in answer["text"]
        for tool, sent, at_least in (
            ("papers", {}, 1),
            ("decisions", {"kind": "action"}, 1),
            ("indicators", {"measure": "Dental", "councils": ["thistle"]}, 3),
        ):
            rows = (await client.call_tool(tool, sent)).structured_content
            assert rows["total"] == len(rows["rows"]) >= at_least, tool
        found = (await client.call_tool("search", {"question": "bicycles"})).structured_content
        assert found["results"][0]["paper"] == PAPER_ID
        sent = {"measure": "children looked after"}
        cards = (await client.call_tool("indicator_series", sent)).structured_content["cards"]
        assert len(cards[0]["chart"]["points"]) == 3

    with Assistant.open(small_store) as assistant:
        paper = assistant.paper_text(PAPER_ID)
    talk(door, talking)


def test_mistakes_are_told_to_the_client(small_store: Path) -> None:
    async def talking(client: Client) -> None:
        unknown = await client.call_tool("papers", {"councils": ["Nowhere"]})
        mistyped = await client.call_tool("ask", {"question": " "})
        assert unknown.is_error and COUNCIL in unknown.content[0].text
        assert mistyped.is_error and "question" in mistyped.content[0].text

    talk(over_stdio(small_store), talking)
