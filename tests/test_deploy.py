"""Units, policy and container: what the guide hands out is as strict as it says."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.commands.main import main
from tests.privacy.chromium import CHROMIUM, documented_switches
from tests.support.places import DOCS, HOME

DEPLOY = DOCS / "deploy"
GROWING = DOCS / "growing"
KIOSKS = [DEPLOY / "kiosk.service", *(GROWING / f"kiosk{end}.service" for end in ("", "-worker"))]
SYSTEMD = shutil.which("systemd-analyze")


def exposure(unit: Path) -> float:
    """What systemd itself says of a unit: from 0, shut in, to 10."""
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    return float(found[1])


@pytest.mark.skipif(SYSTEMD is None, reason="needs systemd-analyze")
def test_the_units_exposure_is_what_the_guide_says(tmp_path: Path):
    bare = tmp_path / "bare.service"
    bare.write_text("[Service]\nExecStart=/bin/true\n")
    assert exposure(bare) > 9
    assert "1.5 of 10 or less" in (DEPLOY / "README.md").read_text(encoding="utf-8")
    for unit in KIOSKS:
        assert exposure(unit) <= 1.5, unit
    assert exposure(DEPLOY / "kiosk-screen.service") < 7  # a browser, which shuts itself in


def faults(unit: Path, folder: Path) -> str:
    """What systemd says of a unit whose program is there."""
    text = unit.read_text(encoding="utf-8")
    copy = folder / unit.name
    copy.write_text(re.sub(r"(?m)^(ExecStart=)\S+", r"\1/bin/true", text), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.mark.skipif(SYSTEMD is None, reason="needs systemd-analyze")
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path):
    planted = tmp_path / "planted.service"
    planted.write_text("[Service]\nExecStart=/bin/true\nRestartSecs=5\n")
    assert "planted.service" in faults(planted, tmp_path)
    for unit in KIOSKS:
        assert unit.name not in faults(unit, tmp_path)


@pytest.mark.parametrize("path", KIOSKS, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_children_can_still_shut_themselves_in(path: Path):
    """They make a filter and a Landlock, give way, and start from the kiosk's own process."""
    unit = path.read_text(encoding="utf-8")
    for call in ("seccomp", "landlock_create_ruleset", "landlock_restrict_self"):
        assert re.search(rf"^SystemCallFilter=@system-service.* {call}", unit, re.MULTILINE)
    assert "~@resources" not in unit
    assert "\nMemoryDenyWriteExecute" not in unit


def test_the_screen_starts_the_browser_as_the_guide_does():
    unit = (DEPLOY / "kiosk-screen.service").read_text(encoding="utf-8").replace("\\\n", " ")
    for switch in documented_switches():
        assert switch.replace('"', "") in unit.replace('"', "")


def printed(*more: str) -> str:
    """What `kiosk launch --policy` prints."""
    done = CliRunner().invoke(main, ["launch", "--policy", *more])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_policy_takes_away_what_the_page_says(tmp_path: Path):
    at = "http://127.0.0.1:8971"
    policy = json.loads(printed("--data-dir", str(tmp_path), "--port", "8971"))
    assert policy["DeveloperToolsAvailability"] == 2
    assert policy["URLBlocklist"] == ["*", "chrome://*", "devtools://*"]
    assert policy["ExtensionInstallBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == policy["AudioCaptureAllowedUrls"] == [at]
    assert policy["IncognitoModeAvailability"] == 2  # always
    assert policy["DownloadRestrictions"] == 3
    assert policy["PrintingEnabled"] is False


def said_under(policy: Path | str, *addresses: str) -> dict[str, str]:
    """What a Chromium that has a policy, or none, says of some addresses."""
    program = HOME / "tests" / "privacy" / "under_policy.py"
    done = subprocess.run(
        [*own_mounts(), sys.executable, program, policy, CHROMIUM, *addresses],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    found: dict[str, str] = json.loads(done.stdout)
    return found


def own_mounts() -> list[str]:
    """What begins a program with mounts of its own."""
    return ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]


def can_have_mounts() -> bool:
    """Whether a place for policies can be put up that no other browser sees."""
    if not (CHROMIUM and shutil.which("unshare") and Path("/etc/chromium").is_dir()):
        return False
    trial = [*own_mounts(), "mount", "-t", "tmpfs", "none", "/etc/chromium"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


@pytest.mark.browser
@pytest.mark.skipif(sys.platform != "linux" or not can_have_mounts(), reason="needs own mounts")
def test_a_chromium_that_has_the_policy_shows_the_kiosk_and_nothing_else(tmp_path: Path):
    """Found by trying: its own pages (chrome://) are no part of "everything"."""
    pytest.importorskip("playwright", reason="needs playwright")
    places = ("file:///etc/hostname", "chrome://version/", "data:text/html,hello")
    assert said_under("", *places) == dict.fromkeys(places, "shown")
    policy = tmp_path / "policy.json"
    with closed_port() as port:
        policy.write_text(printed("--data-dir", str(tmp_path), "--port", str(port)))
        kiosk, other = (f"http://127.0.0.{host}:{port}/" for host in (1, 2))
        said = said_under(policy, kiosk, other, *places)
    assert "ERR_CONNECTION_REFUSED" in said.pop(kiosk)  # it may be asked; none runs here
    assert len(said) == 4
    assert [each for each, told in said.items() if "ERR_BLOCKED_BY_ADMINISTRATOR" not in told] == []


@contextmanager
def closed_port() -> Iterator[int]:
    """A port at which nobody listens, and nobody can while this lasts."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_the_container_holds_every_file_to_its_hash():
    file = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert "--require-hashes --requirement /build/requirements.lock" in file
    assert "--no-deps --no-index" in file
    assert "USER kiosk" in file.split("ENTRYPOINT")[0]
    memory = re.search(r"--memory=(\S+) --memory-swap=(\S+)", file)
    assert memory
    assert memory[1] == memory[2], "what is over the first may go to a disk"
