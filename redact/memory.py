"""What was looked up for one text: asked once, and forgotten with it.

A word is asked about dozens of times while its text is read and read again. The answers are kept
for that text only: what a visitor wrote is not to outlive their draft in a cache.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

_Asked = TypeVar("_Asked", bound=Hashable)
_Answer = TypeVar("_Answer")
_Known = defaultdict[object, dict[Any, Any]]
_known: ContextVar[_Known | None] = ContextVar("known of one text", default=None)


@contextmanager
def one_text() -> Iterator[None]:
    """Remember answers until what is done within is done."""
    token = _known.set(defaultdict(dict))
    try:
        yield
    finally:
        _known.reset(token)


def once_a_text(function: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
    """Return a function that asks the one given only once about the same, within one text."""

    @wraps(function)
    def asked_once(asked: _Asked) -> _Answer:
        known = _known.get()
        if known is None:
            return function(asked)
        answers: dict[_Asked, _Answer] = known[asked_once]
        if asked not in answers:
            answers[asked] = function(asked)
        return answers[asked]

    return asked_once
