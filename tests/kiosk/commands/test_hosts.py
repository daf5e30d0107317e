"""Several hosts on one PostgreSQL server, as operators run them: real processes, a real server."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import store
from kiosk.commands import doctor
from kiosk.settings import Settings, Store
from store.seals import derive
from tests.support import postgres
from tests.support.kiosk_in_folder import set_up_folder
from tests.support.places import PASSPHRASE
from tests.support.running import Running, kiosk, running

KEY = {"Idempotency_Key": "a token of a browser, random", "Content_Type": "text/plain"}
ALLOW = f"[store]\nallow = {list(postgres.UNSAFE)}\n".replace("'", '"')


@pytest.fixture
def site() -> Iterator[postgres.Server]:
    """A server of its own, that may be killed."""
    if missing := postgres.why_not():
        pytest.skip(missing)
    with postgres.running() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    set_up_folder(tmp_path / "one")
    (tmp_path / "one" / "settings.toml").write_text(ALLOW)
    return tmp_path / "one"


def point_to(folder: Path, url: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text(f'{ALLOW}url = "{url}"\n')


def move(folder: Path, *more: str) -> str:
    done = kiosk("move", "--data-dir", folder, *more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_box_moves_to_a_server_and_back_by_its_command(
    folder: Path, postgres_server: postgres.Server
):
    url = postgres_server.new()
    listed = kiosk("gathering", "list", "--json", "--data-dir", folder).stdout
    told = move(folder, "--to", url)
    assert f'url = "{url}"' in told
    assert f"kiosk move --remove-left file --data-dir {folder}" in told
    refused = kiosk("gathering", "list", "--data-dir", folder)
    assert refused.returncode == 1
    assert "moved to a server" in refused.stderr
    point_to(folder, url)
    assert kiosk("gathering", "list", "--json", "--data-dir", folder).stdout == listed
    assert "fsync" in kiosk("doctor", "--data-dir", folder).stdout
    repaired = kiosk("repair", "--data-dir", folder)
    assert "own means" in repaired.stderr
    assert move(folder, "--remove-left", "file") == "Removed.\n"
    move(folder, "--to", "file")
    (folder / "settings.toml").unlink()
    assert kiosk("gathering", "list", "--json", "--data-dir", folder).stdout == listed


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "--to PLACE"),
        (("--to", "mysql://x"), 1, "postgresql://USER@HOST/DATABASE"),
        (("--to", "file"), 1, "there already"),
        (("--to", "postgresql://kiosk:secret@127.0.0.1:9/x"), 1, "does not answer"),
        (("--remove-left", "file"), 1, "Nothing was moved away"),
    ],
)
def test_a_move_that_cannot_be_says_why(
    folder: Path, arguments: tuple[str, ...], status: int, said: str
):
    refused = kiosk("move", "--data-dir", folder, *arguments)
    assert refused.returncode == status
    assert said in refused.stderr
    assert "secret" not in refused.stderr + refused.stdout
    assert "Traceback" not in refused.stderr


def test_what_one_host_keeps_every_host_knows_and_a_dead_one_or_server_loses_nothing(
    folder: Path, tmp_path: Path, site: postgres.Server
):
    url = site.new()
    move(folder, "--to", url)
    other = tmp_path / "two"
    for each in (folder, other):
        point_to(each, url)
    with running(folder) as one, running(other) as two:
        status, kept = one.call("POST", "/api/items", b"The canteen is cold.", **KEY)
        assert status == 201
        assert two.call("POST", "/api/items", b"The canteen is cold.", **KEY) == (200, kept)
        words = {"words": kept["receipt"]}
        assert two.call("POST", "/api/receipt", words)[1]["state"] == "sealed"
        draft = two.call("POST", "/api/drafts", b"The lift is slow.", Content_Type="text/plain")[1]
        one.process.kill()  # a host that dies loses its drafts, and nothing else
        site.kill()
        address = f"/api/drafts/{draft['draft']}/keep"
        status, told = two.call("POST", address, {})
        assert status == 503
        assert "cannot be reached just now" in told["detail"]
        site.start()
        assert two.call("GET", f"/api/drafts/{draft['draft']}")[1]["state"] == "ready"
        status, again = two.call("POST", address, {})
        assert status == 201
        assert two.call("POST", address, {})[1] == again
        assert two.call("DELETE", "/api/receipt", words)[0] == 200
        assert two.call("POST", "/api/receipt", words)[1]["state"] == "unknown"


def test_an_hours_allowance_is_each_hosts_own_and_the_server_hears_nothing_of_it(
    folder: Path, tmp_path: Path, postgres_server: postgres.Server
):
    """A count that hosts share would tell whoever looks at the server how many came this hour."""
    psycopg = pytest.importorskip("psycopg")
    url = postgres_server.new()
    move(folder, "--to", url)
    other = tmp_path / "two"
    for each in (folder, other):
        point_to(each, url)
        with (each / "settings.toml").open("a") as settings:
            settings.write("[limits]\ncontributions_per_hour = 1\n")

    def keep(host: Running, number: int) -> int:
        key = {**KEY, "Idempotency_Key": f"a token of a browser, {number}"}
        return host.call("POST", "/api/items", b"The canteen is cold.", **key)[0]

    def locks() -> int:
        """How many the server holds, but for the two that every process of the kiosk uses."""
        statement = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid > 2"
        with contextlib.closing(psycopg.connect(url)) as connection:
            return int(connection.execute(statement).fetchone()[0])

    with running(folder) as one, running(other) as two:
        first = [keep(one, number) for number in range(3)]
        assert (first[0], first[-1]) == (201, 429)
        assert keep(two, 9) == 201
        assert locks() == 0  # the control: guesses of passphrases are such locks
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        assert one.call("POST", "/review/unlock", b"passphrase=guessed", **form)[0] == 422
        assert locks() == 2


def test_doctor_looks_for_the_key_of_the_name_lists_on_a_server_too(
    folder: Path, postgres_server: postgres.Server
):
    """Each host has its own: one without it takes no listed name out."""
    place = Store(url=postgres_server.new(), allow=postgres.UNSAFE)
    settings = Settings(data_dir=folder.parent / "two", store=place)
    store.open(settings.data_dir, url=place.url, allowed=place.allow)
    store.keys.set_up(PASSPHRASE, name="Ada", cost=derive.TEST_COST)
    with store.keys.unlock(PASSPHRASE) as master:
        store.lists.save(master, '{"staff": ["Fridtjof Ness"]}')
    store.close()
    assert doctor.check_lists(settings).is_fine
    (settings.data_dir / "device.key").unlink()
    assert not doctor.check_lists(settings).is_fine
