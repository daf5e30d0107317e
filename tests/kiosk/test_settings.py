from pathlib import Path

import pytest

from kiosk.settings import RANGES, SECTIONS, Settings, SettingsError
from tests.support.places import DOCS


def write(folder: Path, text: str) -> Path:
    (folder / "settings.toml").write_text(text)
    return folder


def test_a_folder_without_settings_has_the_documented_defaults(tmp_path: Path):
    limits = Settings.read(tmp_path).limits
    assert (limits.note_characters, limits.memo_seconds, limits.contributions_per_hour) == (
        10_000,
        300,
        300,
    )
    assert (limits.draft_minutes, limits.idle_seconds) == (10, 60)


def test_what_the_file_says_counts(tmp_path: Path):
    read = Settings.read(write(tmp_path, "[limits]\nnote_characters = 500\n"))
    assert read.limits.note_characters == 500
    assert read.limits.memo_seconds == 300


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[limits]\nnote_charcters = 5\n", "no key note_charcters"),
        ("[limit]\n", "section [limit]"),
        ("[limits]\nnote_characters = 5\n", "from 100 to 100000"),
        ('[limits]\nnote_characters = "5"\n', "whole number"),
        ("[limits]\nnote_characters = true\n", "whole number"),
        ("[speech]\nown_microphone = 1\n", "true or false"),
        ("[server]\nnames = 'kiosk.local'\n", "list of texts"),
        ('[screen]\nexit_pin = "12345"\n', "6 to 12 digits"),
        ('[screen]\nexit_pin = "111111"\n', "6 to 12 digits"),
        ('[screen]\nexit_pin = "987654"\n', "6 to 12 digits"),
        ('[screen]\nexit_pin = "passwd"\n', "6 to 12 digits"),
        ("[screen]\nexit_pin = 482913\n", "text in quotes"),
        ('[redaction]\nstrength = "hard"\n', "light, standard or strict"),
        ("limits = 3\n", "written [limits]"),
        ("[limits\n", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(tmp_path: Path, text: str, says: str):
    with pytest.raises(SettingsError) as error:
        Settings.read(write(tmp_path, text))
    assert says in str(error.value)


def test_every_setting_has_its_heading_in_the_operators_guide():
    guide = (DOCS / "operator.md").read_text()
    names = [name for section in SECTIONS.values() for name in section.__dataclass_fields__]
    assert [name for name in names if f"`{name}`" not in guide] == []
    for name, (low, high) in RANGES.items():
        row = next(line for line in guide.splitlines() if line.startswith(f"| `{name}`"))
        assert f"{low} to {high}" in row.replace("\N{NO-BREAK SPACE}", " "), name
