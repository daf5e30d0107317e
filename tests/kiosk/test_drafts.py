from kiosk.drafts import Draft, Drafts, Words
from kiosk.settings import Limits


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_draft_nobody_asks_about_is_forgotten_with_its_sound():
    clock, gone = Clock(), list[str]()
    drafts = Drafts(Limits(), on_forget=gone.append, clock=clock)
    draft = drafts.put(Draft("memo", raw_sound=b"voice"))
    clock.now = 599
    assert drafts.find(draft.id) is draft
    clock.now = 599 + 601
    assert drafts.find(draft.id) is None
    assert gone == [draft.id]
    assert draft.raw_sound == b""


def test_forgetting_leaves_nothing_of_the_draft():
    drafts = Drafts(Limits())
    draft = drafts.put(Draft("note", Words("the canteen is cold")))
    drafts.forget(draft.id)
    drafts.forget(draft.id)
    assert draft.content is None
    assert drafts.find(draft.id) is None
