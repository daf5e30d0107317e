"""Boxes of one team, each with a store of its own, and the files that are carried between them."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import store
from store import board_file, errors, gatherings, invitation, items, parcels, receipts
from store.items import Note
from store.payloads import Memo
from store.promise import Promise, Wording
from store.repair import repair
from store.rows import models
from store.seals import derive
from store.team import envelope
from tests.support.byte_search import files_holding
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, UNTHROTTLED, kendall, token

SOUND = b"my own voice" * 9_000

IN_POLISH = {"pl": Wording(questions=("Co cię trzyma?",), readers="Ania", readers_of="Ann")}


@contextlib.contextmanager
def box(folder: Path) -> Iterator[None]:
    """A box's store, open for a while."""
    store.open(folder, receipt_cost=derive.TEST_COST, tries=UNTHROTTLED)
    try:
        yield
    finally:
        store.close()


def home(folder: Path, *, closes=None, name: str = "home") -> tuple[str, bytes]:
    """Set a home box up; returns its gathering and the invitation to it."""
    with box(folder / name):
        store.keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
        store.house_words.write(store.house_words.HouseWords("Call 112", "ask Ann"))
        made = gatherings.new(
            "Spring",
            questions=["What keeps you?"],
            promise=Promise(readers="Ann", threshold=4),
            today=DAY,
            closes=closes,
            wordings=IN_POLISH,
        )
        with store.keys.unlock(PASSPHRASE) as master:
            return made.id, invitation.invite(made.id, master, languages=["de", "en"])


def outpost(folder: Path, invited: bytes, *texts: str) -> list[str]:
    """Let a box join and keep some notes; returns their words."""
    with box(folder):
        joined = invitation.join(invitation.read(invited), today=DAY)
        return [items.keep(Note(text), joined, token=token()).words for text in texts]


def packed(folder: Path, gathering: str, target: Path) -> Path:
    with box(folder):
        parcels.pack(gathering, target, today=DAY)
    return target


def count_at(folder: Path, table: type[models.Row] = models.ItemRow) -> int:
    with box(folder):
        return table.select().count()


def released(gathering: str) -> list[str]:
    """Close, then say that all parcels are there: the state after each."""
    return [gatherings.close(gathering, today=DAY).state for _ in range(2)]


@pytest.fixture
def team(tmp_path):
    """A home with one note, and two outposts of which neither reaches k, packed."""
    gathering, invited = home(tmp_path)
    with box(tmp_path / "home"):
        items.keep(Note("at home"), gathering, token=token())
    outpost(tmp_path / "east", invited, "east one", "east two")
    outpost(tmp_path / "west", invited, "west one")
    for name in ("east", "west"):
        packed(tmp_path / name, gathering, tmp_path / f"{name}.parcel")
    return gathering


def add(folder: Path, name: str) -> bool:
    with box(folder / "home"):
        return parcels.add(folder / f"{name}.parcel")


def test_an_outpost_gets_the_gathering_and_nothing_that_opens_it(tmp_path):
    gathering, invited = home(tmp_path)
    outpost(tmp_path / "east", invited, "the canteen is cold")
    with box(tmp_path / "east"):
        (joined,) = gatherings.everything()
        assert (joined.id, joined.title, joined.questions) == (
            gathering,
            "Spring",
            ("What keeps you?",),
        )
        assert joined.promise == Promise(readers="Ann", threshold=4)
        assert joined.wordings == IN_POLISH
        assert store.house_words.read() == store.house_words.HouseWords("Call 112")
        assert store.keys.is_set_up()
        assert models.KeyRow.select().count() == models.Slot.select().count() == 0
        with pytest.raises(errors.WrongPassphraseError):
            store.keys.unlock(PASSPHRASE)
        for own in ("new", "invite"):
            with pytest.raises(errors.WrongStateError, match="home"):
                gatherings.new("Own", today=DAY) if own == "new" else invitation.invite(
                    gathering, None
                )
    assert files_holding(tmp_path / "east", "canteen is cold") == []


def test_no_outpost_releases_whatever_it_holds(tmp_path):
    gathering, invited = home(tmp_path)
    outpost(tmp_path / "east", invited, *"abcdef")
    with box(tmp_path / "east"):
        for act in (gatherings.close, gatherings.release_without_sound):
            assert act(gathering, today=DAY).state == "closed"
        gatherings.tick(DAY)
        assert gatherings.get(gathering).state == "closed"


def test_k_counts_over_the_union_and_is_read_at_home(tmp_path, team):
    """One and two and one: no box alone may open, all together do."""
    assert add(tmp_path, "east")
    assert add(tmp_path, "west")
    with box(tmp_path / "home"):
        assert released(team) == ["closed", "released"]
        with store.keys.unlock(PASSPHRASE) as master:
            found = items.released(team, master)
        assert sorted(item.payload.text for item in found) == [
            "at home",
            "east one",
            "east two",
            "west one",
        ]
        assert found.damaged == 0
        assert items.participation(team) == 4


def test_a_parcel_is_taken_in_once_also_when_it_was_packed_twice(tmp_path, team):
    again = packed(tmp_path / "east", team, tmp_path / "again.parcel")
    assert again.read_bytes() != (tmp_path / "east.parcel").read_bytes()
    assert [add(tmp_path, name) for name in ("east", "east", "again", "west")] == [
        *(True, False),
        *(False, True),
    ]
    assert count_at(tmp_path / "home") == 4


def test_cut_off_half_way_nothing_was_added_and_the_next_try_adds_all(tmp_path, team, monkeypatch):
    put, seen = parcels.vault.put_heads, []

    def put_one(heads):
        seen.append(heads)
        if len(seen) > 1:
            raise KeyboardInterrupt
        put(heads)

    with monkeypatch.context() as cut:
        cut.setattr(parcels, "_AT_ONCE", 1)
        cut.setattr(parcels.vault, "put_heads", put_one)
        with pytest.raises(KeyboardInterrupt):
            add(tmp_path, "east")
    assert count_at(tmp_path / "home") == 1
    assert add(tmp_path, "east")
    assert count_at(tmp_path / "home") == 3


@pytest.mark.parametrize("at", [0, 20, 40, 130, 5_000, -40, -1])
def test_a_damaged_parcel_is_refused_and_adds_nothing(tmp_path, team, at):
    content = bytearray((tmp_path / "east.parcel").read_bytes())
    content[at] ^= 1
    (tmp_path / "bad.parcel").write_bytes(content)
    with pytest.raises(errors.UnreadableFileError):
        add(tmp_path, "bad")
    assert count_at(tmp_path / "home") == 1


def test_a_damaged_block_is_refused_though_the_digest_was_made_anew(tmp_path, team):
    """The digest is for people; what proves a block is inside it."""
    content = bytearray((tmp_path / "east.parcel").read_bytes()[:-32])
    content[5_000] ^= 1
    content += hashlib.blake2b(content, digest_size=32).digest()
    (tmp_path / "bad.parcel").write_bytes(content)
    with pytest.raises(errors.UnreadableFileError):
        add(tmp_path, "bad")
    assert count_at(tmp_path / "home") == 1


def test_a_cut_parcel_is_refused(tmp_path, team):
    whole = (tmp_path / "east.parcel").read_bytes()
    for length in (0, 5, 40, 200, 70_000, len(whole) - 1):
        (tmp_path / "bad.parcel").write_bytes(whole[:length])
        with pytest.raises(errors.UnreadableFileError):
            add(tmp_path, "bad")


def test_a_parcel_for_another_team_is_refused(tmp_path, team):
    other, invited = home(tmp_path, name="other home")
    outpost(tmp_path / "north", invited, "north one")
    packed(tmp_path / "north", other, tmp_path / "north.parcel")
    with pytest.raises(errors.ForeignParcelError):
        add(tmp_path, "north")
    with box(tmp_path / "east"), pytest.raises(errors.WrongStateError, match="another team"):
        invitation.join(invitation.read(invited), today=DAY)


def test_a_late_parcel_is_refused_and_one_taken_in_before_is_known(tmp_path, team):
    assert add(tmp_path, "east")
    with box(tmp_path / "home"):
        items.keep(Note("more"), team, token=token())
        assert released(team) == ["closed", "released"]
    assert not add(tmp_path, "east")
    with pytest.raises(errors.LateParcelError):
        add(tmp_path, "west")
    with box(tmp_path / "home"):
        gatherings.purge(team)
    with pytest.raises(errors.LateParcelError):
        add(tmp_path, "west")


def test_no_parcel_brings_a_release_by_itself(tmp_path, team):
    """Else whoever adds one after the other sees in which building somebody spoke."""
    with box(tmp_path / "home"):
        items.keep(Note("more"), team, token=token())
        assert gatherings.close(team, today=DAY).state == "closed"
    for name in ("west", "east"):
        add(tmp_path, name)
        with box(tmp_path / "home"):
            gatherings.tick(DAY)
            assert gatherings.get(team).state == "closed"
    with box(tmp_path / "home"):
        assert gatherings.close(team, today=DAY).state == "released"


def test_sealed_for_good_below_k_a_gathering_takes_no_parcel_that_would_open_it(tmp_path, team):
    with box(tmp_path / "home"):
        assert released(team) == ["closed", "closed"]
    for name in ("west", "east"):
        with pytest.raises(errors.LateParcelError):
            add(tmp_path, name)
    assert count_at(tmp_path / "home") == 1


def test_what_does_not_count_at_an_outpost_does_not_count_at_home(tmp_path):
    """Silences and feelings come along, and fill no batch."""
    gathering, invited = home(tmp_path)
    outpost(tmp_path / "east", invited, *"abc")
    with box(tmp_path / "east"):
        items.keep(store.Silence(store.Said("tired")), gathering, token=token())
    packed(tmp_path / "east", gathering, tmp_path / "east.parcel")
    assert add(tmp_path, "east")
    with box(tmp_path / "home"):
        gatherings.close(gathering, today=DAY)
        items_kept = models.ItemRow.select().where(models.ItemRow.status == "silent").count()
        assert items_kept == 1
        assert gatherings.close(gathering, today=DAY).state == "closed"


def test_after_its_last_day_an_invited_gathering_waits_for_parcels_until_told(tmp_path):
    """Else midnight at home would make every parcel late."""
    gathering, invited = home(tmp_path, closes=DAY)
    outpost(tmp_path / "east", invited, "east one")
    packed(tmp_path / "east", gathering, tmp_path / "east.parcel")
    after = DAY.replace(day=DAY.day + 1)
    with box(tmp_path / "home"):
        for text in "abcd":
            items.keep(Note(text), gathering, token=token())
        gatherings.tick(after)
        waiting = gatherings.get(gathering)
        assert (waiting.state, waiting.awaits_parcels) == ("closed", True)
        assert parcels.add(tmp_path / "east.parcel")
        assert gatherings.get(gathering).state == "closed"
        assert gatherings.close(gathering, today=after).state == "released"
        assert items.participation(gathering) == 5


def test_packing_closes_for_good_and_leaves_nothing_to_take_back(tmp_path):
    gathering, invited = home(tmp_path)
    first, second = outpost(tmp_path / "east", invited, "one", "two")
    with box(tmp_path / "east"):
        assert receipts.withdraw(first)
    packed(tmp_path / "east", gathering, tmp_path / "east.parcel")
    with box(tmp_path / "east"):
        assert gatherings.get(gathering).state == "packed"
        assert gatherings.current() is None
        with pytest.raises(errors.GatheringClosedError):
            items.keep(Note("late"), gathering, token=token())
        with pytest.raises(errors.WrongStateError):
            gatherings.extend(gathering, closes=DAY, today=DAY)
        found = receipts.look_up(second)
        assert (found.state, found.can_withdraw) == ("kept", False)
        assert not receipts.withdraw(second)
    assert add(tmp_path, "east")
    assert count_at(tmp_path / "home") == 1


def test_what_an_outpost_packed_goes_when_the_promise_says_so(tmp_path):
    gathering, invited = home(tmp_path)
    outpost(tmp_path / "east", invited, "one")
    packed(tmp_path / "east", gathering, tmp_path / "east.parcel")
    with box(tmp_path / "east"):
        gatherings.tick(DAY)
        for later in (95, 96):
            gatherings.tick(DAY.fromordinal(DAY.toordinal() + later))
        assert gatherings.get(gathering).state == "purged"
        assert models.ItemRow.select().count() == 0
        with pytest.raises(errors.WrongStateError):
            parcels.pack(gathering, tmp_path / "again.parcel", today=DAY)
    assert not (tmp_path / "again.parcel").exists()


def test_a_stick_tells_neither_how_many_nor_how_much(tmp_path):
    """One note, or two hundred notes and a drawing's worth: the same size, and no word."""
    gathering, invited = home(tmp_path)
    outpost(tmp_path / "few", invited, "the canteen is cold")
    outpost(tmp_path / "many", invited, *(f"note {number}" for number in range(200)))
    with box(tmp_path / "many"):
        items.keep(store.Drawing(b"\x89PNG" * 200_000), gathering, token=token())
    few, many = (
        packed(tmp_path / name, gathering, tmp_path / f"{name}.parcel") for name in ("few", "many")
    )
    assert few.stat().st_size == many.stat().st_size
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "planted").write_text("the canteen is cold")
    few.rename(tmp_path / "stick" / "parcel")
    assert [each.name for each in files_holding(tmp_path / "stick", "the canteen is cold")] == [
        "planted"
    ]


def test_the_next_size_is_double():
    for length, blocks in ((1, 64), (4 << 20, 64), ((4 << 20) + 1, 128), (9 << 20, 256)):
        assert sum(1 for _ in envelope._blocks([bytes(length)])) == blocks


def test_rows_that_came_look_like_those_that_were_kept_here(tmp_path, team):
    """Nothing in the table, its ids or its places in the file tells which box a row is from."""
    with box(tmp_path / "home"):
        before = {bytes(row.id) for row in models.ItemRow.select()}
    for name in ("east", "west"):
        add(tmp_path, name)
        with box(tmp_path / name):
            assert not before & {bytes(row.id) for row in models.ItemRow.select()}
            there = {bytes(row.id) for row in models.ItemRow.select()}
        with box(tmp_path / "home"):
            assert not there & {bytes(row.id) for row in models.ItemRow.select()}
    with contextlib.closing(sqlite3.connect(tmp_path / "home" / "kiosk.db")) as file:
        looks = file.execute(
            "SELECT DISTINCT hex(sealed_to), status, version, length(mark), length(sealed), notes,"
            " length(id), length(digest) FROM item"
        ).fetchall()
    assert len(looks) == 1


def test_a_parcel_has_no_order_of_arrival(tmp_path):
    """Sixty notes, then their places in the parcel: neither the order of keeping nor that of the
    outpost's ids, which follow from the four words."""
    gathering, invited = home(tmp_path)
    count = 60
    words = outpost(tmp_path / "east", invited, *map(str, range(count)))
    with box(tmp_path / "east"):
        ids = [receipts.ids_of(each)[0] for each in words]
        assert set(ids) == {bytes(row.id) for row in models.ItemRow.select()}
    packed(tmp_path / "east", gathering, tmp_path / "east.parcel")
    order = []
    with box(tmp_path / "home"), store.keys.unlock(PASSPHRASE) as master:
        put = parcels.vault.put_heads
        heads = []
        parcels.vault.put_heads = lambda some: (heads.extend(some), put(some))
        try:
            parcels.add(tmp_path / "east.parcel")
        finally:
            parcels.vault.put_heads = put
        boxes = parcels.vault.Boxes(master)
        for head in heads:
            opened = store.items.sealing.unseal(head.sealed, boxes.of(head.sealed_to))
            content = store.items.sealing.part(opened).content
            order.append(int(store.payloads.decode(content).text))
    assert sorted(order) == list(range(count))
    assert kendall(range(count)) == 1  # what would be found
    by_id = [sorted(ids).index(ids[each]) for each in order]
    for found in (order, by_id):
        assert abs(kendall(found)) < 0.4  # 4.5 standard deviations of chance


def test_waiting_sound_travels_sealed_and_becomes_words_at_home(tmp_path):
    gathering, invited = home(tmp_path)
    outpost(tmp_path / "east", invited, *"abc")
    with box(tmp_path / "east"):
        items.hold_sound(SOUND, gathering, token=token(), language="de")
    packed(tmp_path / "east", gathering, tmp_path / "east.parcel")
    add(tmp_path, "east")
    with box(tmp_path / "home"), store.keys.unlock(PASSPHRASE) as master:
        assert released(gathering) == ["closed", "closed"]  # sound is no words yet
        worker = store.backlog.Worker()
        assert store.backlog.claim(worker) is None
        job = store.backlog.claim(worker, master=master)
        assert (job.sound.raw_sound, job.sound.language) == (SOUND, "de")
        store.backlog.finish(worker, job, Memo("spoken"))
        assert models.PieceRow.select().count() == 0
        gatherings.tick(DAY)
        found = items.released(gathering, master)
        assert sorted(item.payload.text for item in found) == ["a", "b", "c", "spoken"]


def test_the_answer_is_told_at_the_outpost_that_got_the_board(tmp_path, team):
    words = outpost_words(tmp_path, team)
    add(tmp_path, "south")
    with box(tmp_path / "home"), store.keys.unlock(PASSPHRASE) as master:
        store.board.publish(team, "Canteen", "We mend the heating.", state="working", due=DAY)
        old = board_file.write(master)
        (answer,) = store.board.of(team)
        store.board.change(answer.id, theme="Canteen", answer="It is warm now.", state="done")
        store.board.publish(team, "Shifts", "We heard you.")
        told, written = store.board.of(team), board_file.write(master)
    with box(tmp_path / "south"):
        for file in (old, written, written):
            board_file.take_in(file)
        assert store.board.of(team) == told == receipts.look_up(words).answer


def outpost_words(folder: Path, gathering: str) -> str:
    with box(folder / "home"), store.keys.unlock(PASSPHRASE) as master:
        invited = invitation.invite(gathering, master)
    (words,) = outpost(folder / "south", invited, "south one")
    packed(folder / "south", gathering, folder / "south.parcel")
    return words


def test_nobody_else_puts_words_on_an_outposts_board(tmp_path, team):
    home(tmp_path, name="other home")
    with box(tmp_path / "other home"), store.keys.unlock(PASSPHRASE) as master:
        foreign = board_file.write(master)
    with box(tmp_path / "home"), store.keys.unlock(PASSPHRASE) as master:
        store.board.publish(team, "Canteen", "Warm soon.")
        written = board_file.write(master)
        with pytest.raises(errors.WrongStateError):
            board_file.take_in(written)
    with box(tmp_path / "east"):
        for bad in (written.replace(b"Warm", b"Cold"), b"", b"\xff", b"[]", b"{}", written[:-9]):
            with pytest.raises(errors.UnreadableFileError):
                board_file.take_in(bad)
        with pytest.raises(errors.WrongStateError, match="another team"):
            board_file.take_in(foreign)
        assert store.board.of(team) == ()
        board_file.take_in(written)
        assert [each.answer for each in store.board.of(team)] == ["Warm soon."]


def test_a_changed_invitation_is_refused_and_so_is_one_too_many(tmp_path):
    _, invited = home(tmp_path, closes=DAY)
    for bad in (invited.replace(b"Spring", b"Winter"), invited[:50], b"null", b"{}" * 9):
        with pytest.raises(errors.UnreadableFileError):
            invitation.read(bad)
    read = invitation.read(invited)
    outpost(tmp_path / "east", invited)
    with box(tmp_path / "east"), pytest.raises(errors.AlreadyExistsError):
        invitation.join(read, today=DAY)
    with box(tmp_path / "home"), pytest.raises(errors.WrongStateError, match="facilitators"):
        invitation.join(read, today=DAY)
    with box(tmp_path / "late"), pytest.raises(errors.WrongStateError, match="over"):
        invitation.join(read, today=DAY.replace(day=DAY.day + 1))


def test_only_an_outpost_packs_and_only_a_home_adds(tmp_path, team):
    with box(tmp_path / "home"), pytest.raises(errors.WrongStateError):
        parcels.pack(team, tmp_path / "no.parcel", today=DAY)
    with box(tmp_path / "east"), pytest.raises(errors.WrongStateError):
        parcels.add(tmp_path / "west.parcel")
    with box(tmp_path / "east"), pytest.raises(errors.AlreadyExistsError):
        parcels.pack(team, tmp_path / "west.parcel", today=DAY)


def test_a_damaged_outpost_is_repaired_without_losing_what_it_cannot_open(tmp_path):
    """It has no key of its own; a repair that missed one would drop everything."""
    gathering, invited = home(tmp_path)
    words, _ = outpost(tmp_path / "east", invited, "one", "two")
    path = tmp_path / "east" / "kiosk.db"
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE meta SET content = x'00' WHERE name = 'newest gathering'")
    assert repair(tmp_path / "east")
    with box(tmp_path / "east"):
        assert receipts.look_up(words).can_withdraw
    packed(tmp_path / "east", gathering, tmp_path / "east.parcel")
    assert add(tmp_path, "east")
    assert count_at(tmp_path / "home") == 2
