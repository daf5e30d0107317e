"""What visitors are asked and promised before their first word, and which change is stricter."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from store import errors

FLOOR = 3  # fewest items that may be released together (DESIGN section 2)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A gathering's promise.

    Attributes:
        readers: Who will read it, in words the visitors know.
        threshold: Fewest items that are released together; k.
        retention_days: From release to purge.
        withdrawable: Until when it can be taken back: always `release` today.
    """

    readers: tuple[str, ...] | str = ()
    threshold: int = 5
    retention_days: int = 90
    withdrawable: str = "release"

    def __post_init__(self) -> None:
        readers = (self.readers,) if isinstance(self.readers, str) else tuple(self.readers)
        object.__setattr__(self, "readers", readers)
        if self.threshold < FLOOR:
            raise ValueError(f"threshold: at least {FLOOR}")
        if not 1 <= self.retention_days <= 3650:
            raise ValueError("retention_days: 1 to 3650")
        if self.withdrawable != "release":
            raise ValueError('withdrawable: "release"')

    def is_at_least_as_strict_as(self, other: "Promise") -> bool:
        """Say whether a visitor who was promised `other` is still treated as promised."""
        return (
            set(self.readers) <= set(other.readers)
            and self.threshold >= other.threshold
            and self.retention_days <= other.retention_days
        )

    def to_json(self) -> str:
        """Return the promise as text for the database."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Promise":
        """Return what `to_json` was called on."""
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError):
            raise errors.DamagedError("A stored promise is damaged.") from None


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What visitors are asked and promised, in one more language.

    Attributes:
        questions: As many as the gathering's own, or none.
        readers: Who will read it; empty: not said in this language.
        readers_of: The gathering's own words that `readers` says; with others it counts no more.
    """

    questions: tuple[str, ...] = ()
    readers: str = ""
    readers_of: str = ""


Wordings = Mapping[str, Wording]  # by language code


def asked_to_json(questions: Sequence[str], wordings: Wordings) -> str:
    """Return questions in all their languages as text for the database; a plain list of one."""
    asked = list(questions)
    said = {code: asdict(words) for code, words in wordings.items()}
    return json.dumps({"own": asked, "in": said} if said else asked, ensure_ascii=False)


def asked_from_json(text: str) -> tuple[tuple[str, ...], Wordings]:
    """Return what `asked_to_json` was called on."""
    try:
        asked = json.loads(text)
        if isinstance(asked, list):
            return tuple(asked), {}
        return tuple(asked["own"]), wordings_of(asked["in"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise errors.DamagedError("Stored questions are damaged.") from None


def wordings_of(values: Mapping[str, Mapping[str, object]]) -> Wordings:
    """Return wordings from what JSON made of them.

    Raises:
        AttributeError, TypeError: They are none.
    """
    return {
        str(code): Wording(
            questions=tuple(str(each) for each in words.get("questions", ())),  # type: ignore[attr-defined]
            readers=str(words.get("readers", "")),
            readers_of=str(words.get("readers_of", "")),
        )
        for code, words in values.items()
    }
