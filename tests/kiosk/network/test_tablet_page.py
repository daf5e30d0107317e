"""The page that leads a tablet to the kiosk: what it shows, hands out, and in which language."""

import json
import re
from pathlib import Path

import pytest

from kiosk.network import lan
from kiosk.network.told import fingerprint
from tests.support.kiosk_in_folder import LintingClient


@pytest.fixture
def authority(data_dir: Path, client: LintingClient) -> Path:
    del client  # its house has made the folder
    lan.ensure_certificate(data_dir / "tls", ("kiosk.local",))
    return data_dir / "tls" / "ca.crt"


def test_without_a_certificate_there_is_no_such_page(client: LintingClient) -> None:
    assert client.get("/tablet/").status_code == 404
    assert client.get("/tablet/ca.crt").status_code == 404


def test_a_tablet_sees_the_fingerprint_that_the_terminal_shows(
    client: LintingClient, authority: Path
) -> None:
    shown = client.get("/tablet/").text
    for line in fingerprint(authority).split():
        assert line in shown
    handed_out = client.get("/tablet/ca.crt")
    assert handed_out.data == authority.read_bytes()
    assert handed_out.mimetype == "application/x-x509-ca-cert"
    assert b"PRIVATE" not in handed_out.data


def test_each_kind_of_tablet_has_its_steps_and_pictures(
    client: LintingClient, authority: Path
) -> None:
    assert authority.exists()
    shown = client.get("/tablet/").text
    for kind in ("ipad", "android", "windows", "linux", "chromeos"):
        section = shown.split(f'<h2 id="{kind}">')[1].split("</section>")[0]
        assert section.count("<li>") >= 2
        assert section.count("<img") >= 2
    pictures = set(re.findall(r'src="(/static/icons/steps/[^"]+)"', shown))
    assert len(pictures) == 4
    assert {client.get(each).status_code for each in pictures} == {200}


def test_the_home_screen_leads_to_the_first_page(client: LintingClient, authority: Path) -> None:
    assert authority.exists()
    shown = client.get("/tablet/").text
    manifest = json.loads(client.get(re.findall(r'rel="manifest" href="([^"]+)"', shown)[0]).data)
    assert (manifest["start_url"], manifest["display"]) == ("/", "fullscreen")
    icons = [each["src"] for each in manifest["icons"]]
    icons += re.findall(r'rel="apple-touch-icon" href="([^"]+)"', shown)
    assert len(icons) == 3
    assert all(client.get(each).data.startswith(b"\x89PNG") for each in icons)


def test_it_speaks_the_languages_of_the_desk(client: LintingClient, authority: Path) -> None:
    assert authority.exists()
    assert "Bedienungshilfen" in client.get("/tablet/?lang=de").text
    assert 'lang="fr"' not in client.get("/tablet/").text
