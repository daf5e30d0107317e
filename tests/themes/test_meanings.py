"""What words mean, roughly, from the table that ships."""

import random

import numpy as np

from themes import meanings as table
from themes.meanings import meanings, pack
from themes.words import english_of_work

ALIKE = ["It is freezing in the office", "My room is so cold"]
OTHER = "They paid my wages late"
REST = ["The soup has no taste", "Nobody sweeps the stairs", "Printers eat paper", "We park in mud"]


def likeness(one: str, other: str) -> float:
    first, second = meanings([one, other, *REST])[:2]
    return float(first @ second)


def test_texts_without_a_common_word_are_alike_where_their_words_mean_the_same() -> None:
    assert likeness(*ALIKE) > 0.3 > likeness(ALIKE[0], OTHER)


def test_notes_in_other_languages_are_read_by_the_english_word_of_work() -> None:
    for foreign in ("Die Heizung ist kaputt", "La calefacción está rota", "Le chauffage est froid"):
        assert likeness(foreign, "The heating is broken") > 0.2 > likeness(foreign, OTHER)


def test_small_words_which_tell_who_wrote_count_for_nothing() -> None:
    chatty = "It's just that my room is still so very cold"
    plain, same = meanings(["Room cold", chatty, *REST])[:2]
    assert np.allclose(plain, same)
    assert not np.allclose(plain, meanings(["Why is no room cold", *REST])[0])


def test_every_word_of_work_is_in_the_table() -> None:
    words = english_of_work()
    assert len(words) > 80
    assert all(np.abs(meanings([word, *REST])[0]).sum() > 0 for word in words)


def test_a_text_of_unknown_words_means_nothing() -> None:
    unknown, known = meanings(["Xqwzt vbnmq", "The room is cold", *REST])[:2]
    assert not unknown.any()
    assert 0.9 < np.linalg.norm(known) <= 1.001


def test_what_a_text_means_does_not_hang_on_its_place() -> None:
    texts = [*ALIKE, OTHER, *REST]
    mixed = random.Random(1).sample(texts, len(texts))  # noqa: S311  # an order, no secret
    assert mixed != texts
    rows = dict(zip(texts, meanings(texts), strict=True))
    for text, row in zip(mixed, meanings(mixed), strict=True):
        assert np.allclose(row, rows[text], atol=1e-5)


def test_what_is_packed_is_read_again(tmp_path, monkeypatch) -> None:
    rows = np.array([[1.0, 0.0], [0.0, -0.5]], np.float32)
    file = tmp_path / "meanings.bin"
    file.write_bytes(pack(["cold", "pay"], rows))
    monkeypatch.setattr(table, "FILE", file)
    table._table.cache_clear()
    try:
        known = table._table()
    finally:
        table._table.cache_clear()
    found = {int(key): row.tolist() for key, row in zip(known.keys, known.rows, strict=True)}
    assert found == {table._hash("cold"): [127, 0], table._hash("pay"): [0, -64]}
