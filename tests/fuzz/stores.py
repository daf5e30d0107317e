# ruff: noqa: S608 - the names in statements are those of our own tables
"""What the fuzzer does to files that carry contributions: backups, parcels, a team's papers."""

import hashlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import store
from store import backup as copies
from store import board_file, errors, gatherings, invitation, items, parcels
from store.file import reserve
from store.items import Drawing, Note
from store.payloads import Memo, Silence
from store.promise import Promise
from store.rows import database, models
from store.seals import derive
from store.team import envelope, ledger, signed
from store.throttle import Stretches, Tries
from tests.fuzz.pictures import scratched
from tests.fuzz.texts import anything, text
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, token

UNTHROTTLED = Tries(receipts=Stretches(0), passphrases=store.throttle.Throttle(0))


@contextmanager
def box(folder: Path) -> Iterator[None]:
    """A store, open for a while."""
    reserve.SIZE = 1 << 20
    store.open(folder, receipt_cost=derive.TEST_COST, tries=UNTHROTTLED)
    try:
        yield
    finally:
        store.close()


def backups(folder: Path) -> Callable[[random.Random], str]:
    """A backup that somebody else had in their hands, restored and read."""
    with box(folder / "home"):
        code = store.keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
        made = [
            gatherings.new(name, promise=Promise(threshold=3), today=DAY) for name in ("one", "two")
        ]
        for each in made:
            for payload in (Note("cold"), Note("late"), Memo("loud"), Drawing(b"x" * 70_000)):
                items.keep(payload, each.id, token=token())
        gatherings.close(made[0].id, today=DAY)
        store.board.publish(made[0].id, "Heating", "We looked.")
        copies.backup(folder / "copy")
    untouched = (folder / "copy").read_bytes()
    victim, back = folder / "damaged", folder / "back"

    def meet(chance: random.Random) -> str:
        shutil.rmtree(back, ignore_errors=True)
        victim.write_bytes(untouched)
        if chance.random() < 0.4:
            victim.write_bytes(scratched(chance, untouched))
        else:
            _changed_rows(chance, victim)
        try:
            copies.restore(victim, back)
            with box(back):
                return _walked(code)
        except errors.StoreError as refusal:
            return type(refusal).__name__

    return meet


def _changed_rows(chance: random.Random, path: Path) -> None:
    """A healthy database, in which somebody changed values, types, rows or the schema itself."""
    values = (None, 0, -1, 2**62, 0.5, "", "x", "\0", b"", b"\0" * 16, b"x" * 5_000)
    with closing(sqlite3.connect(path)) as file:
        tables = [
            name for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        for _ in range(chance.randint(1, 4)):
            table = chance.choice(tables)
            columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
            column, value = (
                chance.choice(columns or ["gone"]),
                chance.choice((*values, chance.randbytes(40))),
            )
            wild = (
                (f"UPDATE {table} SET {column} = ? WHERE random() % 3 = 0", (value,)),
                (f"DELETE FROM {table} WHERE random() % 3 = 0", ()),
                (f"INSERT INTO {table} ({column}) VALUES (?)", (value,)),
                (f"DROP TABLE {table}", ()),
                (f"ALTER TABLE {table} ADD COLUMN odd", ()),
                (f"PRAGMA user_version = {chance.choice((0, 1, 999, -1))}", ()),
                (f"CREATE VIEW odd AS SELECT * FROM {table}", ()),
                (
                    f"CREATE TRIGGER odd AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END",
                    (),
                ),
            )
            try:
                file.execute(*chance.choices(wild, (8, 3, 3, 1, 1, 1, 1, 1))[0])
            except sqlite3.Error:
                continue
        file.commit()


def _walked(code: str) -> str:
    """All that a desk would ask of it."""
    is_open = False
    for each in gatherings.everything():
        store.board.of(each.id)
    store.board.everything()
    store.house_words.read()
    gatherings.tick(DAY)
    for unlock in (
        lambda: store.keys.unlock(PASSPHRASE),
        lambda: store.keys.unlock_with_code(code),
    ):
        try:
            master = unlock()
        except errors.StoreError:
            continue
        with master:
            is_open = True
            for each in gatherings.everything():
                try:
                    list(items.released(each.id, master))
                except errors.StoreError:
                    continue
    return "opened" if is_open else "restored"


def carried(folder: Path) -> Callable[[random.Random], str]:
    """Parcels that were damaged, or made by somebody who holds an invitation and means harm."""
    with box(folder / "home"):
        store.keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
        made = gatherings.new("Spring", promise=Promise(threshold=3), today=DAY)
        with store.keys.unlock(PASSPHRASE) as master:
            invited = invitation.read(invitation.invite(made.id, master))
            owner = database.key_of_gathering(made.id)
            private = parcels.parcel_private_key(owner)
    with box(folder / "outpost"):
        joined = invitation.join(invited, today=DAY)
        for payload in (Note("cold"), Note("late"), Silence(), Drawing(b"x" * 70_000)):
            items.keep(payload, joined, token=token())
        parcels.pack(joined.id, folder / "parcel", today=DAY)
    packed = (folder / "parcel").read_bytes()
    with (folder / "parcel").open("rb") as whole:
        content = b"".join(envelope.read(whole, private)).rstrip(b"\0")
    victim, there = folder / "damaged", folder / "there"

    def meet(chance: random.Random) -> str:
        act = chance.random()
        if act < 0.1:
            victim.write_bytes(scratched(chance, packed))
        elif act < 0.3:  # its digest is right
            body = scratched(chance, packed[: -envelope.DIGEST_BYTES])
            digest = hashlib.blake2b(body, digest_size=envelope.DIGEST_BYTES).digest()
            victim.write_bytes(body + digest)
        else:  # sealed as it has to be: only what is in it is wrong
            inside = content if chance.random() < 0.1 else scratched(chance, content)
            with victim.open("wb") as file:
                envelope.write(file, owner, [inside], invited.parcel_key)
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(folder / "home", there)
        with box(there):
            before = models.ItemRow.select().count()
            try:
                parcels.add(victim)
            except errors.StoreError as refusal:
                added = models.ItemRow.select().count() - before
                assert added == 0, "refused, and something was added"
                return type(refusal).__name__
            assert not parcels.add(victim), "added twice"
            return "added, " + _read_out(made.id)

    return meet


def _read_out(gathering_id: str) -> str:
    """Release what a parcel brought, and read it."""
    owner = database.key_of_gathering(gathering_id)
    with database.writing():
        ledger.stop_waiting(owner)
    with store.keys.unlock(PASSPHRASE) as master:
        gatherings.close(gathering_id, today=DAY)
        try:
            return f"{items.released(gathering_id, master).damaged} damaged"
        except errors.StoreError as refusal:
            return type(refusal).__name__


def papers(folder: Path) -> Callable[[random.Random], str]:
    """Invitations and boards, damaged, or signed by a team that means harm."""
    with box(folder / "home"):
        store.keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
        made = gatherings.new("Spring", questions=["Why?"], promise=Promise(threshold=3), today=DAY)
        master = store.keys.unlock(PASSPHRASE)
        invited = invitation.invite(made.id, master, languages=["de"])
        store.board.publish(made.id, "Heating", "We looked.")
        board = board_file.write(master)
        told = {"invitation": json.loads(invited)["content"], "board": json.loads(board)["content"]}
    whole = folder / "outpost"
    with box(whole):
        invitation.join(invitation.read(invited), today=DAY)
    there = folder / "there"

    def meet(chance: random.Random) -> str:
        sort = chance.choice(("invitation", "board"))
        values = json.loads(told[sort])
        for _ in range(chance.randint(1, 3)):
            _wrong(chance, values)
        if chance.random() < 0.3:
            file = scratched(chance, {"invitation": invited, "board": board}[sort])
        else:
            shutil.rmtree(there, ignore_errors=True)
            shutil.copytree(folder / "home", there)
            with box(there):
                file = signed.sign(sort, values, master)
        shutil.rmtree(there, ignore_errors=True)
        if sort == "board":
            shutil.copytree(whole, there)
        try:
            with box(there):
                if sort == "board":
                    board_file.take_in(file)
                    list(store.board.everything())
                else:
                    invitation.join(invitation.read(file), today=DAY)
                    gatherings.current()
        except errors.StoreError as refusal:
            return type(refusal).__name__
        return f"{sort} taken"

    return meet


def _wrong(chance: random.Random, values: object) -> None:
    """Put something odd into one place of a value, at any depth."""
    if isinstance(values, dict) and values:
        key: object = chance.choice(list(values))
    elif isinstance(values, list) and values:
        key = chance.randrange(len(values))
    else:
        return
    inner = values[key]  # type: ignore[index]
    if isinstance(inner, dict | list) and inner and chance.random() < 0.7:
        _wrong(chance, inner)
    elif isinstance(values, dict) and chance.random() < 0.2:
        del values[key]
    else:
        odd = text(chance, str(inner)) if isinstance(inner, str) else anything(chance)
        values[key] = odd  # type: ignore[index]
