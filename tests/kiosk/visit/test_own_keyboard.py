"""Letters on the screen: for a box without a keyboard, and for nobody who has one."""

from pathlib import Path
from typing import Any

import pytest

import kiosk.visit.own_keyboard
from kiosk.house import House
from kiosk.settings import Screen, Settings, SettingsError
from kiosk.visit.own_keyboard import lacks_keyboard
from tests.support.kiosk_in_folder import app_of

# As /proc/bus/input/devices tells them; on a machine of 64 bits, the last one of 32.
KEYBOARD = """N: Name="AT Translated Set 2 keyboard"
B: EV=120013
B: KEY=402000007 ff803078f800d001 feffffdfffefffff fffffffffffffffe

"""
BUTTON = 'N: Name="Power Button"\nB: EV=3\nB: KEY=8000 10000000000000 0\n\n'
TOUCH = 'N: Name="Touchscreen"\nB: EV=b\nB: KEY=400 0 0 0 0 0\n\n'
TOUCH_32 = 'N: Name="Touchscreen"\nB: KEY=400 0 0 0 0 0 0 0 0 0 0\n\n'
KEYBOARD_32 = """N: Name="USB keyboard"
B: KEY=10000 7 ff800000 7ff febeffdf f3cfffff ffffffff fffffffe
"""


def test_a_box_to_be_touched_lacks_a_keyboard_unless_one_has_letters(tmp_path: Path):
    devices = tmp_path / "devices"
    for text, bits, is_lacking in (
        (BUTTON + TOUCH, 64, True), (BUTTON + TOUCH + KEYBOARD, 64, False), (BUTTON, 64, False),
        (TOUCH_32, 32, True), (TOUCH_32 + KEYBOARD_32, 32, False), ("", 64, False),
    ):  # fmt: skip
        devices.write_text(text, encoding="utf-8")
        assert lacks_keyboard(devices, word_bits=bits) is is_lacking, text
    assert not lacks_keyboard(tmp_path / "none")  # no Linux, or a list that is kept from us


@pytest.mark.parametrize(
    ("wish", "address", "has_keyboard", "is_there"),
    [
        ("auto", "127.0.0.1", False, True), ("auto", "127.0.0.1", True, False),
        ("auto", "192.168.0.7", False, False), ("on", "192.168.0.7", True, True),
        ("off", "127.0.0.1", False, False),
    ],
)  # fmt: skip
def test_pages_bring_letters_where_they_are_needed(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    wish: str, address: str, *, has_keyboard: bool, is_there: bool,
):  # fmt: skip
    """On the kiosk's own screen if the box has none; a tablet brings its own."""
    devices = tmp_path / "devices"
    devices.write_text(TOUCH + KEYBOARD * has_keyboard, encoding="utf-8")
    monkeypatch.setattr(kiosk.visit.own_keyboard, "DEVICES", devices)
    monkeypatch.setattr(kiosk.visit.own_keyboard.sys, "platform", "linux")  # type: ignore[attr-defined]
    object.__setattr__(house.settings, "screen", Screen(keyboard=wish))
    client: Any = app_of(house).test_client()
    page = client.get("/", environ_base={"REMOTE_ADDR": address}).text
    assert ("<own-keys" in page) is is_there
    assert ("own-keys.js" in page) is is_there


def test_another_wish_is_refused(tmp_path: Path):
    with pytest.raises(SettingsError, match="keyboard"):
        Settings(data_dir=tmp_path, screen=Screen(keyboard="yes"))
