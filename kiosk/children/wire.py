"""Frames between the kiosk and its children: a small JSON header and some bytes, through a pipe.

Not pickles: a child that a hostile recording has taken over could answer with one, and a pickle
runs as a program in whoever reads it. Not shared memory or temporary files either: both are files,
and a voice must never be in one.

A frame is a frozen dataclass: `ear_frames`, `model_frames` and `eye_frames` list them. Whoever
receives says which kinds may come, and each field is held to its type.
"""

import json
import struct
import types
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import (
    BinaryIO,
    Generic,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

SIZES = struct.Struct(">II")
HEADER_BYTES = 8_000_000  # a transcript of an hour is about one megabyte
BLOB_BYTES = 64_000_000


class WireError(Exception):
    """The other side ended, or sent what is no frame."""


@dataclass(frozen=True)
class Frame:
    """One message; a field called `blob` travels as it is, the others as JSON."""


T = TypeVar("T")
_TYPES: dict[type, dict[str, object]] = {}  # of the fields of each frame, worked out once


class Kinds(Generic[T]):
    """The frames that may come one way; `T` is any of them."""

    def __init__(self, *kinds: type[Frame]) -> None:
        self._kinds = {kind.__name__: kind for kind in kinds}

    def read(self, header: object, blob: bytes) -> T:
        """The frame that was sent.

        Raises:
            WireError: It is none of these, or a field is of another type.
        """
        kind = self._kinds.get(str(header.pop("frame", ""))) if isinstance(header, dict) else None
        if kind is None or not isinstance(header, dict):
            raise WireError("a frame that may not come now")
        values: dict[str, object] = {**header}
        if "blob" in _types(kind):
            values["blob"] = blob
        return cast("T", kind(**_checked(kind, values)))


def send(stream: BinaryIO, frame: Frame) -> None:
    """Write one frame.

    Raises:
        WireError: The other side is gone.
    """
    content = asdict(frame)
    blob = content.pop("blob", b"")
    raw = json.dumps({"frame": type(frame).__name__, **content}).encode()
    try:
        stream.write(SIZES.pack(len(raw), len(blob)) + raw)
        stream.write(blob)
        stream.flush()
    except (OSError, ValueError):
        raise WireError("the other side is gone") from None


def receive(stream: BinaryIO, kinds: Kinds[T]) -> T:
    """Read one frame; waits for it.

    Raises:
        WireError: The other side is gone, or this is none of these kinds.
    """
    header_bytes, blob_bytes = SIZES.unpack(_exactly(stream, SIZES.size))
    if header_bytes > HEADER_BYTES or blob_bytes > BLOB_BYTES:
        raise WireError("a frame larger than any that we send")
    raw, blob = _exactly(stream, header_bytes), _exactly(stream, blob_bytes)
    try:
        header: object = json.loads(raw)
    except (ValueError, RecursionError):
        raise WireError("a frame without a header") from None
    return kinds.read(header, blob)


def _checked(kind: type, values: dict[str, object]) -> dict[str, object]:
    wanted = _types(kind)
    if set(values) != set(wanted):
        raise WireError("a frame with other fields")
    return {name: _fitting(values[name], wanted[name]) for name in wanted}


def _types(kind: type) -> dict[str, object]:
    if kind not in _TYPES:
        hints = get_type_hints(kind)
        _TYPES[kind] = {each.name: hints[each.name] for each in fields(kind)}
    return _TYPES[kind]


def _fitting(value: object, wanted: object) -> object:
    """The value as the type it has to be; JSON knows neither tuples nor dataclasses."""
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(wanted, type) and get_origin(wanted) is None:
        return _plain(value, wanted)
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is Literal and value in arguments:
        return value
    if origin in {Union, types.UnionType}:
        return _any_of(value, arguments)
    if origin is tuple and isinstance(value, list):
        if arguments[1:] == (...,):
            arguments = (arguments[0],) * len(value)
        if len(arguments) == len(value):
            return tuple(_fitting(*each) for each in zip(value, arguments, strict=True))
    raise WireError("a field of another type")


def _plain(value: object, wanted: type) -> object:
    if is_dataclass(wanted) and isinstance(value, dict):
        return wanted(**_checked(wanted, value))
    if issubclass(wanted, tuple) and isinstance(value, list):  # a NamedTuple
        hints = get_type_hints(wanted)
        if len(hints) == len(value):
            make: Callable[..., object] = wanted
            return make(*(_fitting(*each) for each in zip(value, hints.values(), strict=True)))
    if type(value) is wanted:
        return value
    raise WireError("a field of another type")


def _any_of(value: object, choices: tuple[object, ...]) -> object:
    for each in choices:
        try:
            return _fitting(value, each)
        except WireError:
            continue
    raise WireError("a field of another type")


def _exactly(stream: BinaryIO, size: int) -> bytes:
    try:
        read = stream.read(size)
    except (OSError, ValueError):
        raise WireError("the other side is gone") from None
    if len(read) < size:
        raise WireError("the other side is gone")
    return read
