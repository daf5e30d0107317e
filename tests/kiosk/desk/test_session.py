from kiosk.desk.session import DeskSessions
from store.seals.keys import MasterKey


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def desk(clock: Clock) -> tuple[DeskSessions, str, MasterKey]:
    sessions = DeskSessions(idle_seconds=600, longest_seconds=28_800, clock=clock)
    master = MasterKey(b"k" * 32, "Ada")
    return sessions, sessions.begin(master), master


def test_a_desk_in_use_stays_open_and_an_idle_one_locks():
    clock = Clock()
    sessions, token, _master = desk(clock)
    for clock.now in (599.0, 1100.0, 1600.0):
        assert sessions.find(token)
    clock.now = 1600.0 + 601
    assert sessions.find(token) is None


def test_a_page_that_asks_by_itself_keeps_no_desk_open():
    clock = Clock()
    sessions, token, _master = desk(clock)
    for clock.now in (300.0, 599.0):
        assert sessions.find(token, is_use=False)
    clock.now = 601.0
    assert sessions.find(token, is_use=False) is None


def test_a_page_that_was_left_alone_locks_the_desk_unless_another_one_is_in_use():
    """Words sent a minute after the last key would else open it again, with nobody there."""
    clock = Clock()
    sessions, token, _master = desk(clock)
    clock.now = 60.0
    assert sessions.find(token)  # what was typed, sent by the page
    clock.now = 400.0
    sessions.leave(token)
    assert sessions.find(token, is_use=False)  # used too lately: somebody is at another page
    clock.now = 601.0
    sessions.leave(token)
    assert sessions.find(token) is None


def test_after_eight_hours_a_desk_locks_however_busy():
    clock = Clock()
    sessions, token, _master = desk(clock)
    while clock.now < 28_800:
        assert sessions.find(token)
        clock.now += 500
    assert sessions.find(token) is None


def test_locking_forgets_what_was_opened_and_wipes_the_key():
    sessions, token, master = desk(Clock())
    session = sessions.find(token)
    assert session
    session.opened["items"] = ["words"]
    sessions.end(token)
    assert session.opened == {}
    assert bytes(master._secret) == bytes(32) or not master._secret


def test_a_token_is_long_and_never_twice_the_same():
    clock = Clock()
    sessions = DeskSessions(idle_seconds=600, longest_seconds=28_800, clock=clock)
    tokens = {sessions.begin(MasterKey(b"k" * 32, "Ada")) for _time in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 43
