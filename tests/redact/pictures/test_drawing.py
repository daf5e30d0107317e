"""Names and numbers that someone letters into a drawing are found and covered."""

import socket

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from redact import LocalLists, Strength
from redact.pictures import drawing, judge, likely, ocr
from redact.pictures import sheet as sheets
from redact.pictures.addresses import is_address, is_half
from redact.pictures.ink import Strokes, pieces_of_ink
from redact.pictures.meant import leaning
from redact.pictures.misread import (
    fits_listed,
    is_joined_listed,
    is_listed,
    is_near_a_name,
    is_plain,
    may_be_name,
)
from redact.pictures.sheet import Readings, read_sheet, surest_of, turned_upright
from tests.support.places import DATA

FONTS = DATA / "fonts"
PEN = (24, 40, 120)
reader = pytest.mark.skipif(not drawing.can_read(), reason="rapidocr is not installed")


def lettered(*lines: str, font: str = "ComicNeue-Regular.otf", size_px: int = 60) -> np.ndarray:
    """A sheet with a face, a house and some lines of writing."""
    sheet = Image.new("RGB", (1000, 750), "white")
    pen = ImageDraw.Draw(sheet)
    pen.ellipse((750, 450, 950, 650), outline="orange", width=8)
    pen.arc((790, 500, 910, 610), 20, 160, fill="orange", width=8)
    pen.line([(80, 700), (80, 580), (200, 500), (320, 580), (320, 700), (80, 700)], "green", 8)
    face = ImageFont.truetype(FONTS / font, size_px)
    for number, line in enumerate(lines):
        pen.text((80, 50 + 110 * number), line, font=face, fill=PEN)
    return np.asarray(sheet)


def lines_of(pixels: np.ndarray) -> list[ocr.Line]:
    """What is read, line by line from the top."""
    return list(read_sheet(pixels).lines)


def ink_left(pixels: np.ndarray, found: drawing.Writing) -> str:
    """Read the drawing again as it would be kept."""
    kept = Image.fromarray(pixels)
    for x, y, width, height in found.covered:
        ImageDraw.Draw(kept).rectangle((x, y, x + width, y + height), fill="black")
    return "\n".join(line.text for line in lines_of(np.asarray(kept)))


@reader
def test_lettered_details_cannot_be_read_any_more():
    """Whatever the hand: names and numbers are readable before and not after covering."""
    sheet = Image.new("RGB", (1100, 1000), "white")
    hands = sorted(FONTS.glob("*.?tf"))
    for number, hand in enumerate(hands):
        face = ImageFont.truetype(hand, 60)
        words = f"Thomas says no\ncall 07700 90012{number} please"
        ImageDraw.Draw(sheet).multiline_text((60, 20 + 190 * number), words, PEN, face, spacing=20)
    pixels = np.asarray(sheet)
    before = "\n".join(line.text for line in lines_of(pixels)).casefold()
    assert before.count("thomas") == before.count("90012") == len(hands)
    after = ink_left(pixels, drawing.find_writing(pixels)).casefold()
    assert "thomas" not in after
    assert "90012" not in after
    assert after.count("says no") == len(hands)  # what names nobody stays


@reader
def test_a_drawing_without_details_stays_whole():
    """Nothing is covered in a sketch that names nobody, though words stand in it."""
    found = drawing.find_writing(lettered("more light please", "it is too cold"))
    assert found.covered == ()
    assert found.text_outside(()).split("\n") == ["more light please", "it is too cold"]


@reader
def test_a_drawing_without_words_stays_whole():
    """A face and a house are not taken for writing."""
    found = drawing.find_writing(lettered())
    assert (found.covered, found.unread, found.words) == ((), (), ())
    assert drawing.written_details(np.full((50, 50, 3), 255, np.uint8)) == []


@reader
def test_a_misread_name_of_the_local_list_is_covered():
    """A reader takes g for s; who is on the staff list is found all the same."""
    pixels = lettered("Bronash knows")
    assert lines_of(pixels)[0].text == "Bronash knows"
    assert len(drawing.written_details(pixels, lists=LocalLists(staff=("Bronagh Kelly",)))) == 1


def test_unreadable_writing_is_offered_and_covered_when_strict(monkeypatch):
    """Only the visitor knows what a scrawl says; strict kiosks cover it unasked."""
    words = (
        ocr.Word("more", 0, ocr.Box(10, 10, 40, 20), 0.98),
        ocr.Word("light", 5, ocr.Box(60, 10, 50, 20), 0.41),
        ocr.Word("o", 11, ocr.Box(120, 10, 20, 20), 0.3),  # a circle
    )
    line = ocr.Line("more light o", words, ocr.Box(10, 10, 130, 20), 0.7)
    monkeypatch.setattr(ocr, "is_present", lambda: True)
    monkeypatch.setattr(drawing, "read_sheet", lambda _pixels: Readings((line,), ()))
    pixels = np.full((100, 200, 3), 255, np.uint8)
    offered = drawing.find_writing(pixels)
    assert offered.covered == ()
    (box,) = offered.unread
    assert box.x < 60
    assert box.x + box.width > 110
    assert offered.text == "more"
    strict = drawing.find_writing(pixels, strength=Strength.STRICT)
    assert strict.unread == ()
    assert strict.covered == (box,)


@reader
def test_boxes_lie_inside_the_drawing():
    """A word at the edge is covered to the edge and no further."""
    pixels = lettered("Thomas", size_px=260)[:, :800]
    for x, y, width, height in drawing.written_details(pixels):
        assert 0 <= x < x + width <= 800
        assert 0 <= y < y + height <= 750


@reader
def test_words_under_a_cover_are_not_spoken():
    """What the visitor paints over is gone from the words for screen readers as well."""
    pixels = lettered("more light please")
    found = drawing.find_writing(pixels)
    (line,) = found.words
    _, light = line[1]
    assert found.text_outside([light]) == "more please"


@reader
def test_reading_asks_no_other_machine(monkeypatch):
    """The reader could fetch models; it is never let near a socket."""

    def refuse(*_):
        raise AssertionError("a socket was opened")

    ocr._session.cache_clear()
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert lines_of(lettered("hello"))[0].text == "hello"


def test_without_a_reader_nothing_is_claimed(monkeypatch):
    """The preview can then say that names must be covered by hand."""
    monkeypatch.setattr(ocr, "is_present", lambda: False)
    assert drawing.find_writing(lettered("Thomas")) == drawing.Writing(is_readable=False)
    assert drawing.written_details(lettered("Thomas")) == []


def test_capitals_are_tried_as_ordinary_words_with_offsets_unchanged():
    """MARIA in block letters is Maria; mixed writing is left as it is."""
    assert judge._in_ordinary_case("ASK MARIA O'NEIL\nok then") == "Ask Maria O'Neil\nok then"
    assert len(judge._in_ordinary_case("STRAẞE İN")) == len("STRAẞE İN")


@reader
@pytest.mark.parametrize("turned", [1, 2])
def test_a_sheet_may_lie_on_its_side_or_its_head(turned: int):
    """Somebody draws from the other side of the table: the name is covered all the same."""
    found = drawing.find_writing(np.rot90(lettered("ask Thomas please"), turned))
    assert len(found.covered) == 1
    assert sorted(found.text.split()) == ["ask", "please"]


@reader
def test_letters_as_high_as_a_hand_are_read():
    """A thick pen fills the sheet with one name; nothing about it is small print."""
    pixels = lettered("MARLENE", font="ComicNeue-Regular.otf", size_px=220)
    assert drawing.written_details(pixels)


@reader
def test_title_and_initial_are_covered_or_offered_together():
    """ "Dr. K." says who it is to everybody in the ward."""
    found = drawing.find_writing(lettered("Dr. K. never listens"))
    places = [*found.covered, *found.unread]
    assert "never listens" in found.text
    assert len(places) == 2


def test_an_unknown_word_is_offered_and_said_only_if_its_visitor_leaves_it(monkeypatch):
    """What a machine does not know may be a name; only its visitor can tell."""
    words = (
        ocr.Word("more", 0, ocr.Box(10, 10, 40, 20), 0.99),
        ocr.Word("rotta", 5, ocr.Box(60, 10, 60, 20), 0.97),
    )
    line = ocr.Line("more rotta", words, ocr.Box(10, 10, 110, 20), 0.98)
    monkeypatch.setattr(ocr, "is_present", lambda: True)
    monkeypatch.setattr(drawing, "read_sheet", lambda _pixels: Readings((line,), ()))
    found = drawing.find_writing(np.full((100, 200, 3), 255, np.uint8))
    assert len(found.unread) == 1
    assert found.text == "more"
    assert found.text_outside(()) == "more rotta"


@pytest.mark.parametrize("name", ["Bunjamin", "Dorethy", "Michell"])
def test_a_name_read_one_letter_wrong_is_still_a_name(name: str):
    assert may_be_name(name, confidence=0.9)


@pytest.mark.parametrize("word", ["pleaxe", "xouth", "wheve", "peope"])
def test_a_plain_word_read_one_letter_wrong_is_no_name(word: str):
    assert is_plain("please")
    assert not is_plain(word)
    assert not may_be_name(word, confidence=0.9)


@pytest.mark.parametrize(("shorter", "longer"), [(1, 20_000), (31, 9_000), (900, 1440), (30, 40)])
def test_however_thin_a_picture_is_the_detector_looks_at_no_more_of_it(shorter: int, longer: int):
    """It takes whole grains: a line of pixels becomes one of 32 rows, and took gigabytes once."""
    scale = sheets._scale(shorter, longer, sheets.SIZES_PX[0])
    seen = [max(ocr.GRAIN_PX, round(side * scale)) for side in (shorter, longer)]
    assert seen[0] * seen[1] <= 1.05 * sheets.SIZES_PX[0]
    assert scale == pytest.approx(min(1.0, (307_200 / (shorter * longer)) ** 0.5)) or shorter < 32


@reader
def test_places_are_told_in_the_sheets_own_pixels():
    """Whatever copies were read, smaller or turned: a cover lies where the ink is."""
    line = read_sheet(lettered("hello")).lines[0]
    assert line.text == "hello"
    assert 60 < line.box.x < 100
    assert 30 < line.box.y < 90


REPORTED = {  # whole names and numbers of reported sheets, x, y, width, height of their ink
    "big-marker.png": [(70, 180, 1210, 260)],
    "initials.png": [(80, 120, 190, 70), (80, 270, 110, 80)],
    "single-letter.png": [(600, 480, 80, 140)],
    "stacked-vertical.png": [(600, 100, 60, 710)],
    "hand-A112.png": [(40, 240, 1160, 180)],
    "hand-A009.png": [(23, 351, 982, 260)],
    "hand-A029.png": [(641, 120, 586, 262)],
}


@reader
@pytest.mark.parametrize("name", REPORTED)
def test_what_was_reported_is_covered_or_offered(name: str):
    """Nine tenths of the ink of each name and number; all of it was missed or cut once."""
    pixels = np.asarray(Image.open(DATA / "drawn" / name).convert("RGB"))
    found = drawing.find_writing(pixels)
    hidden = np.zeros(pixels.shape[:2], bool)
    for x, y, width, height in (*found.covered, *found.unread):
        hidden[y : y + height, x : x + width] = True
    ink = pixels.min(axis=2) < 150
    for x, y, width, height in REPORTED[name]:
        place = np.s_[y : y + height, x : x + width]
        assert ink[place].sum() > 500
        assert (ink & hidden)[place].sum() > 0.9 * ink[place].sum()


@reader
def test_of_a_number_the_whole_row_is_covered_and_no_known_word():
    """A reader sees a piece of it; strokes that go on in its row belong to it."""
    pixels = lettered("call 0171 2345678 now")
    words = [ocr.Box(78, 50, 88, 70), ocr.Box(555, 50, 102, 70)]
    strokes, piece = Strokes(pixels), ocr.Box(340, 60, 120, 50)
    row = strokes.row(piece, strokes.known(words, [piece]), gap=37)
    ink = np.flatnonzero((pixels[50:130].min(axis=2) < 150).any(axis=0))
    digits = ink[(ink > 170) & (ink < 545)]
    assert 165 < row.x <= digits[0] < digits[-1] <= row.x + row.width < 555


@reader
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_sheet_photographed_sideways_is_turned_upright(turns: int):
    """Its camera noted nothing; the writing tells. A sheet without writing stays as it came."""
    upright = lettered("the canteen is cold", "no light at night")
    assert (turned_upright(np.rot90(upright, turns)) == upright).all()
    drawn = np.rot90(lettered(), turns)
    assert turned_upright(drawn).shape == drawn.shape


@pytest.mark.parametrize("word", ["Heid", "Wacker"])
def test_a_rare_word_a_letter_away_from_a_common_name_is_asked_about(word: str):
    """Readers drop or mistake a letter of Heidi and Walker."""
    assert is_plain(word)
    assert is_near_a_name(word)


@pytest.mark.parametrize("word", ["Stunde", "Morgen", "Light", "matin", "Work", "Chair"])
def test_frequent_words_and_small_letters_are_not_taken_for_a_misread_name(word: str):
    assert is_plain(word)
    assert not is_near_a_name(word)


def test_ink_that_was_not_read_leaves_a_doubt(monkeypatch):
    """Then the preview does not say that no name is there; a plain word alone leaves none."""
    word = ocr.Word("light", 0, ocr.Box(10, 10, 50, 20), 0.99)
    plain = ocr.Line("light", (word,), word.box, 0.99)
    monkeypatch.setattr(ocr, "is_present", lambda: True)
    monkeypatch.setattr(drawing, "read_sheet", lambda _pixels: Readings((plain,), ()))
    pixels = np.full((100, 200, 3), 255, np.uint8)
    pixels[15:25, 15:55] = 0
    assert not drawing.find_writing(pixels).is_doubtful
    pixels[60:80, 100:120] = 0
    assert drawing.find_writing(pixels).is_doubtful


def read_as(monkeypatch, *lines: tuple[str, ocr.Box], sure: float = 0.97) -> drawing.Writing:
    """What becomes of lines that are read so surely, each word in its share of the line."""
    found = []
    for text, box in lines:
        words, at = [], 0
        for part in text.split():
            start = text.index(part, at)
            at = start + len(part)
            left, right = (round(box.width * each / len(text)) for each in (start, at))
            words.append(
                ocr.Word(part, start, ocr.Box(box.x + left, box.y, right - left, box.height), sure)
            )
        found.append(ocr.Line(text, tuple(words), box, sure))
    monkeypatch.setattr(ocr, "is_present", lambda: True)
    monkeypatch.setattr(drawing, "read_sheet", lambda _pixels: Readings(tuple(found), ()))
    return drawing.find_writing(np.full((400, 600, 3), 255, np.uint8))


def test_rain_and_beads_are_no_writing() -> None:
    """One stroke again and again, which a reader takes for "111": it was asked about."""
    board = Image.new("RGB", (1440, 900), "white")
    draw = ImageDraw.Draw(board)
    for step in range(6):
        x, y = 864 + step * 86, 180 + 45 * (step % 2)
        draw.line([(x, y), (x - 43, y + 198)], fill=(30, 80, 170), width=7)
    found = drawing.find_writing(np.asarray(board))
    assert (found.covered, found.unread, found.words) == ((), (), ())
    assert found.is_doubtful


def test_a_number_of_one_digit_is_asked_about_and_goes_with_its_telephone(monkeypatch) -> None:
    assert read_as(monkeypatch, ("111", ocr.Box(100, 100, 90, 40))).unread
    line = "call 07700 900 000", ocr.Box(100, 100, 360, 40)
    covered = read_as(monkeypatch, line, sure=0.6).covered
    assert max(box.x + box.width for box in covered) >= 455


def test_a_plain_word_is_not_covered_for_what_stands_elsewhere_on_the_sheet(monkeypatch):
    """Words on a sheet are no sentence: "Floor" and "change" are nobody, whoever stands below."""
    found = read_as(
        monkeypatch,
        ("Floor", ocr.Box(10, 10, 100, 40)),
        ("change", ocr.Box(300, 100, 120, 40)),
        ("Maria", ocr.Box(20, 200, 120, 40)),
    )
    assert len(found.covered) == 1
    assert found.covered[0].y > 150
    assert found.text_outside(found.covered).split() == ["Floor", "change"]


@pytest.mark.parametrize("word", ["papes", "bebore", "YO", "sytem"])
def test_a_plain_word_with_a_letter_wrong_is_asked_about_and_not_covered(monkeypatch, word: str):
    found = read_as(monkeypatch, (word, ocr.Box(10, 10, 100, 40)))
    assert found.covered == ()
    assert len(found.unread) == 1


def test_a_further_reading_that_is_nearly_on_the_list_covers(monkeypatch):
    """A reader sure of the wrong word has often seen the right one, too."""
    place = ocr.Box(10, 10, 120, 40)
    lines = [
        ocr.Line(text, (ocr.Word(text, 0, place, sure),), place, sure)
        for text, sure in (("wanted", 0.9), ("Vanden", 0.4))
    ]
    monkeypatch.setattr(ocr, "is_present", lambda: True)
    readings = Readings((lines[0],), (lines[1],))
    monkeypatch.setattr(drawing, "read_sheet", lambda _pixels: readings)
    pixels = np.full((100, 200, 3), 255, np.uint8)
    lists = LocalLists(staff=("Vanda Vandens",))
    assert len(drawing.find_writing(pixels, lists=lists).covered) == 1
    assert drawing.find_writing(pixels).covered == ()


@pytest.mark.parametrize(("sure", "times"), [(0.99, 1), (0.8, 4)])
def test_what_was_read_beyond_doubt_is_not_read_again(monkeypatch, sure: float, times: int):
    """Neither the other way up nor where the second copy shows the same place."""
    spot = np.array([[10, 10], [110, 10], [110, 40], [10, 40]], np.float32)
    line = ocr.Line("light", (), ocr.Box(10, 10, 100, 30), sure)
    read = []
    monkeypatch.setattr(ocr, "find_spots", lambda _pixels: [spot])
    monkeypatch.setattr(ocr, "read_spot", lambda _pixels, corners: read.append(corners) or line)
    assert read_sheet(np.full((100, 200, 3), 255, np.uint8)).lines == (line,)
    assert len(read) == times


def test_a_cover_ends_where_a_plain_word_beside_it_begins():
    """Places that were read have room around them, and reach over what stands below or above."""
    pixels = lettered("turn", "0171 2345678")
    turn, number = ocr.Box(70, 40, 160, 110), ocr.Box(70, 80, 420, 190)
    strokes = Strokes(pixels)
    cover = strokes.whole(number, strokes.known([turn], [number]))
    rows = np.flatnonzero((pixels[:, 70:440].min(axis=2) < 150).any(axis=1))
    lines = np.split(rows, np.flatnonzero(np.diff(rows) > 20) + 1)
    assert strokes.whole(number).y < lines[0][-1]
    assert lines[0][-1] < cover.y <= lines[1][0]
    assert cover.y + cover.height > lines[1][-1]


@pytest.mark.parametrize(
    "word", ["kalt", "nachts", "siempre", "bruit", "zawsze", "light", "müde", "Fenêtre", "później"]
)
def test_a_plain_word_of_any_language_needs_no_question(word: str):
    assert is_plain(word)


@pytest.mark.parametrize(
    "name", ["Rosa", "Ernst", "Pierre", "Paz", "Lena", "Ewa", "Jean", "Łukasz", "Jürgen"]
)
def test_a_name_that_is_a_word_somewhere_is_still_asked_about(name: str):
    assert not is_plain(name)


@pytest.mark.parametrize("read", ["01s0n", "ADiU+Olsin", "Bemard", "0lson,", "8ernard"])
def test_a_listed_name_is_known_by_how_its_letters_look(read: str):
    """A reader takes "l" for "1" and "rn" for "m", and glues words together."""
    staff = LocalLists(staff=("Eva Olson", "Bernard"))
    assert is_listed(read, staff)
    assert not is_listed("canteen", staff)


def test_a_name_that_was_read_as_two_words_is_put_together():
    """A wide hand leaves gaps inside a word; two plain words side by side are two words."""
    staff = LocalLists(staff=("Theresa", "Heidi"))
    assert is_joined_listed("HEI", "D", staff)
    assert is_joined_listed("Ther", "eza", staff)
    assert not is_joined_listed("her", "east", staff)


@pytest.mark.parametrize(
    ("word", "is_covered"), [("O79l123", True), ("O7q1I23", True), ("Room12", False)]
)
def test_a_row_of_signs_that_look_like_digits_is_a_number(word: str, *, is_covered: bool):
    assert judge.is_number(word) is is_covered


def test_left_ink_is_told_in_pieces_without_large_shapes():
    """Small strokes near one another are a piece; what was read and large shapes are in none."""
    pixels = np.full((400, 600, 3), 255, np.uint8)
    for left in (20, 45, 70, 400):
        pixels[50:70, left : left + 12] = 0
    pixels[150:390, 100:104] = pixels[150:154, 100:400] = 0  # a corner, far higher than writing
    pieces = pieces_of_ink(pixels, [], highest=96, gap=25, least=150, most=9)
    assert pieces == [ocr.Box(20, 50, 62, 20), ocr.Box(400, 50, 12, 20)]
    read = [ocr.Box(390, 40, 40, 40)]
    assert pieces_of_ink(pixels, read, highest=96, gap=25, least=150, most=9) == pieces[:1]


@reader
def test_what_neither_small_copy_shows_is_looked_at_as_large_as_it_is(monkeypatch):
    """Small strokes that the first looks missed are read all the same; large shapes are not."""
    pixels = lettered("Ask Thomas why", size_px=30)
    monkeypatch.setattr(sheets, "_looked_at_small", lambda _pixels: [])
    assert "Ask Thomas why" in [line.text for line in lines_of(pixels)]
    assert len(drawing.find_writing(pixels).covered) == 1


def seen(*columns: str) -> np.ndarray:
    """What a reader saw: in each column each sign of a string, the first one likeliest."""
    signs = ocr.alphabet()
    likely_signs = np.full((len(columns), len(signs)), 1e-6, np.float32)
    for row, column in zip(likely_signs, columns, strict=True):
        for place, sign in enumerate(column):
            row[signs.index(sign.replace("_", ""))] = 0.9 * 0.3**place
    return likely_signs


def as_word(text: str, likely_signs: np.ndarray, sure: float = 0.8) -> ocr.Word:
    return ocr.Word(text, 0, ocr.Box(0, 0, 100, 30), sure, likely_signs)


@reader
def test_a_listed_name_is_asked_for_in_what_was_seen():
    """The best reading is "Yaua"; each letter of Laura was seen, too, and of Pedro none."""
    yaua = as_word("Yaua", seen("YL", "a", "_", "ur", "_u", "_r", "a"))
    fits = likely.fit(yaua.likely, ["laura", "pedro"])
    assert fits[0] > -6
    assert fits[1] < -20
    assert fits_listed(yaua, LocalLists(staff=("Laura Stone",)))
    assert not fits_listed(yaua, LocalLists(staff=("Pedro Stone",)))


@reader
def test_a_listed_name_gives_way_to_a_frequent_word_that_fits_better():
    """ "please" is not Pleasa, whoever works here."""
    please = as_word("please", seen("p", "l", "e", "a", "s", "ea"))
    assert not fits_listed(please, LocalLists(staff=("Pleasa Smith",)))
    assert fits_listed(as_word("Pleasa", seen("P", "l", "e", "a", "s", "ae")),
                       LocalLists(staff=("Pleasa Smith",)))  # fmt: skip


@reader
def test_what_was_seen_leans_to_a_name_or_to_a_plain_word():
    """ "Matin" with an "r" seen in it is Martin; "wheve" is where."""
    name, plain = leaning(as_word("Matin", seen("M", "a", "_r", "t", "i", "n")))
    assert name > plain + 1
    name, plain = leaning(as_word("wheve", seen("w", "h", "e", "vr", "e")))
    assert plain > name + 1


@reader
@pytest.mark.parametrize("read", ["ursulaCpost.eu", "t.lauraCpostou"])
def test_an_address_whose_at_was_read_as_a_letter_is_covered(monkeypatch, read: str):
    found = read_as(monkeypatch, (read, ocr.Box(10, 10, 400, 40)))
    assert len(found.covered) == 1


@pytest.mark.parametrize("word", ["Canteen", "McDonald", "weekend"])
def test_a_capital_alone_makes_no_address(word: str):
    assert not is_address(word)


def test_of_two_ways_up_the_one_of_the_sheet_is_believed():
    """Alone the reading upside down would be the surer one."""

    def line(text: str, y: int, sure: float, turns: int) -> ocr.Line:
        return ocr.Line(text, (), ocr.Box(10, y, 100, 30), sure, turns)

    upright, other = line("Walker", 100, 0.68, 0), line("rprMond", 100, 0.7, 2)
    assert surest_of([upright, other]).lines == (other,)
    rest = [line("light", 10, 0.9, 0), line("please", 200, 0.95, 0)]
    assert surest_of([upright, other, *rest]).lines == (rest[0], upright, rest[1])


def test_a_cover_takes_no_drawing_along_that_touches_its_word():
    """A line from a name down to a picture is one stroke with it; tails of letters still go."""
    pixels = np.full((600, 600, 3), 255, np.uint8)
    pixels[100:140, 100:300] = 0
    pixels[140:160, 120:126] = 0
    word = ocr.Box(95, 95, 210, 50)
    tail = Strokes(pixels).whole(word)
    assert tail.y + tail.height >= 160
    pixels[140:560, 290:296] = 0
    assert 160 <= Strokes(pixels).whole(word).y + Strokes(pixels).whole(word).height < 220


def test_a_plain_word_that_was_read_beyond_doubt_is_not_weighed(monkeypatch):
    """On a page of print the weighing took a third of the time, and changed nothing."""
    asked = []
    monkeypatch.setattr(judge, "leaning", lambda word: asked.append(word.text) or (0.0, 0.0))
    blank = judge.Judge(Readings((), ()), LocalLists(), Strength.STANDARD)
    for sure in (0.9, 0.99):
        blank._verdict(ocr.Word("window", 0, ocr.Box(0, 0, 9, 9), sure), "", "")
    assert asked == ["window"]


def said_words(*told: tuple[str, ocr.Box]) -> Readings:
    """Lines of one word each."""
    return Readings(
        tuple(ocr.Line(text, (ocr.Word(text, 0, box, 0.8),), box, 0.8) for text, box in told), ()
    )


def test_an_address_in_pieces_is_covered_whole_and_no_word_beside_it(monkeypatch):
    """A lost "@" leaves two places; what stands close is the rest, a plain word is not."""
    read = said_words(
        ("o.palel", ocr.Box(100, 100, 220, 60)),
        ("xupo", ocr.Box(330, 100, 90, 60)),
        ("window", ocr.Box(440, 100, 200, 60)),
        ("xupo", ocr.Box(100, 300, 90, 60)),
    )
    monkeypatch.setattr(drawing, "read_sheet", lambda _pixels: read)
    pixels = np.full((500, 800, 3), 255, np.uint8)
    for line in read.lines:
        pixels[line.box.y + 10 : line.box.y + 50, line.box.x + 5 : line.box.x + 15] = 0
    found = drawing.find_writing(pixels)
    covered = [any(box.x <= line.box.x + 10 < box.x + box.width
                   and box.y <= line.box.y + 30 < box.y + box.height
                   for box in found.covered) for line in read.lines]  # fmt: skip
    assert covered == [True, True, False, False]


@pytest.mark.parametrize("core", ["7.30", "12.45h", "window", "o.k", "1.11"])
def test_a_dot_between_digits_or_in_little_makes_no_half_address(core: str):
    assert is_half("o.palel")
    assert is_half("pool.cm")
    assert not is_half(core)
