"""Local lists find names by spelling, sound and small slips, and never take a common word."""

import pytest

from redact import LocalLists, redact
from redact.lists import UnreadableListsError, from_csv

LISTS = LocalLists(
    staff=(
        "Siobhan Kelly (Shiv)",
        "Niamh Doyle",
        "Will Grace",
        "Agnieszka Nowak",
        "Marek Wolny",
        "Bartholomew Quill",
    ),
    teams=("Mosaic", "Data Platform"),
    sites=("Pinevale",),
    rooms=("The Snug",),
    projects=("Bluebird",),
    titles=("night matron",),
)


@pytest.mark.parametrize(
    "raw_text",
    [
        "{Chevonne} left early",
        "{shevon} said no",
        "{shiv} said so",
        "i saw {siobhan}",
        "{Neve} did it",
        "{agnieshka} is great",
        "{marec} broke it",
        "{bartholemew} is kind",
        "the {Mosaic team} are slow",
        "the {data platform} is down",
        "we sat in {the snug}",
        "{pinevale} is cold",
        "the {night matron} shouted",
        "ask {Will} Grace",
    ],
)
def test_an_entry_is_found_however_it_is_written(raw_text: str) -> None:
    word = raw_text[raw_text.index("{") + 1 : raw_text.index("}")]
    assert word not in redact(raw_text.replace("{", "").replace("}", ""), lists=LISTS).text


@pytest.mark.parametrize(
    "harmless",
    [
        "will you go",
        "Will you go?",
        "a mosaic of tiles",
        "the quilt on the bed",
        "a siphon leaked",
        "no grace at all",
        "market day is loud",
        "the snuggest coat",
    ],
)
def test_a_common_word_is_not_an_entry(harmless: str) -> None:
    assert redact(harmless, lists=LISTS).text == harmless


def test_lists_survive_json() -> None:
    assert LocalLists.from_json(LISTS.to_json()) == LISTS


@pytest.mark.parametrize("broken", ["", "[]", '{"staff": "x"}', '{"crew": []}', '{"staff": [1]}'])
def test_broken_json_is_refused_without_quoting_it(broken: str) -> None:
    with pytest.raises(UnreadableListsError) as caught:
        LocalLists.from_json(broken)
    assert "x" not in str(caught.value).split()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_is_previewed_with_its_errors(separator: str) -> None:
    rows = [
        ["Kind", "Name", "Nicknames"],
        ["person", "Siobhan Kelly", "Shiv"],
        ["planet", "Mars", ""],
        ["team", "", ""],
        ["Room", "The Snug", ""],
        ["title", "!!", ""],
    ]
    preview = from_csv("\n".join(separator.join(row) for row in rows))
    assert [row.entry for row in preview.rows] == ["Siobhan Kelly (Shiv)", "The Snug"]
    assert [error.number for error in preview.errors] == [3, 4, 6]
    assert preview.lists() == LocalLists(staff=("Siobhan Kelly (Shiv)",), rooms=("The Snug",))


@pytest.mark.parametrize("sheet", ["", "\n\n", "a,b\nc,d", '"'])
def test_a_file_that_is_no_list_says_so(sheet: str) -> None:
    preview = from_csv(sheet)
    assert not preview.rows
    assert len(preview.errors) == 1
