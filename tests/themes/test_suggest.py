"""Suggested groups: same texts, same groups; nothing but content words counts."""

import random

import pytest

from themes import Suggestion, suggest, usual_count
from themes.suggest import FEW

BREAKS = [
    "The break is too short on the late shift",
    "We never get our break when the line is late",
    "Our break on the late shift is always cut short",
    "Nobody covers the line, so the break does not happen",
    "A short break on the line would help the late shift",
    "Breaks on the late shift are cut short again",
]
CANTEEN = [
    "The canteen food is cold by one o'clock",
    "Cold soup in the canteen again",
    "Please warm the canteen food",
    "Canteen food arrives cold",
    "The food in our canteen is cold and late",
    "Hot food in the canteen would be nice",
]
PARKING = [
    "There is no parking left in the morning",
    "Parking for bikes near the gate",
    "The parking at the gate is full each morning",
    "Morning parking is a fight at the gate",
    "We need more bike parking by the gate",
    "Parking by the gate is dark in the morning",
]
ALONE = ["Zebras delight Hildegard", "Quixotic umbrellas sing"]
WORDS = [letter * 4 for letter in "abcdefghijklmnopqrstuv"]
ALL = [*BREAKS, *CANTEEN, *PARKING, *ALONE]


def as_texts(found: Suggestion, texts: list[str]) -> tuple[set[frozenset[str]], set[str]]:
    groups = {frozenset(texts[at] for at in group.members) for group in found.groups}
    return groups, {texts[at] for at in found.loose}


def groups_of(texts: list[str], count: int | None = None) -> list[set[str]]:
    found = suggest(texts, groups=count)
    return [{texts[at] for at in group.members} for group in found.groups]


def test_notes_about_one_matter_come_together_and_lone_ones_stay_loose() -> None:
    found = suggest(ALL, groups=3)
    groups, loose = as_texts(found, ALL)
    assert set(ALONE) <= loose
    assert len(groups) == 3
    for matter in (BREAKS, CANTEEN, PARKING):
        assert any(len(group & set(matter)) >= 4 and group <= set(matter) for group in groups)


@pytest.mark.parametrize("seed", range(5))
def test_order_changes_nothing(seed: int) -> None:
    """So groups tell nothing of the order in which people came."""
    mixed = random.Random(seed).sample(ALL, len(ALL))  # noqa: S311  # an order, no secret
    assert mixed != ALL
    first, second = suggest(ALL), suggest(mixed)
    assert as_texts(first, ALL) == as_texts(second, mixed)
    assert [group.name for group in first.groups] == [group.name for group in second.groups]


def test_order_changes_nothing_where_texts_are_many_either() -> None:
    """More than are linked pair by pair: these go another way."""
    many = [f"{text} {word}" for text in ALL for word in WORDS]
    assert len(many) > FEW
    mixed = random.Random(1).sample(many, len(many))  # noqa: S311  # an order, no secret
    first = as_texts(suggest(many), many)
    assert len(first[0]) > 3
    assert first == as_texts(suggest(mixed), mixed)


def test_neither_case_nor_signs_nor_figures_nor_placeholders_count() -> None:
    shouted = [f"{text.upper()}!!! [PERSON {n}] {n}" for n, text in enumerate(ALL)]
    plain = suggest(ALL, groups=3)
    loud = suggest(shouted, groups=3)

    def places(found: Suggestion) -> set[frozenset[int]]:
        return {frozenset(group.members) for group in found.groups}

    assert places(plain) == places(loud)


def test_german_and_english_notes_about_the_same_thing_meet() -> None:
    german = ["Die Pause in der Spätschicht ist zu kurz", "Das Essen in der Kantine ist kalt"]
    groups = groups_of([*ALL, *german], 3)
    home = {text: next((group for group in groups if text in group), set()) for text in german}
    assert home[german[0]] & set(BREAKS)
    assert home[german[1]] & set(CANTEEN)


def test_a_name_holds_words_that_enough_notes_share() -> None:
    found = suggest(ALL, groups=3, threshold=4)
    names = {group.name for group in found.groups}
    assert any("canteen" in name for name in names)
    for group in found.groups:
        for word in filter(None, group.name.split(" · ")):
            assert sum(word in ALL[at].lower() for at in group.members) >= 4
    assert {group.name for group in suggest(ALL, groups=3, threshold=7).groups} == {""}


def test_near_copies_fold_into_a_stack_that_stays_in_one_place() -> None:
    copies = [
        "Our break on the late shift is always cut short!",
        "our break, late shift, cut short",
    ]
    texts = [*ALL, *copies]
    found = suggest(texts, groups=3)
    stack = {texts[at] for at in found.stacks[0]}
    assert stack == {BREAKS[2], BREAKS[5], *copies}
    assert sum(stack <= group for group in as_texts(found, texts)[0]) == 1
    assert suggest([*BREAKS[:2], *CANTEEN], groups=3).stacks == ()


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["only one"], ["a b", "c d"], ["the"] * 9])
def test_few_or_empty_texts_are_no_trouble(texts: list[str]) -> None:
    found = suggest(texts)
    placed = [at for group in found.groups for at in group.members]
    assert sorted([*placed, *found.loose]) == list(range(len(texts)))


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_every_text_is_in_one_group_or_loose(count: int) -> None:
    found = suggest(ALL, groups=count)
    placed = [at for group in found.groups for at in group.members]
    assert sorted([*placed, *found.loose]) == list(range(len(ALL)))
    assert len(found.groups) <= count


def test_the_usual_count_stays_near_the_cube_root() -> None:
    for size in (1, 8, 50, 200, 1_000, 10_000):
        assert size ** (1 / 3) <= usual_count(size) + 0.5 <= 2 * size ** (1 / 3) + 1


def test_near_copies_that_nobody_else_is_like_are_a_group_of_their_own():
    copies = ["The canteen food is cold", "Cold food in the canteen", "Canteen food is cold again"]
    others = [
        "We need more parking spaces",
        "No parking spaces at eight",
        "Parking spaces are full",
    ]
    found = suggest([*copies, *others])
    assert sorted(sorted(each.members) for each in found.groups) == [[0, 1, 2], [3, 4, 5]]
    assert len(suggest([*copies, *others], groups=1).groups) == 1
