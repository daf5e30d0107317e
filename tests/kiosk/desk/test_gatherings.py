"""Opening, closing and ending gatherings; the board; what stays hidden below k."""

from datetime import timedelta

import pytest

import store
from tests.support.desk_helpers import PAYLOADS, Desk, filled, new_gathering, today
from tests.support.places import PASSPHRASE


@pytest.fixture
def desk(client):
    return Desk(client)


FORM = {
    "title": "Winter",
    "questions": "How is the new rota?\nWhat else?",
    "readers": "Two members of the works council",
    "threshold": "5",
    "retention_days": "30",
    "repeats": "never",
}


def small(*, kept=1, title="Small"):
    """A closed gathering with too few items."""
    gathering = new_gathering(title, threshold=5)
    for number in range(kept):
        store.items.keep(PAYLOADS[0], gathering, token=f"{gathering.id}-{number:05}")
    return store.gatherings.close(gathering.id, today=today())


def test_a_new_gathering_asks_and_promises_what_was_typed(desk):
    """The question and promise that visitors read are those of the form."""
    page = desk.follow("/review/gatherings/new", **FORM, closes="")
    assert "The gathering is open." in page
    made = store.gatherings.current()
    assert (made.title, made.questions) == ("Winter", ("How is the new rota?", "What else?"))
    assert made.promise.readers == ("Two members of the works council",)
    assert (made.promise.threshold, made.promise.retention_days) == (5, 30)


def test_questions_in_other_languages_are_as_many_as_the_first(desk):
    polish = {"questions_pl": "Jak nowy grafik?", "readers_pl": "Rada"}
    refused = desk.post("/review/gatherings/new", **FORM, **polish)
    assert refused.status_code == 422
    assert 'id="questions_pl-error"' in refused.text
    polish["questions_pl"] += "\nCo jeszcze?"
    desk.follow("/review/gatherings/new", **FORM, **polish)
    made = store.gatherings.current()
    assert made.wordings["pl"].questions == ("Jak nowy grafik?", "Co jeszcze?")
    again = desk.page(f"/review/gatherings/new?like={made.id}")
    assert "Co jeszcze?</textarea>" in again
    assert 'name="questions_en"' not in again  # the language of this page


@pytest.mark.parametrize(
    ("field", "typed"),
    [("title", ""), ("questions", ""), ("readers", " "), ("threshold", "2"), ("threshold", "many"),
     ("retention_days", "0"), ("repeats", "yearly"), ("closes", "soon"), ("closes", "2001-01-01")],
)  # fmt: skip
def test_a_wrong_field_is_named_and_the_rest_is_kept(desk, field, typed):
    """Nobody types a promise twice because of one slip."""
    before = len(store.gatherings.everything())
    answer = desk.post("/review/gatherings/new", **{**FORM, field: typed})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text
    if field != "title":
        assert 'value="Winter"' in answer.text
    assert len(store.gatherings.everything()) == before


def test_a_repeating_gathering_gets_its_own_last_day(desk):
    """Weekly means a week, without anybody counting."""
    desk.follow("/review/gatherings/new", **{**FORM, "repeats": "weekly"})
    made = next(each for each in store.gatherings.everything() if each.title == "Winter")
    assert made.closes == today() + timedelta(days=6)


def test_enough_items_are_released_together_by_closing(desk):
    """The number is told after release, and the order of arrival never."""
    gathering = new_gathering()
    for number, payload in enumerate(PAYLOADS):
        store.items.keep(payload, gathering, token=f"{gathering.id}-{number:05}")
    page = desk.follow(f"/review/gatherings/{gathering.id}/close")
    assert "Closed and released." in page
    assert f"{len(PAYLOADS)} contributions were released together." in page
    assert "closed already" in desk.follow(f"/review/gatherings/{gathering.id}/close")


def test_a_gathering_that_awaits_parcels_says_so_and_is_released_when_told(desk):
    """It holds enough, so that it were wrong to say that there is too little."""
    gathering = new_gathering()
    with store.keys.unlock(PASSPHRASE) as master:
        store.invitation.invite(gathering.id, master)
    assert "Other boxes collected" in desk.page(f"/review/gatherings/{gathering.id}/close")
    for number, payload in enumerate(PAYLOADS):
        store.items.keep(payload, gathering, token=f"{gathering.id}-{number:05}")
    desk.follow(f"/review/gatherings/{gathering.id}/close")
    page = desk.page(f"/review/gatherings/{gathering.id}")
    assert "All parcels are here" in page
    assert "That many are not ready" not in page
    released = desk.follow(f"/review/gatherings/{gathering.id}/close")
    assert "Closed and released." in released


@pytest.mark.parametrize("kept", [0, 1, 4])
def test_a_small_gathering_looks_the_same_however_small(desk, kept):
    """Empty, one or four: the page does not differ by a byte but for its own id."""
    pages = [
        desk.page(f"/review/gatherings/{each.id}").replace(each.id, "ID")
        for each in (small(kept=kept), small(kept=2))
    ]
    assert pages[0] == pages[1]
    assert "Closed, and still sealed" in pages[0]


def test_a_closed_gathering_cannot_be_opened_again(desk):
    """Neither by a button nor by an address; another one with the same words is one touch away."""
    gathering = small()
    url = f"/review/gatherings/{gathering.id}"
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert desk.post(url + "/extend", closes=tomorrow).status_code == 422
    assert store.gatherings.get(gathering.id).state == "closed"
    page = desk.page(url)
    assert "/extend" not in page
    assert "It is not opened again" in page
    like = desk.page(f"/review/gatherings/new?like={gathering.id}")
    assert 'value="Small"' in like


def test_a_standing_gathering_closes_by_hand_only_at_the_end_of_today(desk):
    """So nobody closes it behind one visitor; asked whether this one or the series ends."""
    desk.follow("/review/gatherings/new", **{**FORM, "repeats": "weekly"})
    made = next(each for each in store.gatherings.everything() if each.title == "Winter")
    url = f"/review/gatherings/{made.id}"
    assert "The series" in desk.page(url + "/close")
    assert "at the end of today" in desk.follow(url + "/close", which="series")
    now = store.gatherings.get(made.id)
    assert (now.state, now.closes, now.repeats) == ("open", today(), "never")
    store.gatherings.tick(today() + timedelta(days=1))
    assert store.gatherings.get(made.id).state != "open"
    assert [each.title for each in store.gatherings.everything()].count("Winter") == 1


def test_a_session_is_what_is_opened_unless_a_day_is_named(desk):
    """Closed by hand, at once; one that names a day is standing."""
    desk.follow("/review/gatherings/new", **FORM, kind="session")
    assert store.gatherings.current().kind == "session"
    wrong = desk.post("/review/gatherings/new", **{**FORM, "repeats": "weekly"}, kind="session")
    assert wrong.status_code == 422
    desk.follow("/review/gatherings/new", **{**FORM, "title": "Spring"}, kind="standing")
    made = next(each for each in store.gatherings.everything() if each.title == "Spring")
    assert (made.kind, made.closes) == ("standing", today() + timedelta(days=6))


def test_of_two_open_gatherings_each_page_says_which_one_the_kiosk_asks(desk):
    first = store.gatherings.current()
    second = new_gathering("Second")
    assert "The kiosk asks the question of “Second”" in desk.page(f"/review/gatherings/{first.id}")
    assert "Two gatherings are open" not in desk.page(f"/review/gatherings/{second.id}")


def test_a_standing_gathering_can_collect_for_longer(desk):
    """More time may bring enough."""
    gathering = store.gatherings.new("Long", today=today(), is_standing=True)
    url = f"/review/gatherings/{gathering.id}/extend"
    for wrong in ("", "never", "2001-01-01"):
        answer = desk.post(url, closes=wrong)
        assert answer.status_code == 422
        assert 'id="closes-error"' in answer.text
    later = today() + timedelta(days=9)
    assert "collects for longer" in desk.follow(url, closes=later.isoformat())
    assert store.gatherings.get(gathering.id).closes == later


def test_a_small_gathering_can_be_read_with_the_next_one(desk):
    """Only a gathering that promises as much is offered, and only such a one takes it."""
    gathering = small(kept=3)
    looser = new_gathering("Looser", threshold=3)
    good = new_gathering("As strict", threshold=5)
    page = desk.page(f"/review/gatherings/{gathering.id}")
    assert good.id in page
    assert looser.id not in page
    url = f"/review/gatherings/{gathering.id}/merge"
    assert "promises less" in desk.follow(url, into=looser.id)
    assert "Moved on." in desk.follow(url, into=good.id)
    for number in range(5):
        store.items.keep(PAYLOADS[1], good, token=f"{good.id}-{number:05}")
    assert store.gatherings.close(good.id, today=today()).state == "released"
    assert store.items.participation(good.id) == 8


def test_purging_asks_for_the_title_and_then_destroys(desk):
    """A slip of the hand destroys nothing; the title does, in any case and spacing."""
    gathering = filled(title="Autumn Shift")
    url = f"/review/gatherings/{gathering.id}/purge"
    assert desk.post(url, typed="Autumn").status_code == 422
    assert store.gatherings.get(gathering.id).state == "released"
    assert "Purged." in desk.follow(url, typed=" autumn  shift ")
    assert store.gatherings.get(gathering.id).state == "purged"
    assert gathering.id not in desk.page("/review/")


def test_an_answer_stands_on_the_kiosk_for_everybody(desk, client):
    """What we heard, what happens now: written at the desk, read by all, changed, taken down."""
    gathering = filled()
    url = f"/review/gatherings/{gathering.id}/board/"
    desk.follow(url, theme="The canteen is loud.", answer="Curtains come on Monday.")
    (answer,) = store.board.of(gathering.id)
    assert "The canteen is loud." in client.get("/").text
    page = desk.follow(url, answer_id=answer.id, theme="The canteen is loud.", answer="They hang.")
    assert "They hang." in page
    assert desk.post(url + "remove", answer_id="ab" * 16).status_code == 404
    desk.follow(url + "remove", answer_id=answer.id)
    assert store.board.of(gathering.id) == ()


def test_the_board_is_never_filled_in_with_a_label(desk):
    """A label is the facilitators' own word; it must not slip onto a public screen."""
    gathering = filled()
    with store.keys.unlock(PASSPHRASE) as master:
        item = store.items.released(gathering.id, master)[0]
        store.items.label(item.id, ["troublemaker"], master, version=item.version)
    assert "troublemaker" in desk.page(f"/review/gatherings/{gathering.id}/read/{item.id}")
    assert "troublemaker" not in desk.page(f"/review/gatherings/{gathering.id}/themes")
    assert "troublemaker" not in desk.page(f"/review/gatherings/{gathering.id}/board/")


def test_an_answer_says_how_far_it_is(desk, client):
    """Heard, in work with a day for the next word, done, not possible, or celebrated."""
    gathering = filled()
    url = f"/review/gatherings/{gathering.id}/board/"
    said = {"theme": "The canteen is loud.", "answer": "Curtains."}
    assert desk.post(url, **said, state="working").status_code == 422  # by when?
    assert desk.post(url, **said, state="forgotten").status_code == 422
    desk.follow(url, **said, state="working", due="2031-04-01")
    page = client.get("/").text
    assert "We are working on it" in page
    assert "Next word by 2031-04-01" in page
    desk.follow(url, theme="Thanks to the night shift", answer="Cake!", state="celebration")
    page = client.get("/").text
    assert page.index("Cake!") < page.index("Curtains.")  # the newest stands beside the question
    assert page.rindex("Curtains.") < page.rindex("Cake!")  # on the board it has a lane of its own
    assert page.count("We celebrate") == 2
    preview = desk.page(url).split("As the kiosk shows it")[1]
    assert "Curtains." in preview


def test_an_answer_that_was_taken_down_can_be_put_back(desk, client):
    """A slip of the hand on the board is no more than that."""
    gathering = filled()
    url = f"/review/gatherings/{gathering.id}/board/"
    desk.follow(url, theme="Heard", answer="Curtains.", state="done")
    (answer,) = store.board.of(gathering.id)
    desk.follow(url + "remove", answer_id=answer.id)
    assert "Curtains." not in client.get("/").text
    desk.follow(url + "put-back")
    assert "Curtains." in client.get("/").text
    assert desk.post(url + "put-back").status_code == 404


@pytest.mark.parametrize("kept", [True, False])
def test_answers_outlive_their_gathering_only_if_wanted(desk, client, kept):
    """The purge page says what goes and asks about the board, which can change afterwards."""
    gathering = filled()
    store.board.publish(gathering.id, "Heard", "Curtains.")
    url = f"/review/gatherings/{gathering.id}"
    assert "Curtains." in desk.page(url + "/purge")
    desk.follow(url + "/purge", typed=gathering.title, answers="keep" if kept else "remove")
    assert ("Curtains." in client.get("/").text) == kept
    if kept:
        assert url + "/board/" in desk.page("/review/")
        (answer,) = store.board.of(gathering.id)
        desk.post(url + "/board/remove", answer_id=answer.id)
        assert "Curtains." not in client.get("/").text


@pytest.mark.parametrize("wrong", [{"theme": ""}, {"answer": " "}, {"theme": "x" * 121}])
def test_an_answer_needs_both_halves(desk, wrong):
    """Half an answer on the board would be worse than none."""
    gathering = filled()
    fields = {"theme": "Heard", "answer": "Done", **wrong}
    answer = desk.post(f"/review/gatherings/{gathering.id}/board/", **fields)
    assert answer.status_code == 422
    assert store.board.of(gathering.id) == ()


def test_recordings_are_destroyed_unheard_only_after_a_tick(desk):
    """The browser asks for it; so does the kiosk, which nobody's form can pass by."""
    gathering = new_gathering("With sound", threshold=3)
    for number in range(3):
        store.items.keep(PAYLOADS[0], gathering, token=f"{gathering.id}-{number:05}")
    store.items.hold_sound(b"sound", gathering, token=f"{gathering.id}-sound")
    assert store.gatherings.close(gathering.id, today=today()).state == "closed"
    url = f"/review/gatherings/{gathering.id}/release"
    refused = desk.post(url)
    assert refused.status_code == 422
    assert 'id="sure-error"' in refused.text
    assert store.gatherings.get(gathering.id).state == "closed"
    assert "Released." in desk.follow(url, sure="yes")
    assert store.items.participation(gathering.id) == 4


def test_what_was_not_done_is_not_told_as_if_it_were(desk):
    """A green tick beside "nothing was moved" would be taken for success."""
    gathering = small(kept=3)
    looser = new_gathering("Looser", threshold=3)
    url = f"/review/gatherings/{gathering.id}/merge"
    refused = desk.follow(url, into=looser.id)
    assert "promises less" in refused
    assert "notice--good" not in refused
    good = new_gathering("As strict", threshold=5)
    assert "notice--good" in desk.follow(url, into=good.id)


def test_what_is_ready_is_read_and_recordings_go_on_waiting(desk):
    """One memo that no model has heard yet holds nobody back; where it waits is said."""
    gathering = new_gathering("Spring")
    for number in range(3):
        store.items.keep(PAYLOADS[0], gathering, token=f"{gathering.id}-{number:05}")
    store.items.hold_sound(b"sound" * 900, gathering, token=f"{gathering.id}-sound")
    store.gatherings.close(gathering.id, today=today())
    url = f"/review/gatherings/{gathering.id}"
    assert "Release now, recordings go on waiting" in desk.page(url)
    page = desk.follow(f"{url}/release-now")
    assert "Recordings without words go on waiting in “Spring: recordings”." in page
    assert store.gatherings.get(gathering.id).state == "released"
    overview = desk.page("/review/")
    assert "Spring: recordings" in overview
    few = small(kept=1)
    said = desk.follow(f"/review/gatherings/{few.id}/release-now")
    assert "too few to read together" in said
