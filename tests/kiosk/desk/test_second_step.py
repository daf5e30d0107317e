"""The second step: optional, one's own, and the printed code leads past it."""

import re

import pyotp
import pytest

import store
from store import keys, second_factor
from tests.support.desk_helpers import Desk
from tests.support.places import PASSPHRASE

DAY = 86_400


@pytest.fixture
def desk(client):
    return Desk(client)


def begun(desk):
    """Sets it up at the desk; returns the app."""
    page = desk.follow("/review/people/second-step/begin", own=PASSPHRASE)
    assert "<svg" in page
    letters = re.search(r'class="recovery__code">(.*?)</p>', page, re.DOTALL)[1]
    return pyotp.TOTP("".join(re.findall(r"<span>(\w+)</span>", letters)))


def unlock(client, digits=""):
    return client.post("/review/unlock", data={"passphrase": PASSPHRASE, "digits": digits})


def test_once_it_is_set_up_the_passphrase_alone_opens_nothing(desk, client):
    """Whoever looked over a shoulder has half of it."""
    assert 'name="digits"' not in client.application.test_client().get("/review/unlock").text
    app = begun(desk)
    wrong = desk.post("/review/people/second-step/on", digits="000000")
    assert wrong.status_code == 422
    assert "asks you for the digits" in desk.follow(
        "/review/people/second-step/on", digits=app.now()
    )
    stranger = client.application.test_client()
    assert 'name="digits"' in stranger.get("/review/unlock").text
    for digits in ("", "000000", "no digits"):
        answer = unlock(stranger, digits)
        assert answer.status_code == 422
        assert "did not open the desk" in answer.text
        assert stranger.get("/review/people/").status_code == 303
    assert unlock(stranger, app.now()).status_code == 303
    assert stranger.get("/review/people/").status_code == 200
    again = client.application.test_client()
    assert unlock(again, app.now()).status_code == 422  # each number counts once


def test_guessing_digits_is_slow(desk, client):
    """Five wrong ones in ten minutes, also for somebody who knows the passphrase."""
    app = begun(desk)
    desk.follow("/review/people/second-step/on", digits=app.now())
    other = client.application.test_client()
    for _ in range(5):
        assert unlock(other, "000000").status_code == 422
    assert unlock(other, app.now()).status_code == 429


def test_it_is_ones_own_and_can_be_switched_off(desk, client):
    """Another facilitator is asked for nothing; a changed passphrase goes on asking."""
    app = begun(desk)
    desk.follow("/review/people/second-step/on", digits=app.now())
    new = "walnut copper midnight ferry"
    desk.follow("/review/people/passphrase", own=PASSPHRASE, passphrase=new, again=new)
    with keys.unlock(new) as master:
        assert second_factor.is_on(master)
        keys.add_facilitator(master, "Ben", "quiet harbour violin stone")
    with keys.unlock("quiet harbour violin stone") as ben:
        assert second_factor.is_right(ben, "", now=0)
    desk.follow("/review/people/second-step/off", own=new)
    assert not second_factor.is_any_on()


@pytest.fixture
def master(client):
    with keys.unlock(PASSPHRASE) as found:
        yield found


def on(master, now=0.0):
    secret = second_factor.new_secret()
    app = pyotp.TOTP(secret)
    assert second_factor.turn_on(master, secret, app.at(int(now)), now=now)
    return app


def test_digits_of_rfc_6238():
    """The test vectors of its appendix B, as far as six digits show them."""
    app = pyotp.TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert [app.at(at) for at in (59, 1111111109, 2000000000)] == ["287082", "081804", "279037"]


def test_a_clock_that_drifts_is_followed(master):
    """A kiosk has no network to set its clock by; each unlocking tells how far it is off."""
    app = on(master)
    for month in range(1, 6):
        there = month * 30 * DAY
        here = there - 30 * month
        assert second_factor.is_right(master, app.at(there), now=here)
    assert not second_factor.is_right(master, app.at(there + 300), now=here)


def test_digits_count_once_however_they_are_written(master):
    """Whoever reads them over a shoulder opens nothing with them: with blanks or wide neither."""
    digits = on(master).at(0)
    assert second_factor.is_right(master, f"{digits[:3]} {digits[3:]}", now=0)
    wide = digits.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})
    for again in (digits, f"{digits[:2]} {digits[2:]}", wide):
        assert not second_factor.is_right(master, again, now=0)


def test_the_secret_lies_sealed_and_goes_with_the_printed_code(master):
    """Whoever lost the phone comes back in; a copy of the file holds no secret."""
    secret = second_factor.new_secret()
    assert second_factor.turn_on(master, secret, pyotp.TOTP(secret).at(0), now=0)
    raw = (store.database.folder() / "kiosk.db").read_bytes()
    assert b"second factor of" in raw
    assert secret.encode() not in raw
    code = keys.renew_recovery_code(master)
    keys.recover(code, name=master.name, passphrase="from the sheet of paper")
    with keys.unlock("from the sheet of paper") as again:
        assert not second_factor.is_on(again)
    assert not second_factor.is_any_on()
