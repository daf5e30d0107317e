# ruff: noqa: S608 - names of tables, ours and the server's
"""PostgreSQL remembers order in many places; after a release, and after each tick, in none."""

import math
import statistics

import pytest

import store
from store import items
from store.items import Drawing, Note
from store.rows import database
from store.rows.models import TABLES
from tests.support.store_folder import DAY, kendall, kendall_deviation, token

ITEMS, RUNS = 30, 4
LONG = 9_000  # bytes, so that rows have pieces, too


def keep_thirty(gathering):
    """Keep items in a known order; returns what was kept, and some of their sealed bytes."""
    arrived, seals = [], []
    for number in range(ITEMS):
        before = {bytes(key) for (key,) in database.rows("SELECT id FROM item")}
        arrived.append(Note(f"number {number}"))
        items.keep(arrived[-1], gathering, token=token())
        seals += [
            bytes(sealed)[99:399]
            for key, sealed in database.rows("SELECT id, sealed FROM item")
            if bytes(key) not in before
        ]
    return arrived, seals


def orders(on_server, seals):
    """Every order that the server tells of the items, as ranks by their arrival."""
    with on_server.connect() as connection:
        found = connection.execute(
            "SELECT sealed, xmin::text::bigint, xmax::text::bigint, ctid::text FROM item"
        ).fetchall()
        toast = connection.execute(
            "SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 'item'::regclass"
        ).fetchone()[0]
        chunks = connection.execute(
            f"SELECT chunk_id::bigint, min(xmin::text::bigint), min(ctid)::text FROM {toast}"
            " GROUP BY chunk_id ORDER BY 1".encode()
        ).fetchall()
    by_seal = {bytes(row[0])[99:399]: row[1:] for row in found}
    places = [tuple(map(int, by_seal[seal][2].strip("()").split(","))) for seal in seals]
    raw = on_server.raw("item")
    return {
        "xmin": [by_seal[seal][0] for seal in seals],
        "xmax": [by_seal[seal][1] for seal in seals],
        "ctid": [block * 1000 + line for block, line in places],
        "bytes": [raw.index(seal) for seal in seals],
    }, [row[1] for row in chunks]


def test_after_release_nothing_on_the_server_tells_the_order(on_server, master):
    """The control: before it, transaction numbers, places and bytes follow arrival."""
    taus = {}
    for run in range(RUNS):
        gathering = store.gatherings.new(
            f"Run {run}", promise=store.Promise(threshold=3), today=DAY
        )
        arrived, seals = keep_thirty(gathering)
        before, _ = orders(on_server, seals)
        assert kendall(before["xmin"]) == 1
        assert abs(kendall(before["ctid"])) > 0.9
        assert abs(kendall(before["bytes"])) > 0.9
        store.gatherings.close(gathering.id, today=DAY)
        after, of_chunks = orders(on_server, seals)
        assert len(set(after["xmin"])) == 1
        assert set(after["xmax"]) == {0}
        assert len(set(of_chunks)) == 1
        desk = [each.payload for each in items.released(gathering.id, master)]
        for name, ranks in {
            "ctid": after["ctid"],
            "bytes": after["bytes"],
            "desk": [desk.index(payload) for payload in arrived],
        }.items():
            taus.setdefault(name, []).append(kendall(ranks))
        store.gatherings.purge(gathering.id)
    for name, found in taus.items():
        z = statistics.mean(found) / (kendall_deviation(ITEMS) / math.sqrt(RUNS))
        assert abs(z) < 4, (name, found)


def test_a_tick_forgets_the_order_of_what_came_since_the_last(on_server, gathering):
    _, seals = keep_thirty(gathering)
    before, _ = orders(on_server, seals)
    store.gatherings.tick(DAY)
    after, _ = orders(on_server, seals)
    assert kendall(before["xmin"]) == 1
    assert len(set(after["xmin"])) == 1
    assert abs(kendall(after["bytes"])) < 5 * kendall_deviation(ITEMS)


def test_a_tick_rewrites_rows_only_where_somebody_wrote(on_server, gathering, monkeypatch):
    from store.server import engine

    written = []
    real = engine.write_anew
    monkeypatch.setattr(engine, "write_anew", lambda: (written.append(1), real()))
    for text in ("x", "y"):
        items.keep(Note(text), gathering, token=token())
    for _ in range(3):
        store.gatherings.tick(DAY)
    assert len(written) == 1
    kept = items.keep(Note("z"), gathering, token=token())
    store.gatherings.tick(DAY)
    assert len(written) == 2
    store.receipts.withdraw(kept.words)
    store.gatherings.tick(DAY)
    assert len(written) == 3


@pytest.mark.parametrize("act", ["withdraw", "purge", "cover"])
def test_what_was_removed_is_in_no_file_of_a_table_after_the_next_tick(
    on_server, gathering, master, act
):
    """The control finds the sealed bytes there before; PostgreSQL alone would leave them."""
    kept = [items.keep(Drawing(b"x" * LONG, "map"), gathering, token=token()) for _ in range(3)]
    if act == "cover":
        store.gatherings.close(gathering.id, today=DAY)
    gone = [
        bytes(sealed)[99:399]
        for table in ("item", "piece")
        for (sealed,) in database.rows(f"SELECT sealed FROM {table}")
    ]
    raw = on_server.raw("item", "piece")
    assert all(each in raw for each in gone)
    if act == "withdraw":
        for each in kept:
            assert store.receipts.withdraw(each.words)
    elif act == "purge":
        store.gatherings.purge(gathering.id)
    else:
        for item in items.released(gathering.id, master):
            items.cover(
                item.id, [(0, 3)], [(0, 0, 9, 9)], master, version=item.version, png=b"y" * LONG
            )
    store.gatherings.tick(DAY)
    raw = on_server.raw("item", "piece")
    assert not any(each in raw for each in gone)


def test_the_server_gathers_nothing_about_the_rows(on_server, gathering):
    """No sequence, no time, no samples of values, no housekeeping that notes when it ran."""
    items.keep(Note("x"), gathering, token=token())
    names = [table._meta.table_name for table in TABLES]
    with on_server.connect() as connection:
        connection.execute("CREATE TABLE planted (x int)")
        connection.execute("INSERT INTO planted SELECT 1 FROM generate_series(1, 9)")
        connection.execute("ANALYZE")
        sampled = connection.execute("SELECT DISTINCT tablename FROM pg_stats").fetchall()
        assert ("planted",) in sampled
        assert not {name for (name,) in sampled} & set(names)
        assert connection.execute("SELECT count(*) FROM pg_sequences").fetchone() == (0,)
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, column_default FROM"
            " information_schema.columns WHERE table_name = ANY(%s)",
            (names,),
        ).fetchall()
        assert {row[2] for row in columns} == {"bytea", "text", "bigint"}
        assert {row[3] for row in columns} == {None}
        for table in TABLES:
            there = {row[1] for row in columns if row[0] == table._meta.table_name}
            assert there == set(table._meta.fields)
        options = connection.execute(
            "SELECT relname, reloptions FROM pg_class WHERE relname = ANY(%s)", (names,)
        ).fetchall()
        assert all("autovacuum_enabled=off" in found for _, found in options)
