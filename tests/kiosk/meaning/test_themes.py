"""Themes at the desk: by number, by name, for many at once; merged, split, carried, taken back."""

import re

import pytest

import store
from kiosk.meaning import kept
from store.items import Note
from store.payloads import Said, Silence
from tests.support.desk_helpers import Desk, filled, versions
from tests.support.places import PASSPHRASE

NOTES = tuple(Note(f"The canteen is cold, number {number}") for number in range(6))
TWO = Note("The canteen is cold and the night shift has no lamp")


@pytest.fixture
def desk(client):
    return Desk(client)


def url_of(gathering, rest=""):
    return f"/review/gatherings/{gathering.id}/{rest}"


def book_of(gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        return kept.load(gathering.id, master)


def texts(gathering):
    with store.keys.unlock(PASSPHRASE) as master:
        items = store.items.released(gathering.id, master)
    return {item.id: getattr(item.payload, "text", "") for item in items}


def theme_of(gathering, name):
    return next(each for each in book_of(gathering).themes if each.name == name)


def put(desk, gathering, item_id, **fields):
    return desk.follow(url_of(gathering, f"read/{item_id}/theme"), **fields)


def in_theme(gathering, name):
    return {card.item for card in theme_of(gathering, name).cards}


def test_a_name_makes_a_theme_and_its_number_toggles_it(desk):
    gathering = filled(*NOTES)
    first, second, *_ = texts(gathering)
    page = put(desk, gathering, first, name="Canteen")
    assert re.search(r'aria-pressed="true" data-key="1"', page)
    theme = theme_of(gathering, "Canteen")
    put(desk, gathering, second, theme=theme.id)
    assert in_theme(gathering, "Canteen") == {first, second}
    put(desk, gathering, second, theme=theme.id)
    assert in_theme(gathering, "Canteen") == {first}
    put(desk, gathering, second, name="  canteen ")
    assert [each.name for each in book_of(gathering).themes] == ["Canteen"]
    assert in_theme(gathering, "Canteen") == {first, second}


def test_forty_items_go_into_a_theme_with_two_keys_and_come_out_with_one(desk):
    """M marks all that are shown, a digit puts them in; U takes the whole step back."""
    gathering = filled(*(Note(f"note {number}") for number in range(40)))
    first, *_ = texts(gathering)
    put(desk, gathering, first, name="All")
    theme = theme_of(gathering, "All")
    marked = desk.follow(url_of(gathering, f"read/{first}/mark"), how="all")
    assert "40 items are marked" in marked
    put(desk, gathering, first, theme=theme.id)
    assert len(in_theme(gathering, "All")) == 40
    page = desk.follow(url_of(gathering, "undo"), item=first)
    assert "Taken back: themes" in page
    assert in_theme(gathering, "All") == {first}
    desk.follow(url_of(gathering, "redo"))
    assert len(in_theme(gathering, "All")) == 40


def test_shift_extends_from_the_last_mark_over_what_is_shown(desk):
    gathering = filled(*NOTES)
    page = desk.page(url_of(gathering, f"read/{next(iter(texts(gathering)))}"))
    listed = page.split('class="reader__list"')[1].split("</nav>")[0]
    shown = list(dict.fromkeys(re.findall(r"/read/(\w{32})", listed)))
    assert len(shown) == 6
    desk.post(url_of(gathering, f"read/{shown[1]}/mark"), how="one")
    assert "4 items are marked" in desk.follow(url_of(gathering, f"read/{shown[4]}/mark"), how="to")
    put(desk, gathering, shown[0], name="Middle")
    assert in_theme(gathering, "Middle") == set(shown[1:5])
    assert "marked item" not in desk.page(url_of(gathering, f"read/{shown[0]}"))


def test_a_phrase_goes_into_a_theme_and_leaves_with_the_words_it_was_chosen_in(desk):
    """Whoever covers a word changes the text: the whole item stands in the theme then."""
    gathering = filled(TWO, *NOTES)
    item_id = next(key for key, text in texts(gathering).items() if text == TWO.text)
    start = TWO.text.index("the night")
    put(desk, gathering, item_id, name="Nights", start=start, end=len(TWO.text))
    page = desk.page(url_of(gathering, "themes"))
    assert "the night shift has no lamp" in page
    assert "a part of an item" in page
    version = versions(gathering)[item_id]
    desk.post(url_of(gathering, f"read/{item_id}/cover"), version=version, word="0-3")
    page = desk.page(url_of(gathering, "themes"))
    assert "a part of an item" not in page
    assert "[COVERED] canteen is cold and the night shift" in page


def test_an_item_with_two_matters_is_two_cards_and_one_contribution(desk):
    gathering = filled(TWO, *NOTES)
    item_id = next(key for key, text in texts(gathering).items() if text == TWO.text)
    put(desk, gathering, item_id, name="Canteen")
    at = TWO.text.index("and")
    desk.page(url_of(gathering, f"read/{item_id}/part"))
    desk.follow(url_of(gathering, f"read/{item_id}/split"), word=f"{at}-{at + 3}")
    cards = theme_of(gathering, "Canteen").cards
    assert sorted(TWO.text[card.start : card.end] for card in cards) == [
        "The canteen is cold ",
        "and the night shift has no lamp",
    ]
    desk.follow(url_of(gathering, "undo"))
    assert [card.of for card in theme_of(gathering, "Canteen").cards] == [""]


def test_words_that_are_ticked_are_a_phrase(desk):
    gathering = filled(TWO, *NOTES)
    item_id = next(key for key, text in texts(gathering).items() if text == TWO.text)
    place = f"read/{item_id}/part"
    assert "first and the last word" in desk.follow(url_of(gathering, place), name="x")
    desk.follow(url_of(gathering, place), name="Cold", word=["4-11", "15-19"])
    (card,) = theme_of(gathering, "Cold").cards
    assert TWO.text[card.start : card.end] == "canteen is cold"


def test_merged_themes_come_apart_exactly_and_all_of_it_is_taken_back(desk):
    gathering = filled(*NOTES)
    one, two, three, *_ = texts(gathering)
    for item_id, name in ((one, "Food"), (two, "Canteen"), (three, "Canteen")):
        put(desk, gathering, item_id, name=name)
    before = book_of(gathering)
    food, canteen = theme_of(gathering, "Food"), theme_of(gathering, "Canteen")
    desk.follow(url_of(gathering, f"themes/{food.id}/merge"), into=canteen.id)
    assert in_theme(gathering, "Canteen") == {one, two, three}
    assert "Merged from:" in desk.page(url_of(gathering, "themes"))
    desk.follow(url_of(gathering, f"themes/{canteen.id}/unmerge"))
    assert book_of(gathering) == before
    for _ in range(5):
        desk.follow(url_of(gathering, "undo"))
    assert book_of(gathering).themes == ()


def test_a_theme_is_renamed_everywhere_moved_and_split(desk):
    gathering = filled(*NOTES)
    one, two, *_ = texts(gathering)
    put(desk, gathering, one, name="Food")
    put(desk, gathering, two, name="Food")
    put(desk, gathering, two, name="Noise")
    food = theme_of(gathering, "Food")
    desk.follow(url_of(gathering, f"themes/{food.id}/change"), name="Eating",
                meaning="Warm, at night", colour="4")  # fmt: skip
    assert "Warm, at night" in desk.page(url_of(gathering, "themes"))
    taken = desk.follow(url_of(gathering, f"themes/{food.id}/change"), name="noise")
    assert "There is a theme of this name" in taken
    desk.follow(url_of(gathering, f"themes/{food.id}/later"))
    assert [each.name for each in book_of(gathering).themes] == ["Noise", "Eating"]
    desk.follow(url_of(gathering, f"themes/{food.id}/split"), card=[two], split_name="Drinks")
    assert in_theme(gathering, "Eating") == {one}
    assert in_theme(gathering, "Drinks") == {two}
    desk.follow(url_of(gathering, f"themes/{food.id}/transfer"), card=[one],
                into=theme_of(gathering, "Noise").id)  # fmt: skip
    assert in_theme(gathering, "Noise") == {one, two}
    assert "tick a card" in desk.follow(url_of(gathering, f"themes/{food.id}/take"))
    desk.follow(url_of(gathering, f"themes/{food.id}/remove"))
    assert [each.name for each in book_of(gathering).themes] == ["Noise", "Drinks"]
    assert "not there any more" in desk.follow(url_of(gathering, f"themes/{food.id}/remove"))


def test_what_is_in_no_theme_always_shows_and_is_put_by_touch(desk):
    gathering = filled(*NOTES, Silence(Said("tired")))
    ids = list(texts(gathering))
    page = desk.follow(url_of(gathering, "themes/loose"), card=ids[:2], name="Canteen")
    assert in_theme(gathering, "Canteen") == set(ids[:2])
    assert '<span class="soft">5</span>' in page.split('id="loose-title"')[1]


def test_what_is_discarded_or_worries_leaves_the_themes_and_comes_back(desk):
    gathering = filled(*NOTES)
    item_id = next(iter(texts(gathering)))
    put(desk, gathering, item_id, name="Canteen")
    version = versions(gathering)[item_id]
    desk.post(url_of(gathering, f"read/{item_id}/worry"), version=version)
    assert "No card yet" in desk.page(url_of(gathering, "themes"))
    desk.post(url_of(gathering, "undo"))
    assert "No card yet" not in desk.page(url_of(gathering, "themes"))


def test_labels_become_themes_and_stay(desk):
    gathering = filled(*NOTES)
    item_id = next(iter(texts(gathering)))
    version = versions(gathering)[item_id]
    desk.post(url_of(gathering, f"read/{item_id}/label"), version=version, add="Food, Cold")
    assert "Make themes of 2 labels" in desk.page(url_of(gathering, "themes"))
    desk.follow(url_of(gathering, "themes/from-labels"))
    assert in_theme(gathering, "Food") == in_theme(gathering, "Cold") == {item_id}


def test_a_colleague_sees_each_change_and_nobody_overwrites_another(desk):
    gathering = filled(*NOTES)
    one, two, *_ = texts(gathering)
    other = Desk(desk.client.application.test_client())
    other.page(url_of(gathering, "themes"))
    put(desk, gathering, one, name="Canteen")
    assert "Canteen" in other.page(url_of(gathering, "themes"))
    put(other, gathering, two, name="Canteen")
    assert in_theme(gathering, "Canteen") == {one, two}
    assert "stays as it is" in desk.follow(url_of(gathering, "undo"))
    assert in_theme(gathering, "Canteen") == {one, two}


def test_themes_are_carried_and_compared_only_from_k_on(desk):
    """Three spoke of the canteen and one of noise: noise is neither new nor gone."""
    before = filled(*NOTES, title="Spring")
    ids = list(texts(before))
    for item_id in ids[:3]:
        put(desk, before, item_id, name="Canteen")
        put(desk, before, item_id, name="Parking")
    put(desk, before, ids[0], name="Noise")
    now = filled(*NOTES, title="Summer")
    page = desk.follow(url_of(now, "themes/carry"), **{"from": before.id})
    assert {each.name for each in book_of(now).themes} == {"Canteen", "Parking", "Noise"}
    assert all(each.age == 1 for each in book_of(now).themes)
    for item_id in list(texts(now))[:3]:
        page = put(desk, now, item_id, name="Canteen")
        put(desk, now, item_id, name="Lamps")
    put(desk, now, item_id, name="Stairs")
    page = desk.page(url_of(now, "themes"))
    compared = re.sub(r"<[^>]+>|\s+", " ", page.split('id="compared"')[1].split("</dl>")[0])
    told = " ".join(compared.split("promise says.")[1].split())
    assert told == "Heard again Canteen New Lamps Not as often as then Parking"


def test_themes_go_with_their_gathering(desk):
    gathering = filled(*NOTES)
    put(desk, gathering, next(iter(texts(gathering))), name="Canteen")
    assert store.themes.ThemesRow.select().count() == 1
    store.gatherings.purge(gathering.id)
    assert store.themes.ThemesRow.select().count() == 0


def test_what_sees_it_differently_is_marked_and_stands_beside_the_middle(desk):
    """An average swallows small voices: the note farthest from the middle is never last."""
    other = Note("Please leave everything in that hall as my grandmother knew it")
    gathering = filled(*NOTES, other)
    for item_id in texts(gathering):
        put(desk, gathering, item_id, name="Canteen")
    page = desk.page(url_of(gathering, "themes"))
    section = page.split('class="choices"')[1].split("</fieldset>")[0]
    cards = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in section.split("</label>")]
    marked = [at for at, each in enumerate(cards) if "a different view" in each]
    assert any(other.text in cards[at] for at in marked)
    assert max(marked) < 4


def test_an_answer_begins_from_a_theme_and_says_which_have_none(desk):
    """The address names no word; publishing is the second step."""
    gathering = filled(*NOTES)
    put(desk, gathering, next(iter(texts(gathering))), name="Warm food at night")
    page = desk.page(url_of(gathering, "themes"))
    assert "No answer yet, heard in this gathering." in page
    begin = re.search(r'href="([^"]+board/\?theme=\w+)"', page)[1]
    begun = desk.page(begin)
    assert 'value="Warm food at night"' in begun
    assert store.board.of(gathering.id) == ()
    desk.follow(url_of(gathering, "board/"), theme="Warm food at night", answer="From May on.",
                state="done")  # fmt: skip
    assert "No answer yet" not in desk.page(url_of(gathering, "themes"))


def test_the_way_for_newcomers_is_folded_and_each_of_its_links_leads_somewhere(desk):
    """Who knows the way never opens it; who does not sees it on the page of the gathering."""
    gathering = filled(*NOTES)
    page = desk.page(url_of(gathering).rstrip("/"))
    opening, way = page.split("First time?")[0], page.split("First time?")[1].split("</details>")[0]
    assert re.search(r"<details(?![^>]* open)[^>]*>\s*<summary>$", opening)
    links = re.findall(r'href="([^"]+)"', way)
    assert len(links) == 6
    for link in links:
        assert desk.client.get(link, follow_redirects=True).status_code == 200
