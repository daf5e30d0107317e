"""What facilitators made of a gathering: sealed like what they read, and gone with it."""

import pytest

import store
from store import themes
from store.errors import NotReleasedError, UnknownGatheringError
from store.items import Note
from tests.support.byte_search import files_holding
from tests.support.store_folder import DAY, token

SAID = "The canteen is cold at night"


@pytest.fixture
def released(gathering):
    for number in range(3):
        store.items.keep(Note(f"{number}"), gathering, token=token())
    return store.gatherings.close(gathering.id, today=DAY)


def test_each_change_sees_the_newest_text_and_every_desk_notices(released, master):
    assert themes.read(released.id, master) == ""
    before = store.items.revision(released.id)
    assert themes.change(released.id, master, lambda text: text + "one ") == "one "
    assert themes.change(released.id, master, lambda text: text + "two") == "one two"
    assert themes.read(released.id, master) == "one two"
    assert store.items.revision(released.id) == before + 2
    themes.change(released.id, master, lambda text: text)
    assert store.items.revision(released.id) == before + 2


def test_what_fails_leaves_all_as_it_was(released, master):
    themes.change(released.id, master, lambda _text: "before")

    def fail(_text):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        themes.change(released.id, master, fail)
    assert themes.read(released.id, master) == "before"


def test_themes_are_readable_in_no_file_and_tell_no_length(released, master, data_dir):
    planted = data_dir / "planted"
    planted.write_text(SAID)
    assert files_holding(data_dir, SAID) == [planted]
    planted.unlink()
    sizes = []
    for text in (SAID, SAID * 20):
        themes.change(released.id, master, lambda _text, text=text: text)
        sizes.append(len(themes.ThemesRow.get().sealed))
        assert files_holding(data_dir, SAID) == []
    assert sizes[0] == sizes[1]


def test_nothing_is_made_of_what_nobody_may_read(gathering, master):
    with pytest.raises(NotReleasedError):
        themes.change(gathering.id, master, lambda _text: "x")
    with pytest.raises(UnknownGatheringError):
        themes.change("no hex", master, lambda _text: "x")


def test_a_purge_leaves_nothing_of_them(released, master):
    themes.change(released.id, master, lambda _text: SAID)
    store.gatherings.purge(released.id)
    assert themes.ThemesRow.select().count() == 0
    assert themes.read(released.id, master) == ""
