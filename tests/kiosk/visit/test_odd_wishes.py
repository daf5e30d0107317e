"""Whatever shape a wish has: one plain sentence, 413 or 422, never a fault of ours."""

import json
from typing import Any

import pytest

from kiosk.visit.request import MOST_FEELINGS

TEXT = {"Content-Type": "text/plain"}
JSON = {"Content-Type": "application/json"}
DEEP = "[" * 20_000 + "]" * 20_000
WISHES = [
    "[]", "1", "null", "\"a\"", "{", DEEP, "{\"struck\":" + DEEP + "}",
    "{\"struck\":[[0]]}", "{\"struck\":[[0,1,2]]}", "{\"struck\":5}", "{\"struck\":\"ab\"}",
    "{\"struck\":[[0,1e400]]}", "{\"struck\":[[0,NaN]]}", "{\"struck\":[[true,2]]}",
    "{\"struck\":[[0,99999999999999999999999]]}", "{\"struck\":{\"a\":1}}",
    "{\"struck\":[" + ",".join(["[0,1]"] * 1_001) + "]}",
    "{\"covered\":[[1,2,3]]}", "{\"covered\":[[1,2,3,Infinity]]}", "{\"covered\":\"all\"}",
    "{\"question\":1.5}", "{\"question\":[]}", "{\"question\":-1}", "{\"question\":true}",
    "{\"question\":\"0\"}", "{\"question\":99}",
    "{\"feeling\":{\"a\":1}}", "{\"feeling\":[[]]}", "{\"feeling\":7}",
    json.dumps({"feeling": ["frustrated"] * 9}), json.dumps({"feeling": "x" * 1_000}),
]  # fmt: skip


@pytest.fixture
def draft(client: Any) -> str:
    answer = client.post("/api/drafts", data="The canteen is cold.", headers=TEXT)
    return str(answer.json["draft"])


@pytest.mark.parametrize("wish", WISHES)
def test_no_wish_is_a_fault_of_ours_and_nothing_is_lost(client: Any, draft: str, wish: str):
    answer = client.post(f"/api/drafts/{draft}/keep", data=wish, headers=JSON)
    assert answer.status_code == 422
    assert client.get(f"/api/drafts/{draft}").json["state"] == "ready"


@pytest.mark.parametrize("body", ["[]", "1", DEEP, "{", '{"words":5}', '{"words":["a"]}'])
def test_no_words_are_a_fault_of_ours(client: Any, body: str):
    for method in (client.post, client.delete):
        assert method("/api/receipt", data=body, headers=JSON).status_code == 422


@pytest.mark.parametrize("wish", ["[]", DEEP, json.dumps({"kind": "silence", "feeling": {}})])
def test_no_silence_is_a_fault_of_ours(client: Any, wish: str):
    answer = client.post("/api/items", data=wish, headers=JSON | {"Idempotency-Key": "k" * 22})
    assert answer.status_code in {201, 422}
    assert (answer.status_code == 201) == (wish == json.dumps({"kind": "silence", "feeling": {}}))


@pytest.mark.parametrize("path", ["/api/receipt", "/api/drafts/DRAFT/keep"])
def test_json_over_its_limit_is_refused_before_it_is_parsed(client: Any, draft: str, path: str):
    """Reported: 59 MB of empty lists took 1.6 GB and 24 s."""
    large = json.dumps({"words": "a", "x": [[]] * 30_000})
    assert len(large) > 64_000
    answer = client.post(path.replace("DRAFT", draft), data=large, headers=JSON)
    assert answer.status_code == 413


def test_eight_feelings_can_be_said_and_no_more(client: Any, draft: str):
    """Reported: one and a half million were kept as one item of 6 MB."""
    path = f"/api/drafts/{draft}/keep"
    assert client.post(path, json={"feeling": ["hopeful"] * 9}).status_code == 422
    assert client.post(path, json={"feeling": ["hopeful"] * MOST_FEELINGS}).status_code == 201
