import json
import socket
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.commands import doctor
from kiosk.settings import Server, Settings, Speech
from tests.support.places import MICRO
from tests.support.running import init
from tests.support.running import kiosk as run


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def test_doctor_names_each_check_and_measures_the_model(tmp_path: Path):
    init(tmp_path / "data")
    done = run("doctor", "--data-dir", tmp_path / "data", "--model", MICRO, "--json")
    findings = {each["name"]: each for each in json.loads(done.stdout)}
    assert set(findings) == {
        *("disk", "rights", "database", "swap", "core dumps", "clock", "address", "outbound"),
        *("microphone", "speech", "user", "name lists"),
    }
    assert "a minute of speech takes" in findings["speech"]["seen"]
    assert done.returncode == (0 if all(each["is_fine"] for each in findings.values()) else 1)
    assert all(each["advice"] for each in findings.values() if not each["is_fine"])


def test_without_a_model_doctor_recommends_one(settings: Settings):
    found = doctor.check_speech(settings, "")
    assert not found.is_fine
    assert "kiosk models install" in found.advice


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_connection_of_this_process_would_be_seen(settings: Settings):
    """The control: a listening socket is no connection, one to another address is."""
    assert doctor.check_silence(settings).is_fine
    with socket.create_server(("127.0.0.1", 0)):
        assert doctor.check_silence(settings).is_fine
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        server.bind(("127.0.0.2", 0))
        server.listen()
        with socket.create_connection(server.getsockname()):
            assert not doctor.check_silence(settings).is_fine


def test_a_folder_open_to_others_is_seen_and_closed_again(settings: Settings):
    settings.data_dir.mkdir(mode=0o755)
    settings.data_dir.chmod(0o755)
    assert "chmod 700" in doctor.check_rights(settings).advice
    settings.data_dir.chmod(0o700)
    assert doctor.check_rights(settings).is_fine


def test_plain_http_for_the_network_is_warned_about(tmp_path: Path):
    open_to_all = Settings(data_dir=tmp_path, server=Server(host="0.0.0.0"))  # noqa: S104
    assert "--lan" in doctor.check_listening(open_to_all).advice


def test_a_microphone_named_wrongly_gets_the_names_that_are_there(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    wrong = replace(settings, speech=Speech(own_microphone=True, microphone="Jabra"))
    monkeypatch.setattr(doctor.microphone, "problem", lambda _name: "There is none of that name.")
    monkeypatch.setattr(doctor.microphone, "devices", lambda: ["Built-in", "USB Audio"])
    assert doctor.check_microphone(wrong).advice.endswith("This machine has: Built-in, USB Audio.")


@pytest.mark.parametrize(
    ("areas", "is_fine"),
    [("", True), ("/dev/zram0 partition 1 0 100\n", True), ("/dev/sda2 partition 1 0 -2\n", False)],
)
def test_swap_on_a_disk_is_seen(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    areas: str,
    is_fine: bool,  # noqa: FBT001
):
    (tmp_path / "swaps").write_text("Filename Type Size Used Priority\n" + areas)
    monkeypatch.setattr(doctor, "PROC", tmp_path)
    assert doctor.check_swap(settings).is_fine is is_fine


def test_a_damaged_database_is_seen(tmp_path: Path):
    init(tmp_path / "data")
    settings = Settings(data_dir=tmp_path / "data")
    assert doctor.check_database(settings).seen == "whole"
    database = settings.data_dir / "kiosk.db"
    content = bytearray(database.read_bytes())
    at = content.index(b"What should we know?")
    content[at : at + 4] = b"THIS"
    database.write_bytes(bytes(content))
    assert not doctor.check_database(settings).is_fine
