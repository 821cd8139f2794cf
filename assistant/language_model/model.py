"""The one place that knows a language model: LangChain's client of OpenAI-compatible endpoints.

It is handed texts and a schema and returns a value of the schema, or raises ModelFailed. It sees
no store and writes no answer: what it says passes the gate of every answer (grounding.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from ingest.errors import BoardPapersError

if TYPE_CHECKING:
    from assistant.settings import ModelSettings

_RETRIES = 2
_A_SECOND = 2.0
_LONGEST_REPLY = 700

Schema = TypeVar("Schema", bound=BaseModel)


class ModelFailed(BoardPapersError):
    """The model couldn't be used: why, in words for the person."""


class LanguageModel(Protocol):
    """A model that fills schemas."""

    @property
    def name(self) -> str:
        """What it is called."""

    def fill(self, schema: type[Schema], told: str, data: str) -> Schema:
        """A value of the schema; raises ModelFailed."""


class OpenAIModel:
    """A chat model behind an OpenAI-compatible endpoint."""

    def __init__(self, settings: ModelSettings) -> None:
        from langchain_core.rate_limiters import InMemoryRateLimiter
        from langchain_openai import ChatOpenAI

        self._settings = settings
        self._spent = 0
        self._chat = ChatOpenAI(
            model=settings.name,
            api_key=settings.key,  # type: ignore[arg-type]
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=_RETRIES,
            max_tokens=_LONGEST_REPLY,  # type: ignore[call-arg]
            temperature=0.0,
            rate_limiter=InMemoryRateLimiter(
                requests_per_second=_A_SECOND, max_bucket_size=2 * _A_SECOND
            ),
        )

    @property
    def name(self) -> str:
        """The model's name at its endpoint."""
        return self._settings.name

    def fill(self, schema: type[Schema], told: str, data: str) -> Schema:
        """A value of the schema by a call of a tool; raises ModelFailed."""
        if self._spent >= self._settings.budget:
            raise ModelFailed(
                f"its budget of {self._settings.budget} tokens is spent; "
                "BOARDPAPERS_MODEL_BUDGET raises it"
            )
        filling = self._chat.with_structured_output(
            schema, method="function_calling", include_raw=True
        )
        said: Any = _called(filling, [("system", told), ("human", data)], self._settings.timeout)
        usage = getattr(said["raw"], "usage_metadata", None) or {}
        self._spent += int(usage.get("total_tokens") or (len(told) + len(data)) // 4)
        value = said["parsed"]
        if not isinstance(value, schema):
            raise ModelFailed("its reply wasn't in the form asked for")
        return value


def _called(filling: Any, messages: list[tuple[str, str]], timeout: float) -> Any:
    """The reply; whatever the endpoint does wrong becomes ModelFailed."""
    import openai

    try:
        return filling.invoke(messages)
    except openai.RateLimitError as error:
        raise ModelFailed("its endpoint takes no more requests at present (429)") from error
    except openai.APITimeoutError as error:
        raise ModelFailed(f"it didn't reply within {timeout:g} seconds") from error
    except openai.APIConnectionError as error:
        raise ModelFailed("its endpoint can't be reached") from error
    except openai.APIStatusError as error:
        raise ModelFailed(f"its endpoint answered with an error ({error.status_code})") from error
    except (openai.OpenAIError, ValidationError, ValueError, KeyError, TypeError) as error:
        raise ModelFailed("its reply couldn't be read") from error
