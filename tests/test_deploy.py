"""Units, policy and container: what the guide hands out is as strict as it says."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.privacy.chromium import documented_switches
from tests.support.places import DOCS

DEPLOY = DOCS / "deploy"
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
    assert exposure(DEPLOY / "kiosk.service") <= 1.5


def test_children_can_still_shut_themselves_in():
    """They make a filter and a Landlock, give way, and start from the kiosk's own process."""
    unit = (DEPLOY / "kiosk.service").read_text(encoding="utf-8")
    for call in ("seccomp", "landlock_create_ruleset", "landlock_restrict_self"):
        assert re.search(rf"^SystemCallFilter=@system-service.* {call}", unit, re.MULTILINE)
    assert "~@resources" not in unit
    assert "\nMemoryDenyWriteExecute" not in unit


def test_the_screen_starts_the_browser_as_the_guide_does():
    unit = (DEPLOY / "kiosk-screen.service").read_text(encoding="utf-8").replace("\\\n", " ")
    for switch in documented_switches():
        assert switch.replace('"', "") in unit.replace('"', "")


def test_the_policy_takes_away_what_the_page_says():
    policy = json.loads((DEPLOY / "chromium-policy.json").read_text(encoding="utf-8"))
    assert policy["DeveloperToolsAvailability"] == 2
    assert policy["URLBlocklist"] == policy["ExtensionInstallBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == policy["AudioCaptureAllowedUrls"] == ["http://127.0.0.1:8080"]
    assert policy["IncognitoModeAvailability"] == 2  # always
    assert policy["DownloadRestrictions"] == 3
    assert policy["PrintingEnabled"] is False


def test_the_container_holds_every_file_to_its_hash():
    file = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert "--require-hashes --requirement /build/requirements.lock" in file
    assert "--no-deps --no-index" in file
    assert "USER kiosk" in file.split("ENTRYPOINT")[0]
    memory = re.search(r"--memory=(\S+) --memory-swap=(\S+)", file)
    assert memory
    assert memory[1] == memory[2], "what is over the first may go to a disk"
