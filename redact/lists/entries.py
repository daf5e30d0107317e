"""The local lists as values, and as JSON for the sealed store."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Self


class UnreadableListsError(ValueError):
    """The JSON is not an object of lists of strings; the message never quotes an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalLists:
    """Names that a place knows.

    A person's nicknames follow in brackets: `Siobhan Kelly (Shiv, Shivvy)`.
    """

    staff: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return the lists as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote; a list that is missing is empty."""
        try:
            content = json.loads(text)
        except ValueError:
            raise UnreadableListsError("the lists are not JSON") from None
        names = [field.name for field in fields(cls)]
        if not isinstance(content, dict) or not set(content) <= set(names):
            raise UnreadableListsError(f"the lists are an object with the keys {', '.join(names)}")
        for name, entries in content.items():
            if not isinstance(entries, list) or not all(
                isinstance(entry, str) for entry in entries
            ):
                raise UnreadableListsError(f"{name} is not a list of names")
        return cls(**{name: _tidy(entries) for name, entries in content.items()})

    def __bool__(self) -> bool:
        """Say whether there is any entry."""
        return any(getattr(self, field.name) for field in fields(self))


def _tidy(entries: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(entry.split()) for entry in entries if entry.strip()))


EMPTY = LocalLists()
