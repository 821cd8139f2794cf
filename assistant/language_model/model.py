"""The one place that knows a language model: LangChain's client of OpenAI-compatible endpoints.

It is handed texts, forms and tools, and gives back values of the forms, calls of the tools, or
text as it comes; or it raises ModelFailed. It sees no store and writes no answer: what it says
passes the gate of every answer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.language_model import prompts
from assistant.language_model.spending import Spending
from ingest.errors import BoardPapersError

if TYPE_CHECKING:
    from assistant.settings import ModelSettings

_FIRST_WAIT = 0.5
_LONGEST_REPLY = 300  # tokens; four short sentences and their keys take some 200
_LONGEST_TEXT = 8_000  # characters, of an endpoint that heeds no limit
_ROUNDS = 4

Schema = TypeVar("Schema", bound=BaseModel)
T = TypeVar("T")


class ModelFailed(BoardPapersError):
    """The model couldn't be used: why, in words for the person."""


class LanguageModel(Protocol):
    """A model that fills forms, calls tools and words findings; all raise ModelFailed."""

    @property
    def name(self) -> str:
        """What it is called."""

    def fill(self, schema: type[Schema], told: str, data: str) -> Schema:
        """A value of the schema."""

    def use(
        self,
        tools: Sequence[type[BaseModel]],
        told: str,
        data: str,
        answer: Callable[[BaseModel], str],
    ) -> None:
        """Have it call tools, each call answered, until it calls no more or has done so enough."""

    def say(self, told: str, example: tuple[str, str], data: str) -> Iterator[str]:
        """What it says, as it comes, after an example of what it is sent and says."""


class OpenAIModel:
    """A chat model behind an OpenAI-compatible endpoint."""

    def __init__(self, settings: ModelSettings) -> None:
        from langchain_core.rate_limiters import InMemoryRateLimiter
        from langchain_openai import ChatOpenAI

        self._settings = settings
        self._spending = Spending(settings)
        self._form = 0
        self._chat = ChatOpenAI(
            model=settings.name,
            api_key=settings.key,  # type: ignore[arg-type]
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=0,  # `_tried` does: the client would wait a minute where it's told to
            max_tokens=_LONGEST_REPLY,  # type: ignore[call-arg]
            temperature=0.0,
            use_responses_api=False,  # other endpoints than OpenAI's don't speak it
            rate_limiter=InMemoryRateLimiter(
                requests_per_second=settings.rate, max_bucket_size=max(1.0, 2 * settings.rate)
            ),
        )

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._settings.name

    def fill(self, schema: type[Schema], told: str, data: str) -> Schema:
        """A value of the schema; a reply that isn't one is sent back once, with what is wrong."""
        messages: list[Any] = [("system", told), ("human", data)]
        reply = self._in_form(schema, messages)
        try:
            return schema.model_validate_json(reply)
        except ValidationError as error:
            messages += [("ai", reply), ("human", prompts.again(_faults(error)))]
        try:
            return schema.model_validate_json(self._in_form(schema, messages))
        except ValidationError as error:
            raise ModelFailed("its reply wasn't in the form asked for") from error

    def use(
        self,
        tools: Sequence[type[BaseModel]],
        told: str,
        data: str,
        answer: Callable[[BaseModel], str],
    ) -> None:
        """Have it call tools; the same call twice, or one that isn't valid, is only told so."""
        from langchain_core.messages import ToolMessage

        calling = self._chat.bind_tools(tools)
        messages: list[Any] = [("system", told), ("human", data)]
        known = {tool.__name__: tool for tool in tools}
        answered: dict[str, str] = {}
        for _ in range(_ROUNDS):
            reply = self._asked(calling, messages)
            if not reply.tool_calls and not reply.invalid_tool_calls:
                return
            messages.append(reply)
            for call in (*reply.tool_calls, *reply.invalid_tool_calls):
                said = f"{call['name']} {json.dumps(call['args'], sort_keys=True)}"
                if said not in answered:
                    answered[said] = _called(known, call["name"], call["args"], answer)
                else:
                    answered[said] = prompts.SAME_CALL
                messages.append(ToolMessage(answered[said], tool_call_id=call["id"] or ""))

    def say(self, told: str, example: tuple[str, str], data: str) -> Iterator[str]:
        """What it says, as it comes; a reply without an end is left off."""
        shown, said_to_it = example
        messages = [("system", told), ("human", shown), ("ai", said_to_it), ("human", data)]
        ends = time.monotonic() + 2 * self._settings.timeout
        said, usage = 0, None
        self._check_budget()
        chunks = self._tried(lambda: _begun(self._chat.stream(messages)))
        try:
            while (chunk := _heard(chunks, self._settings.timeout)) is not None:
                usage = chunk.usage_metadata or usage
                said += len(chunk.text)
                if said > _LONGEST_TEXT or time.monotonic() > ends:
                    raise ModelFailed("its reply had no end")
                yield chunk.text
        finally:
            self._spending.add(usage, len(str(messages)), said)

    def _in_form(self, schema: type[BaseModel], messages: Sequence[Any]) -> str:
        """The reply to a request for JSON, in the strictest way that the endpoint takes."""
        import openai

        shape = schema.model_json_schema()
        strict = {"name": schema.__name__, "schema": shape, "strict": True}
        ways: tuple[dict[str, Any], ...] = (
            {"response_format": {"type": "json_schema", "json_schema": strict}},
            {"response_format": {"type": "json_object"}},
            {},
        )
        while True:
            told = messages if not self._form else [("system", prompts.shape(shape)), *messages]
            way = self._chat.bind(**ways[self._form])
            try:
                return str(self._asked(way, told).text)
            except ModelFailed as failure:
                refused = isinstance(
                    failure.__cause__, (openai.BadRequestError, openai.UnprocessableEntityError)
                )
                if not refused or self._form == len(ways) - 1:
                    raise
                self._form += 1

    def _asked(self, chat: Any, messages: Sequence[Any]) -> Any:
        """The reply to messages, whole."""
        self._check_budget()
        reply = self._tried(lambda: chat.invoke(messages))
        self._spending.add(reply.usage_metadata, len(str(messages)), len(str(reply.content)))
        return reply

    def _check_budget(self) -> None:
        if spent := self._spending.reached():
            raise ModelFailed(spent)

    def _tried(self, send: Callable[[], T]) -> T:
        """What a request brings; one that fails in passing is sent again after a while."""
        import openai

        again = (openai.RateLimitError, openai.InternalServerError, openai.APIConnectionError)
        for attempt in range(self._settings.retries + 1):
            try:
                return send()
            except openai.APITimeoutError as error:
                raise _failure(error, self._settings.timeout) from error
            except again as error:
                wait = _wait(error, attempt)
                if attempt == self._settings.retries or wait > self._settings.timeout:
                    raise _failure(error, self._settings.timeout, wait) from error
                time.sleep(wait)
            except (openai.OpenAIError, ValueError, KeyError, TypeError) as error:
                raise _failure(error, self._settings.timeout) from error
        raise AssertionError("the last attempt returns or raises")


def _begun(chunks: Iterator[Any]) -> Iterator[Any]:
    """A reply that has begun to come: until then, it may be asked for again."""
    first = next(chunks, None)

    def whole() -> Iterator[Any]:
        if first is not None:
            yield first
        yield from chunks

    return whole()


def _heard(chunks: Iterator[Any], timeout: float) -> Any:
    """The next part of a reply, None at its end."""
    import openai

    try:
        return next(chunks, None)
    except (openai.OpenAIError, ValueError, KeyError, TypeError) as error:
        raise _failure(error, timeout) from error


def _called(
    known: Mapping[str, type[BaseModel]],
    name: str,
    arguments: Any,
    answer: Callable[[BaseModel], str],
) -> str:
    """The answer to a call; one that no tool takes is told why."""
    if name not in known:
        return prompts.no_such_tool(name, sorted(known))
    try:
        if isinstance(arguments, str):
            return answer(known[name].model_validate_json(arguments))
        return answer(known[name].model_validate(arguments))
    except ValidationError as error:
        return prompts.again(_faults(error))


def _faults(error: ValidationError) -> str:
    """What is wrong with a value, without the value."""
    return "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'the reply'}: {fault['msg']}"
        for fault in error.errors(include_input=False, include_url=False)[:5]
    )


def _wait(error: Exception, attempt: int) -> float:
    """Seconds before a request is sent again: what the endpoint asks for, else ever more."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return float(_FIRST_WAIT * 2**attempt)


def _failure(error: Exception, timeout: float, wait: float = 0.0) -> ModelFailed:
    """What went wrong at the endpoint, for the person."""
    import openai

    match error:
        case openai.RateLimitError():
            later = f"; it asks to wait {wait:.0f} seconds" if wait > timeout else ""
            return ModelFailed(f"its endpoint takes no more requests at present (429){later}")
        case openai.APITimeoutError():
            return ModelFailed(f"it didn't reply within {timeout:g} seconds")
        case openai.APIConnectionError():
            return ModelFailed("its endpoint can't be reached")
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            code = error.status_code
            return ModelFailed(f"its endpoint refuses the key ({code}): check OPENAI_API_KEY")
        case openai.NotFoundError():
            return ModelFailed(
                "its endpoint doesn't know it (404): check BOARDPAPERS_MODEL and OPENAI_BASE_URL"
            )
        case openai.APIStatusError():
            return ModelFailed(f"its endpoint answered with an error ({error.status_code})")
        case _:
            return ModelFailed("its reply couldn't be read")
