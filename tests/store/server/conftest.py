"""A store on a real PostgreSQL, from an address, with its raw files at hand."""

from dataclasses import dataclass

import psycopg
import pytest

import store
from store.promise import Promise
from store.seals import derive
from tests.support import postgres
from tests.support.places import PASSPHRASE
from tests.support.store_folder import DAY, K


@dataclass
class OnServer:
    """An open store, and its files as a thief of the server's disk sees them."""

    url: str
    server: postgres.Server

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True)

    def raw(self, *tables: str) -> bytes:
        """Everything in the files of tables, their long values and their indexes."""
        with self.connect() as connection:
            connection.execute("CHECKPOINT")
            return b"".join(
                (self.server.folder / "data" / path).read_bytes()
                for table in tables
                for (path,) in connection.execute(
                    "SELECT pg_relation_filepath(c.oid) FROM pg_class c, pg_class t"
                    " WHERE t.oid = %s::regclass AND (c.oid IN (t.oid, t.reltoastrelid) OR c.oid"
                    " IN (SELECT indexrelid FROM pg_index WHERE indrelid IN (t.oid,"
                    " t.reltoastrelid)))",
                    (table,),
                ).fetchall()
            )


@pytest.fixture
def on_server(server, template, data_dir):
    url = server.new(template)
    store.open(data_dir, url=url, allowed=postgres.UNSAFE, receipt_cost=derive.TEST_COST)
    store.keys.set_up(PASSPHRASE, name="Ann", cost=derive.TEST_COST)
    yield OnServer(url, server)
    store.close()


@pytest.fixture
def gathering(on_server):
    return store.gatherings.new("Spring", promise=Promise(threshold=K), today=DAY)


@pytest.fixture
def master(on_server):
    with store.keys.unlock(PASSPHRASE) as unlocked:
        yield unlocked
