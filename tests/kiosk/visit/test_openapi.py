"""The description of the calls is true: whatever is sent, what comes back is in it, and no 500."""

import json
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.described import Call, anything, calls, faults, resolved, values
from tests.support.kiosk_in_folder import app_of
from tests.support.places import TESTS

MOST = int(os.environ.get("OPENAPI_EXAMPLES", "15"))  # of each call
CALLS = {call.name: call for call in calls()}
BODIES = st.one_of(
    st.just(b"The canteen is cold."),
    st.binary(max_size=300),
    st.binary(max_size=60).map(lambda tail: b"\x89PNG\r\n\x1a\n" + tail),
    st.binary(max_size=60).map(lambda tail: b"\x1aE\xdf\xa3" + tail),
    st.binary(max_size=60).map(lambda tail: b"OggS" + tail),
    st.just(b"x" * 70_000),
)
HEADERS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)


@pytest.fixture
def client(make_house: Any) -> Any:
    return app_of(make_house(contributions_per_hour=0)).test_client()


def is_described(answer: Any, call: Call) -> list[str]:
    """Status, media type and content of an answer, against what the description says of them."""
    told = call.about["responses"].get(str(answer.status_code))
    if told is None:
        return [f"{call.name} answered {answer.status_code}: {answer.text[:200]}"]
    content = resolved(told).get("content", {})
    if answer.mimetype not in content:
        return [] if not content and not answer.data else [f"{call.name} sent {answer.mimetype}"]
    schema = content[answer.mimetype].get("schema")
    return faults(json.loads(answer.data), schema) if schema else []


def test_an_answer_that_is_not_described_would_be_seen(client: Any):
    call = CALLS["GET /api/promise"]
    assert is_described(client.get("/api/promise"), call) == []
    assert is_described(client.get("/"), call) == ["GET /api/promise sent text/html"]
    assert is_described(client.get("/api/drafts/none"), call) != []
    assert faults({"seal": 5}, {"$ref": "#/components/schemas/Promise"}) == [
        "answer.seal is no string"
    ]


def test_every_call_is_described_and_no_other():
    routes = (TESTS / "routes.txt").read_text(encoding="utf-8").splitlines()
    there = {line.replace("<", "{").replace(">", "}") for line in routes if " /api/" in line}
    assert there == set(CALLS)


@st.composite
def requests(draw: st.DrawFn, call: Call) -> dict[str, Any]:
    """Something that a client could send, well meant or not."""
    sent: dict[str, Any] = {"headers": {}, "query_string": {}}
    for each in call.about.get("parameters", []):
        if each["in"] == "path" or not draw(st.booleans() | st.just(each.get("required", False))):
            continue
        where = sent["headers"] if each["in"] == "header" else sent["query_string"]
        where[each["name"]] = draw(HEADERS | st.sampled_from(["1", "en", "memo", "k" * 22]))
    content = call.about.get("requestBody", {}).get("content", {})
    kind = draw(st.sampled_from([*content, "application/json", "text/plain", "x/y"]))
    sent["headers"]["Content-Type"] = kind
    schema = content.get(kind, {}).get("schema")
    if schema or kind == "application/json":
        wish = draw(values(schema) if schema else anything)
        sent["data"] = draw(st.just(json.dumps(wish)) | BODIES)
    else:
        sent["data"] = draw(BODIES)
    return sent


@pytest.mark.parametrize("name", CALLS)
def test_whatever_is_sent_what_comes_back_is_described(client: Any, name: str):
    """Never a 500: the description has none, so one would be a fault here."""
    call = CALLS[name]
    assert "500" not in call.about["responses"]

    @settings(max_examples=MOST, suppress_health_check=list(HealthCheck), deadline=None)
    @given(requests(call))
    def send(sent: dict[str, Any]) -> None:
        path = call.path
        if "{draft_id}" in path:
            text = {"data": "The canteen is cold.", "content_type": "text/plain"}
            path = path.replace("{draft_id}", client.post("/api/drafts", **text).json["draft"])
        answer = client.open(path, method=call.method.upper(), **sent)
        assert is_described(answer, call) == []

    send()
