"""Settings: one frozen dataclass, read from `settings.toml` once at start-up and checked there."""

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self, TypeVar, get_type_hints


class SettingsError(Exception):
    """A setting that cannot be used; the message names the key and says what would be right."""


# key -> smallest and largest value; a key without a row takes any value of its type.
RANGES: dict[str, tuple[int, int]] = {
    "note_characters": (100, 100_000),
    "memo_seconds": (10, 3_600),
    "memo_bytes": (100_000, 64_000_000),
    "drawing_bytes": (100_000, 64_000_000),
    "drawing_pixels": (10_000, 40_000_000),
    "contributions_per_hour": (0, 100_000),
    "draft_minutes": (1, 120),
    "idle_seconds": (20, 3_600),
    "port": (0, 65_535),
    "threads": (2, 64),
    "desk_idle_minutes": (1, 120),
    "desk_hours": (1, 24),
}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one visitor may send, and how long an unattended screen keeps it."""

    note_characters: int = 10_000
    memo_seconds: int = 300
    memo_bytes: int = 8_000_000
    drawing_bytes: int = 8_000_000
    drawing_pixels: int = 4_000_000
    contributions_per_hour: int = 300  # 0: no limit
    draft_minutes: int = 10
    idle_seconds: int = 60


@dataclass(frozen=True, kw_only=True)
class Server:
    """Where the kiosk listens, and under which names it may be called."""

    host: str = "127.0.0.1"
    port: int = 8080
    threads: int = 8
    names: tuple[str, ...] = ()  # further host names browsers may use, such as "kiosk.local"


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What the kiosk's own screen needs."""

    keyboard: str = "auto"  # letters on the screen: where the box has none, always (on), or off
    exit_pin: str = field(default="", repr=False)  # ends `kiosk launch`; empty: no way out is there


@dataclass(frozen=True, kw_only=True)
class Speech:
    """Which model turns speech into words, and from which microphone."""

    model: str = ""  # name under models/, or a folder; empty: the best one installed
    language: str = ""  # "en", "de", ...; empty: as the visitor chose, else detected
    own_microphone: bool = False  # a microphone plugged into the kiosk itself
    microphone: str = ""  # its name; empty: the system's default


@dataclass(frozen=True, kw_only=True)
class Redacting:
    """How hard the kiosk looks for identifying details."""

    strength: str = "standard"  # light, standard, strict


@dataclass(frozen=True, kw_only=True)
class Desk:
    """When the review desk locks itself."""

    desk_idle_minutes: int = 10
    desk_hours: int = 8


@dataclass(frozen=True, kw_only=True)
class Store:
    """Where what is kept lies, if not in a file in the data folder."""

    url: str = field(default="", repr=False)  # "postgresql://kiosk@host/kiosk"; it may be secret
    allow: tuple[str, ...] = ()  # settings of the server that cost something and are accepted


TABLETS = "tablets"  # the section whose keys are addresses
OWN_SCREEN = "here"  # the kiosk's own screen, among them
EVERY = "all"  # whatever asks this host and is not named by itself


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an operator can set; each field is a section of `settings.toml`.

    Attributes:
        tablets: By the address of a tablet, OWN_SCREEN or EVERY, the title of its own gathering.
    """

    data_dir: Path
    limits: Limits = field(default_factory=Limits)
    server: Server = field(default_factory=Server)
    screen: Screen = field(default_factory=Screen)
    speech: Speech = field(default_factory=Speech)
    redaction: Redacting = field(default_factory=Redacting)
    desk: Desk = field(default_factory=Desk)
    store: Store = field(default_factory=Store)
    tablets: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse values out of their documented range.

        Raises:
            SettingsError: A value no kiosk could run with.
        """
        for section in SECTIONS:
            values = getattr(self, section)
            for name in (each.name for each in fields(values)):
                _check_range(f"[{section}] {name}", name, getattr(values, name))
        if self.redaction.strength not in {"light", "standard", "strict"}:
            raise SettingsError("[redaction] strength must be light, standard or strict.")
        if self.screen.keyboard not in {"auto", "on", "off"}:
            raise SettingsError("[screen] keyboard must be auto, on or off.")
        if self.screen.exit_pin and not is_pin(self.screen.exit_pin):
            raise SettingsError(
                "[screen] exit_pin must be 6 to 12 digits in quotes, not all alike or in a row."
            )
        if self.store.url and not self.store.url.startswith(("postgresql://", "postgres://")):
            raise SettingsError('[store] url must begin with "postgresql://", or be left out.')

    @classmethod
    def read(cls, data_dir: Path) -> Self:
        """Settings of a data folder; defaults where it has no `settings.toml`.

        Raises:
            SettingsError: The file is not TOML, or a key or value in it is wrong.
        """
        path = data_dir / "settings.toml"
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else {}
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"settings.toml cannot be read: {error}") from error
        except UnicodeDecodeError:
            raise SettingsError(
                f"{path} is not UTF-8 text. Open it in an editor and save it as UTF-8."
            ) from None
        except OSError as error:
            raise SettingsError(f"settings.toml cannot be read ({error.strerror}).") from error
        tablets = _tablets(found.pop(TABLETS, {}))
        unknown = sorted(set(found) - set(SECTIONS))
        if unknown:
            raise SettingsError(
                f"settings.toml has a section [{unknown[0]}] that nobody knows. "
                f"The sections are: {', '.join((*SECTIONS, TABLETS))}."
            )
        return cls(
            data_dir=data_dir,
            tablets=tablets,
            **{name: _section(name, SECTIONS[name], values) for name, values in found.items()},
        )

    def with_server(self, **changes: str | int | None) -> Self:
        """The same settings with what the command line said of the server."""
        said = {name: value for name, value in changes.items() if value is not None}
        return replace(self, server=replace(self.server, **said))  # type: ignore[arg-type]


def is_pin(text: str) -> bool:
    """Whether digits may end the screen: none of those that somebody tries first."""
    row = "01234567890"
    is_guessed = len(set(text)) == 1 or text in row or text in row[::-1]
    return text.isascii() and text.isdigit() and 6 <= len(text) <= 12 and not is_guessed


_Section = TypeVar("_Section")

SECTIONS: dict[str, type[Any]] = {
    "limits": Limits,
    "server": Server,
    "screen": Screen,
    "speech": Speech,
    "redaction": Redacting,
    "desk": Desk,
    "store": Store,
}


def plain_address(address: str) -> str:
    """Return an address of the network in its one spelling, and anything else as it is."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(getattr(found, "ipv4_mapped", None) or found)


def _tablets(values: object) -> dict[str, str]:
    """Read which tablets have a gathering of their own."""
    if not isinstance(values, Mapping):
        raise SettingsError(f"settings.toml: {TABLETS} must be a section, written [{TABLETS}].")
    found = {}
    for address, title in values.items():
        name = f'settings.toml: [{TABLETS}] "{address}"'
        if not isinstance(title, str) or not title.strip():
            raise SettingsError(f"{name} must be the title of a gathering, in quotes.")
        if address not in {OWN_SCREEN, EVERY} and not _is_of_a_tablet(address):
            raise SettingsError(
                f"{name} is no tablet. Write the address of one in quotes, such as "
                f'"192.168.1.31", {OWN_SCREEN} for the kiosk\'s own screen, '
                f"or {EVERY} for all others."
            )
        found[plain_address(address)] = title
    return found


def _is_of_a_tablet(address: str) -> bool:
    try:
        return not ipaddress.ip_address(plain_address(address)).is_loopback
    except ValueError:
        return False


def _section(name: str, kind: type[_Section], values: object) -> _Section:
    if not isinstance(values, Mapping):
        raise SettingsError(f"settings.toml: {name} must be a section, written [{name}].")
    wanted = get_type_hints(kind)
    for key, value in values.items():
        if key not in wanted:
            raise SettingsError(
                f"settings.toml: [{name}] has no key {key}. Its keys are: {', '.join(wanted)}."
            )
        _check_type(f"[{name}] {key}", wanted[key], value)
    return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in values.items()})


def _check_type(key: str, wanted: object, value: object) -> None:
    if wanted is int and (isinstance(value, bool) or not isinstance(value, int)):
        raise SettingsError(f"settings.toml: {key} must be a whole number.")
    if wanted is bool and not isinstance(value, bool):
        raise SettingsError(f"settings.toml: {key} must be true or false.")
    if wanted is str and not isinstance(value, str):
        raise SettingsError(f"settings.toml: {key} must be a text in quotes.")
    if wanted == tuple[str, ...] and not (
        isinstance(value, list) and all(isinstance(each, str) for each in value)
    ):
        raise SettingsError(f'settings.toml: {key} must be a list of texts, such as ["a", "b"].')


def _check_range(key: str, name: str, value: object) -> None:
    if name not in RANGES or not isinstance(value, int):
        return
    low, high = RANGES[name]
    if not low <= value <= high:
        raise SettingsError(f"{key} is {value}; it must be from {low} to {high}.")
