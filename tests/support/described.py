"""The kiosk's own description of its calls: what may be sent, and what may come back."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.support.places import DOCS

Schema = dict[str, Any]
DESCRIPTION = json.loads((DOCS / "openapi.json").read_text(encoding="utf-8"))
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "boolean": bool,
    "number": (int, float), "null": type(None),
}  # fmt: skip


class Call(NamedTuple):
    """One call of the description."""

    method: str
    path: str
    about: Schema

    @property
    def name(self) -> str:
        return f"{self.method.upper()} {self.path}"


def calls() -> Iterator[Call]:
    for path, methods in DESCRIPTION["paths"].items():
        for method, about in methods.items():
            yield Call(method, path, about)


def resolved(schema: Schema) -> Schema:
    """What a reference refers to."""
    while "$ref" in schema:
        found: Any = DESCRIPTION
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def faults(value: Any, schema: Schema, at: str = "answer") -> list[str]:
    """What of a value is not as described."""
    schema = resolved(schema)
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(
        isinstance(value, TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))
        for kind in kinds
    ):
        return [f"{at} is no {' or '.join(kinds)}"]
    found = [] if value in schema.get("enum", [value]) else [f"{at} is {value!r}"]
    if isinstance(value, dict):
        found += [f"{at} lacks {name}" for name in schema.get("required", []) if name not in value]
        for name, part in schema.get("properties", {}).items():
            if name in value:
                found += faults(value[name], part, f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        for place, each in enumerate(value):
            found += faults(each, schema["items"], f"{at}[{place}]")
    return found


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def values(schema: Schema) -> st.SearchStrategy[Any]:
    """Values as described, and one in some that are not, at any depth."""
    schema = resolved(schema)
    kind = schema.get("type")
    if "enum" in schema:
        meant: st.SearchStrategy[Any] = st.sampled_from(schema["enum"])
    elif kind == "object":
        parts = {name: values(part) for name, part in schema.get("properties", {}).items()}
        meant = st.fixed_dictionaries({}, optional=parts)
    elif kind == "array":
        least, most = schema.get("minItems", 0), min(schema.get("maxItems", 5), 5)
        meant = st.lists(values(schema["items"]), min_size=least, max_size=max(least, most))
    else:
        meant = {
            "integer": st.integers(-3, 40) | st.integers(),
            "string": st.text(max_size=40) | st.sampled_from(["tired", "good", "silence"]),
        }.get(str(kind), anything)
    return st.one_of(meant, meant, meant, anything)
