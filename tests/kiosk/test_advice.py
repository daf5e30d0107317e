"""Where the promise is weaker, the terminal, the doctor and the desk say so."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import store
from kiosk import advice
from kiosk.commands import doctor
from kiosk.settings import Server, Settings
from tests.support.desk_helpers import Desk
from tests.support.running import init, running


@pytest.fixture
def ordinary(monkeypatch: Any) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.mark.usefixtures("ordinary")
def test_a_kiosk_as_it_should_be_says_nothing(house: Any):
    assert advice.at_start(house.settings) == []


@pytest.mark.usefixtures("ordinary")
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.7"])  # noqa: S104
def test_without_encryption_on_the_network_is_told(house: Any, host: str):
    settings = replace(house.settings, server=replace(house.settings.server, host=host))
    (told,) = advice.at_start(settings)
    assert "--lan" in told
    assert not doctor.check_listening(settings).is_fine


def test_root_is_told(house: Any, monkeypatch: Any):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (told,) = advice.at_start(house.settings)
    assert "a user of its own" in told
    assert not doctor.check_user(house.settings).is_fine


@pytest.mark.usefixtures("ordinary")
def test_lists_that_this_machine_cannot_read_are_told_at_start_and_at_the_desk(
    client: Any, house: Any
):
    """A restored copy has no device key: until somebody unlocks, listed names stay in."""
    Desk(client).follow("/review/lists/", staff="Fridtjof Ness")
    assert advice.at_start(house.settings) == []
    (house.settings.data_dir / "device.key").unlink()
    (told,) = advice.at_start(house.settings)
    assert "device.key" in told
    client.delete_cookie("desk", path="/review")
    assert "cannot read its list of names" in client.page("/review/unlock")
    desk = Desk(client)
    assert advice.at_start(house.settings) == []
    assert "From now on they are taken out again" in desk.page("/review/?lists=back")
    assert "cannot read its list" not in client.page("/review/unlock", status=303)


def test_a_start_says_it_on_the_terminal(tmp_path: Path):
    """By the kiosk itself, as an operator starts it; what is as it should be is not mentioned."""
    init(tmp_path / "data")
    said = {}
    for host in ("127.0.0.1", "0.0.0.0"):  # noqa: S104
        with running(tmp_path / "data", "--host", host) as kiosk:
            said[host] = "".join(kiosk.lines)
    assert "without encryption" in said["0.0.0.0"]  # noqa: S104
    assert "without encryption" not in said["127.0.0.1"]
    is_root = os.geteuid() == 0
    assert {("runs as root" in each) for each in said.values()} == {is_root}


@pytest.mark.usefixtures("ordinary")
def test_doctor_says_it_too(tmp_path: Path, house: Any):
    folder = house.settings.data_dir
    with store.keys.unlock("heron lamp tuesday orchard") as master:
        store.lists.save(master, '{"staff": ["Fridtjof Ness"]}')
    assert doctor.check_lists(Settings(data_dir=folder, server=Server())).is_fine
    (folder / "device.key").unlink()
    store.close()
    assert not doctor.check_lists(house.settings).is_fine
    assert doctor.check_lists(Settings(data_dir=tmp_path / "none")).is_fine
