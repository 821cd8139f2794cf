"""What a client is told when something goes wrong: one sentence with the fix, never a traceback."""

import logging
from collections.abc import Sequence
from http import HTTPStatus

import anyio
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.interfaces.contract import Problem
from assistant.operations.limits import TooMuch, asking_limits
from assistant.question.scoping import UnknownName
from ingest.errors import BoardPapersError, UnknownPaper
from ingest.register import Busy
from ingest.remaking import NotReady

LARGEST_HEAD = 64_000
LARGEST_BODY = 1_000_000
"""Bytes of a request's headers and of its body."""

_AGAIN = "10"  # seconds, while indexes are made anew
_TYPE = "application/problem+json"
_STATUS: dict[type[Exception], HTTPStatus] = {
    UnknownPaper: HTTPStatus.NOT_FOUND,
    UnknownName: HTTPStatus.NOT_FOUND,
    TooMuch: HTTPStatus.TOO_MANY_REQUESTS,
    Busy: HTTPStatus.SERVICE_UNAVAILABLE,
    NotReady: HTTPStatus.SERVICE_UNAVAILABLE,
}
_log = logging.getLogger(__name__)


def documented(*statuses: HTTPStatus) -> dict[int | str, dict[str, object]]:
    """What OpenAPI says of the problems that a request may end in."""
    return {
        int(status): {
            "description": status.phrase,
            "content": {_TYPE: {"schema": Problem.model_json_schema()}},
        }
        for status in statuses
    }


def tell_problems(app: FastAPI) -> None:
    """Have an application tell its errors as problems."""
    app.add_exception_handler(BoardPapersError, _refused)
    app.add_exception_handler(RequestValidationError, _mistyped)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)
    app.add_middleware(BodyLimit, seconds=asking_limits().body_seconds)


class BodyLimit:
    """Refuses a request with a larger body or head, or one that is too long in coming."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads the body up to the limit and hands it on."""
        if scope["type"] == "http" and (refused := _amiss(scope["headers"])):
            return await refused(scope, receive, send)
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            return await self._app(scope, receive, send)
        try:
            with anyio.fail_after(self._seconds):
                body = await _whole(receive)
        except TimeoutError:
            detail = f"The request wasn't whole after {self._seconds:g} seconds: send it again."
            return await _problem(HTTPStatus.REQUEST_TIMEOUT, detail)(scope, receive, send)
        if body is None:
            detail = f"The request is larger than {LARGEST_BODY:,} bytes: send less at once."
            refused = _problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
            return await refused(scope, receive, send)
        held: Message = {"type": "http.request", "body": body, "more_body": False}
        unread = [held]

        async def read_again() -> Message:
            return unread.pop() if unread else await receive()

        return await self._app(scope, read_again, send)


def _amiss(headers: Sequence[tuple[bytes, bytes]]) -> JSONResponse | None:
    """What is wrong with the head of a request: a proxy may take another host of two than we do."""
    if sum(name == b"host" for name, _ in headers) > 1:
        return _problem(HTTPStatus.BAD_REQUEST, "The request names two hosts: name one.")
    if sum(len(name) + len(value) for name, value in headers) > LARGEST_HEAD:
        detail = f"The headers are larger than {LARGEST_HEAD:,} bytes: send less of them."
        return _problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, detail)
    return None


async def _whole(receive: Receive) -> bytes | None:
    """The body of a request; None where it is too large."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _problem(status: HTTPStatus, detail: str) -> JSONResponse:
    problem = Problem(title=status.phrase, status=int(status), detail=detail)
    return JSONResponse(problem.model_dump(), status_code=int(status), media_type=_TYPE)


async def _refused(request: Request, error: Exception) -> JSONResponse:
    answer = _problem(_STATUS.get(type(error), HTTPStatus.BAD_REQUEST), str(error))
    if isinstance(error, NotReady):
        answer.headers["Retry-After"] = _AGAIN
    return answer


async def _mistyped(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()[:5]]
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(found) + ".")


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    detail = (
        f"{request.method} {request.url.path}: {status.phrase}. /openapi.json lists what there is."
    )
    answer = _problem(status, detail)
    answer.headers.update(error.headers or {})
    return answer


async def _fault(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    detail = f"This is a fault in the program ({type(error).__name__}): please report it."
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)
