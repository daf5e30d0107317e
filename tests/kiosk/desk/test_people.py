"""Who may unlock, and which names the kiosk takes out."""

import io
import re
import time

import pyotp
import pytest

import store
from redact import LocalLists, redact
from store import backup
from store.rows.models import Slot
from tests.support.desk_helpers import Desk, upload
from tests.support.places import PASSPHRASE

NEW = "violet kettle monday harbour"


@pytest.fixture
def desk(client):
    return Desk(client)


def opens(passphrase):
    try:
        store.keys.unlock(passphrase).wipe()
    except store.errors.WrongPassphraseError:
        return False
    return True


def test_a_second_facilitator_gets_a_passphrase_of_their_own(desk):
    """And can be removed again; the last one cannot."""
    fields = {"name": "Bea", "passphrase": NEW, "again": NEW}
    assert desk.post("/review/people/add", **fields, own="not mine").status_code == 422
    assert not opens(NEW)
    assert "Bea can unlock" in desk.follow("/review/people/add", **fields, own=PASSPHRASE)
    assert opens(NEW)
    assert desk.post("/review/people/add", **fields, own=PASSPHRASE).status_code == 422
    assert "no longer" in desk.follow("/review/people/remove", name="Bea", own=PASSPHRASE)
    assert not opens(NEW)
    answer = desk.post("/review/people/remove", name="Ada", own=PASSPHRASE)
    assert answer.status_code == 422
    assert "The last facilitator stays" in answer.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": ""}, "add_name"), ({"passphrase": "short", "again": "short"}, "add_new"),
     ({"again": "another"}, "add_again"), ({"own": ""}, "add_own")],
)  # fmt: skip
def test_a_wrong_field_is_named_and_no_passphrase_comes_back(desk, wrong, field):
    """A page with an error never holds what was typed into a passphrase field."""
    fields = {"name": "Bea", "passphrase": NEW, "again": NEW, "own": PASSPHRASE, **wrong}
    answer = desk.post("/review/people/add", **fields)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'value="{fields["name"]}"' in answer.text
    assert NEW not in answer.text
    assert PASSPHRASE not in answer.text


def test_changing_a_passphrase_needs_the_old_one(desk):
    """A desk left open for a minute gives nobody a key of their own."""
    fields = {"passphrase": NEW, "again": NEW}
    assert desk.post("/review/people/passphrase", **fields, own="guess").status_code == 422
    assert "is changed" in desk.follow("/review/people/passphrase", **fields, own=PASSPHRASE)
    assert opens(NEW)
    assert not opens(PASSPHRASE)


def test_a_new_key_costs_nobody_what_they_typed_and_says_whom_it_waits_for(desk):
    """Slots of older versions have to be opened, or made anew, before the key can change."""
    place = f"item/{'0' * 32}/{'1' * 32}/note"
    assert desk.post("/review/unsaved", place=place, words="not kept yet").status_code == 204
    unsaved = desk.client.application.extensions["desk_sessions"].unsaved
    assert desk.post("/review/people/recovery", own=PASSPHRASE).status_code == 200
    with store.keys.unlock(PASSPHRASE) as master:
        assert list(unsaved.of(master).values()) == ["not kept yet"]
    assert "The key is not changed yet" not in desk.page("/review/people/")
    slot = Slot.get(Slot.kind == "recovery")
    slot.rewrite(public_key=None)
    fields = {"passphrase": NEW, "again": NEW, "own": PASSPHRASE}
    assert "The key is not changed yet" in desk.follow("/review/people/passphrase", **fields)


def test_what_a_removal_does_not_end_is_said_beside_it(desk):
    """Where other boxes were invited, the key stays, or their parcels would open for nobody."""
    told = "keeps its key until it is closed"
    with store.keys.unlock(PASSPHRASE) as master:
        store.keys.add_facilitator(master, "Bea", NEW)
        assert told not in desk.page("/review/people/")
        gathering = store.gatherings.current()
        store.invitation.invite(gathering.id, master)
    assert told in desk.page("/review/people/")
    store.gatherings.close(gathering.id, today=gathering.opens)
    assert told not in desk.page("/review/people/")


def test_what_came_back_from_a_backup_is_opened_by_two(desk, house, tmp_path):
    """The second person types their passphrase at this desk, or somebody brings the code."""
    assert "came back from a backup" not in desk.page("/review/people/")
    with store.keys.unlock(PASSPHRASE) as master:
        store.keys.add_facilitator(master, "Bea", NEW)
    backup.backup(tmp_path / "copy")
    here = house.settings.data_dir
    store.close()
    (here / "kiosk.db").rename(tmp_path / "broken")
    backup.restore(tmp_path / "copy", here)
    store.open(here)
    assert "still locked" in desk.page("/review/")
    assert "came back from a backup" in desk.page("/review/people/")
    for wrong in ("", "guess", PASSPHRASE):
        assert desk.post("/review/people/held", second=wrong).status_code == 422
    assert "is open now" in desk.follow("/review/people/held", second=NEW)
    assert "came back from a backup" not in desk.page("/review/people/")


def test_a_second_person_with_an_app_gives_its_digits_there_too(desk, house, tmp_path):
    """Reported: a passphrase that somebody saw was enough beside another one."""
    secret = store.second_factor.new_secret()
    app = pyotp.TOTP(secret)
    with store.keys.unlock(PASSPHRASE) as master:
        store.keys.add_facilitator(master, "Bea", NEW)
    with store.keys.unlock(NEW) as bea:
        assert store.second_factor.turn_on(bea, secret, app.now(), now=time.time())
    backup.backup(tmp_path / "copy")
    here = house.settings.data_dir
    store.close()
    (here / "kiosk.db").rename(tmp_path / "broken")
    backup.restore(tmp_path / "copy", here)
    store.open(here)
    assert 'name="digits"' in desk.page("/review/people/")
    for digits in ("", "000000"):
        answer = desk.post("/review/people/held", second=NEW, digits=digits)
        assert answer.status_code == 422
        assert "did not open it" in answer.text
    assert "came back from a backup" in desk.page("/review/people/")
    assert "is open now" in desk.follow("/review/people/held", second=NEW, digits=app.now())


def test_a_new_recovery_code_is_shown_once_and_opens(desk):
    """The old sheet in the drawer opens nothing any more."""
    answer = desk.post("/review/people/recovery", own=PASSPHRASE)
    code = "-".join(re.findall(r"<span>([0-9A-Z]{4,})</span>", answer.text))
    store.keys.recover(code, name="Cy", passphrase=NEW)
    assert opens(NEW)
    assert code not in desk.page("/review/people/")


@pytest.mark.parametrize("line", ["(((", "X", "-"])
def test_a_line_without_a_name_is_told_and_nothing_is_lost(desk, line):
    """One letter as a name would take that letter's word out of every note."""
    answer = desk.post("/review/lists/", staff=f"Fridtjof Ness\n{line}")
    assert answer.status_code == 422
    assert "two letters" in answer.text
    assert "Fridtjof Ness" in answer.text


def test_names_of_the_lists_are_taken_out_at_once(desk, house):
    """From the next contribution on, without a restart."""
    current = store.gatherings.current().id
    before = redact("Ask Fridtjof about the Halle Sieben rota", "en").text
    assert "Fridtjof" in before or "PERSON" in before
    desk.follow("/review/lists/", staff="Fridtjof  Ness\n\nFridtjof Ness", sites="Halle Sieben")
    lists = house.rules_of(current).lists
    assert lists == LocalLists(staff=("Fridtjof Ness",), sites=("Halle Sieben",))
    assert "Halle Sieben" not in redact("At Halle Sieben it is cold", lists=lists).text
    page = desk.page("/review/lists/")
    assert "Fridtjof Ness</textarea>" in page


def test_a_table_is_looked_at_before_anything_is_stored(desk, house):
    """Rows that cannot be used are named by number and reason, the others are filled in."""
    desk.follow("/review/lists/", staff="Ada Byron")
    table = (
        "kind,name,nicknames\nperson,Bronagh Kelly,Bron\nplanet,Mars,\nteam,Goods In,\nperson,,\n"
    )
    answer = desk.post("/review/lists/import", file=upload(table), pasted="")
    assert answer.status_code == 200
    assert "The file adds 2 names." in answer.text
    assert "Row 3: The kind must be" in answer.text
    assert "Row 5: The name is missing." in answer.text
    assert "Ada Byron\nBronagh Kelly (Bron)</textarea>" in answer.text
    current = store.gatherings.current().id
    assert house.rules_of(current).lists == LocalLists(staff=("Ada Byron",))
    pasted = desk.post("/review/lists/import", pasted="kind;name\nroom;Blue room")
    assert "Blue room</textarea>" in pasted.text
    assert desk.post("/review/lists/import", pasted=" ").status_code == 422


def test_a_table_from_an_old_spreadsheet_keeps_its_umlauts(desk):
    """Excel saves neither UTF-8 nor commas in half of Europe."""
    table = (b"kind;name\nperson;J\xfcrgen Gr\xf6\xdfer\n".decode("cp1252")).encode("cp1252")
    answer = desk.client.post(
        "/review/lists/import",
        data={"form_token": desk.token, "file": (io.BytesIO(table), "names.csv")},
    )
    assert "Jürgen Größer</textarea>" in answer.text


def test_the_lists_are_sealed_on_disk(desk, data_dir):
    """A copy of the database does not tell who works here."""
    desk.follow("/review/lists/", staff="Fridtjof Ness")
    assert (data_dir / "kiosk.db").read_bytes().find(b"Fridtjof") < 0


def test_a_passphrase_changed_elsewhere_locks_the_desk_that_it_had_opened(desk):
    """By a command, or at another host of the same store: the next page asks for the new one."""
    with store.keys.unlock(PASSPHRASE) as elsewhere:
        assert "/review/unlock" not in desk.client.get("/review/").headers.get("Location", "")
        store.keys.change_passphrase(elsewhere, "Ada", NEW)
    answer = desk.client.get("/review/")
    assert answer.status_code == 303
    assert "/review/unlock" in answer.headers["Location"]


@pytest.mark.parametrize("weak", ["12345678", "letmein1", "passphrase", "aaaaaaaa"])
def test_what_a_thief_guesses_first_is_refused(desk, weak):
    """Reported: the desk took 12345678; from a copied disk, letmein1 fell in six seconds."""
    answer = desk.post("/review/people/add", own=PASSPHRASE, name="Cy", passphrase=weak, again=weak)
    assert answer.status_code == 422
    assert "guess" in answer.text
    assert not opens(weak)
    answer = desk.post("/review/people/passphrase", own=PASSPHRASE, passphrase=weak, again=weak)
    assert answer.status_code == 422
