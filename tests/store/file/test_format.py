# ruff: noqa: S608 - the tables are listed beside the statement
"""A second program, from docs/store-format.md alone: sqlite3, libsodium, nothing of ours."""

import hashlib
import json
import sqlite3
import struct
from collections import defaultdict

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as aead_open
from nacl.public import PrivateKey, SealedBox
from nacl.pwhash import argon2id

import store
from store import items
from store.items import Drawing, Note, Said, Silence
from tests.support.store_folder import token


def independent_reader(path, code):
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    slot = database.execute("SELECT * FROM slot WHERE kind = 'recovery'").fetchone()
    key = argon2id.kdf(
        32, code.replace("-", "").encode(), slot["salt"],
        opslimit=slot["passes"], memlimit=slot["memory_bytes"],
    )  # fmt: skip
    bound = b"release slot 2\0recovery\0" + slot["name"].encode()
    nonce, sealed = slot["wrapped"][:24], slot["wrapped"][24:]
    own = PrivateKey(aead_open(sealed, bound, nonce, key))
    master = PrivateKey(SealedBox(own).decrypt(slot["master"]))
    name = "held by " + slot["id"].hex()
    (sealed,) = database.execute("SELECT content FROM meta WHERE name = ?", (name,)).fetchone()
    second = SealedBox(PrivateKey(SealedBox(own).decrypt(sealed)))
    private = {}
    for row in database.execute("SELECT * FROM gathering_key"):
        sealed = row["sealed"] if len(row["sealed"]) == 80 else second.decrypt(row["sealed"])
        private[row["id"]] = PrivateKey(SealedBox(master).decrypt(sealed))
    parts = defaultdict(dict)
    for table in ("item", "piece"):
        for row in database.execute(f"SELECT * FROM {table}"):
            opened = SealedBox(private[row["sealed_to"]]).decrypt(row["sealed"])
            name, place, total, used = struct.unpack_from(">16sHHI", opened)
            parts[name][place] = opened[24 : 24 + used]
            assert len(opened) == (4096 if place == 0 else 32768)
            assert total > place
    for found in parts.values():
        content = b"".join(found[place] for place in range(len(found)))
        version, length = struct.unpack_from(">BI", content)
        assert version == 1
        yield json.loads(content[5 : 5 + length]), content[5 + length :]
    for table in ("item", "piece", "slot", "gathering", "gathering_key", "meta", "themes"):
        for row in database.execute(f"SELECT * FROM {table}"):
            assert row["digest"] == digest(table, dict(row))
    database.close()


def digest(table, row):
    joined = [table.encode()]
    for name in sorted(row):
        value = row[name]
        if name == "digest" or value is None:
            continue
        data = value if isinstance(value, bytes) else str(value).encode()
        joined += [name.encode(), str(len(data)).encode(), data]
    return hashlib.blake2b(b"\0".join(joined), digest_size=16).digest()


def test_a_backup_opens_with_the_recovery_code_and_the_documentation(
    gathering, recovery_code, tmp_path
):
    items.keep(Note("The canteen is cold.", said=Said("tired")), gathering, token=token())
    items.keep(Drawing(b"PNG" * 30_000, "map"), gathering, token=token())
    items.keep(Silence(Said("good")), gathering, token=token())
    store.backup.backup(tmp_path / "copy")
    found = {
        values["kind"]: (values, media)
        for values, media in independent_reader(tmp_path / "copy", recovery_code)
    }
    assert found["note"][0]["text"] == "The canteen is cold."
    assert found["drawing"][1] == b"PNG" * 30_000
    assert found["silence"][0]["feeling"] == "good"
