"""What was not shown at this desk yet: told, led to, and known to this desk's memory alone."""

import pytest

import store
from store.payloads import Drawing
from tests.support.desk_helpers import Desk, filled
from tests.support.places import PASSPHRASE


@pytest.fixture
def desk(client):
    return Desk(client)


def url_of(gathering, rest=""):
    return f"/review/gatherings/{gathering.id}/{rest}"


def items_of(gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        return store.items.released(gathering.id, master)


def test_one_key_leads_to_the_next_unread_until_all_are_read(desk):
    gathering = filled()
    count = len(items_of(gathering))
    unread = url_of(gathering, "read/unread")
    for left in range(count - 1, 0, -1):
        answer = desk.client.get(unread)
        page = desk.page(answer.headers["Location"])
        assert f"{count - left} of {count} read, {left} left" in page
        assert 'data-key="o"' in page
        drawing = f"{answer.headers['Location']}/drawing.png"
        desk.client.get(drawing)
    page = desk.page(desk.client.get(unread).headers["Location"])
    assert f"All {count} read at this desk" in page


def test_a_drawing_is_read_once_its_picture_was_shown(desk):
    gathering = filled()
    drawn = next(item for item in items_of(gathering) if isinstance(item.payload, Drawing))
    for item in items_of(gathering):
        desk.page(url_of(gathering, f"read/{item.id}"))
    unread = url_of(gathering, "read/unread")
    assert desk.client.get(unread).headers["Location"].endswith(drawn.id)
    desk.client.get(url_of(gathering, f"read/{drawn.id}/drawing.png"))
    assert desk.client.get(unread).headers["Location"].endswith("/read")


@pytest.mark.parametrize("page", ["themes", "export", "session"])
def test_pages_that_make_something_of_it_warn_while_any_is_left(desk, page):
    gathering = filled()
    items = items_of(gathering)
    assert f"{len(items)} items were not shown at this desk yet." in desk.page(
        url_of(gathering, page)
    )
    for item in items:
        desk.page(url_of(gathering, f"read/{item.id}"))
        desk.client.get(url_of(gathering, f"read/{item.id}/drawing.png"))
    assert "not shown at this desk" not in desk.page(url_of(gathering, page))


def test_what_one_desk_has_read_no_other_desk_knows(desk):
    gathering = filled()
    first = items_of(gathering)[0]
    desk.page(url_of(gathering, f"read/{first.id}"))
    other = Desk(desk.client.application.test_client())
    count = len(items_of(gathering))
    assert f"{count} items were not shown" in other.page(url_of(gathering, "themes"))
