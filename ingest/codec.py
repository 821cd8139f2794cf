"""Values of the model as JSON and back, by their type hints: the one place of conversion."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ingest.errors import StoreError

T = TypeVar("T")

_adapters: dict[Any, TypeAdapter[Any]] = {}


def encode(value: object) -> str:
    """A model value as JSON: decimals as text, dates in ISO form."""
    return _adapter(type(value)).dump_json(value).decode()


def encode_all(values: Sequence[object]) -> str:
    """Values of one kind as a JSON list."""
    return f"[{','.join(map(encode, values))}]"


def decode_all(kind: type[T], body: str) -> tuple[T, ...]:
    """The values that :func:`encode_all` wrote."""
    return decode(tuple[kind, ...], body)  # type: ignore[valid-type]


def decode(kind: type[T], body: str) -> T:
    """The value of the given kind that :func:`encode` wrote."""
    try:
        value: T = _adapter(kind).validate_json(body)
    except ValidationError as error:
        raise StoreError(
            f"The store holds a {kind.__name__} that this version can't read "
            f"({error.errors()[0]['msg']}): delete the store's folder and ingest the papers again."
        ) from error
    return value


def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Built once for each kind: building takes longer than many conversions."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
