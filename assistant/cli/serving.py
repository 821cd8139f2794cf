"""`serve` and `mcp`: the assistant for other programs."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.base import Store, app, complain, folder_of, tell_of_model
from ingest.errors import BoardPapersError

if TYPE_CHECKING:
    from assistant.desk import Desk

_AT_ONCE = 200
"""Requests under way, slow ones too: who comes when there are more is told to come again (503)."""


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen at; the default is this machine only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen at.")] = 8765,
    store: Store = None,
) -> None:
    """Serve the assistant to other programs: JSON over HTTP, and MCP under /mcp."""
    import uvicorn

    from assistant.access.settings import viewer_of_process
    from assistant.access.viewer import PUBLIC
    from assistant.interfaces.api import LOCAL, application
    from assistant.operations.memory import settle

    anywhere = host not in LOCAL and host != "::1"
    if anywhere:
        complain(
            f"Whoever reaches {host} can ask and read what is public, whatever role is set here."
        )
    viewer = PUBLIC if anywhere else viewer_of_process()
    with _desk(store) as desk, _listening(host, port) as listener:
        typer.echo(f"Serving at http://{host}:{port}, described at /openapi.json", err=True)
        service = application(desk, viewer, anywhere=anywhere)
        config = uvicorn.Config(
            service, http="httptools", limit_concurrency=_AT_ONCE, log_level="warning",
            server_header=False,
        )  # fmt: skip
        settle()
        uvicorn.Server(config).run([listener])


@app.command()
def mcp(store: Store = None) -> None:
    """Speak the Model Context Protocol on standard input and output, for another assistant."""
    from assistant.access.settings import viewer_of_process
    from assistant.interfaces.tools import tools

    with _desk(store) as desk:
        tools(desk, viewer_of_process()).run("stdio")


@contextmanager
def _desk(store: Path | None) -> Iterator[Desk]:
    from assistant.access.viewer import PUBLIC
    from assistant.desk import Desk
    from ingest.remaking import NotReady

    with Desk(folder_of(store), tell_of_model()) as desk:
        try:
            desk.assistant(PUBLIC)
        except NotReady as error:
            complain(str(error))
        yield desk


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise BoardPapersError(
            f"Nothing can listen at {host}:{port} ({error.strerror}): name another one."
        ) from error
    with listener:
        yield listener
