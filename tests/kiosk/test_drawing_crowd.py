"""Many drawings at once do not keep others from the kiosk."""

import io
import threading
import time

from PIL import Image

from kiosk.children.eye_frames import Seen
from kiosk.drawing_reader import DrawingReader
from redact.pictures.drawing import Writing

BLANK = Seen(1, 1, Writing(), corners=None, blob=b"\xff\xff\xff")


def test_a_crowd_of_drawings_leaves_pages_reachable(client, monkeypatch):
    """Reading writing takes seconds: two at a time, the next one is asked to come back."""
    go_on = threading.Event()

    def slow(*_arguments):
        assert go_on.wait(20)
        return BLANK

    monkeypatch.setattr(DrawingReader, "_ask", slow)
    sheet = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(sheet, "PNG")
    statuses = []

    def send():
        answer = client.application.test_client().post(
            "/api/drafts", data=sheet.getvalue(), content_type="image/png"
        )
        statuses.append(answer.status_code)

    crowd = [threading.Thread(target=send) for _ in range(4)]
    for each in crowd:
        each.start()
    deadline = time.monotonic() + 15
    while len(statuses) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert statuses == [503, 503]
    assert client.get("/healthz").status_code == 200
    go_on.set()
    for each in crowd:
        each.join(20)
    assert sorted(statuses) == [201, 201, 503, 503]


def test_a_place_is_given_back_after_a_failure(client, monkeypatch):
    """A reader that breaks does not close the door for drawings."""

    def broken(*_arguments, **_settings):
        raise MemoryError

    monkeypatch.setattr(DrawingReader, "_ask", broken)
    sheet = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(sheet, "PNG")
    for _try in range(3):
        answer = client.post("/api/drafts", data=sheet.getvalue(), content_type="image/png")
        assert answer.status_code == 500
