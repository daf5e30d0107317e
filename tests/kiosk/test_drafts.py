import pytest

from kiosk.drafts import Draft, Drafts, TooManyDraftsError, Words


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_draft_nobody_asks_about_is_forgotten_with_its_sound():
    clock, gone = Clock(), list[str]()
    drafts = Drafts(minutes=10, on_forget=gone.append, clock=clock)
    draft = drafts.put(Draft("memo", raw_sound=b"voice"))
    clock.now = 599
    assert drafts.find(draft.id) is draft
    clock.now = 599 + 601
    assert drafts.find(draft.id) is None
    assert gone == [draft.id]
    assert draft.raw_sound == b""


def test_forgetting_leaves_nothing_of_the_draft():
    drafts = Drafts(minutes=10)
    draft = drafts.put(Draft("note", Words("the canteen is cold")))
    drafts.forget(draft.id)
    drafts.forget(draft.id)
    assert draft.content is None
    assert drafts.find(draft.id) is None


def test_drafts_together_have_a_limit_and_growth_counts():
    drafts = Drafts(minutes=10, most_bytes=100)
    first = drafts.put(Draft("memo", size_bytes=60))
    first.size_bytes = 90
    drafts.put(first)
    with pytest.raises(TooManyDraftsError):
        drafts.put(Draft("memo", size_bytes=20))
    drafts.forget(first.id)
    drafts.put(Draft("memo", size_bytes=20))
