"""Numbers that point at a person, in digits or in words: telephone numbers and identifiers.

A text is read as a run of number-like tokens ("oh seven seven double oh", "07700 900 123", "J X
fifty-five"). A run of six digits and more is a detail wherever it stands; a shorter one only
after a word that says so (extension, badge, locker, ending). Money, clock times, measures and
years are neither.
"""

import re
from collections.abc import Iterator, Sequence

from redact.languages.en.number_words import DIGITS, REPEATS, TENS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token, tokenize

_FILLERS = frozenset(words("numbers: fillers"))
_NATO = frozenset(words("numbers: nato"))

_PHONE_CUES = frozenset(words("numbers: phone cues"))
_ID_CUES = frozenset(words("numbers: id cues"))
_NUMBER_WORDS = frozenset(words("numbers: number words"))
_UNITS = frozenset(words("numbers: units"))
_WEAK_CUES = frozenset(words("numbers: weak cues"))
_AFTER_NUMBER = frozenset(words("numbers: words after"))
_MONEY = frozenset("£$€¥₦₹")
_LONG = re.compile(
    r"(?<![\w£$€¥₦₹.,])\+?\(?\d[\d\s().+/-]{4,}\d(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\d%]|[.,]\d)"
)
_ALNUM = re.compile(
    r"(?<![\w£$€¥₦₹@.#-])#?(?=[\w/-]{0,30}\d)(?=[\w/-]{0,30}[A-Za-z])[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+){0,4}(?![\w@]|"
    r"\.\w)"
)
# Groups of capitals and digits after a word that says what they are: "pass LTX 0093 4482".
_CUED_VALUE = re.compile(
    r"(?i:\b(?:badge|pass|licen[cs]e|permit|code|card|ppsn?|passport|visa|ref|"
    r"reference|number|no|id|pin|reg|"
    r"plate|case|ticket|account|policy|vehicle|van|bus|truck|lorry|cab|forklift|"
    r"turbine|unit|asset|key|locker|"
    r"employee|staff|member|registration|serial)\b)\W{0,3}(?i:(?:number|no|is|was|"
    r"id|ref|code)\b)?\W{0,3}"
    r"(?P<value>(?=[A-Z\d _/-]{0,20}\d)[A-Z\d][A-Z\d_/-]{0,14}(?: "
    r"[A-Z\d][A-Z\d/-]{1,9}){0,4})(?![\w@]|\.\w)"
)
_PLAIN_ALNUM = re.compile(
    r"(?i)^(?:\d{1,4}(?:st|nd|rd|th|s|am|pm|hr?s?|hours?|mins?|m|cm|mm|km|kg|g|k|p|"
    r"mb|gb|tb|ml|l|ft|in|x|w|v|amp|mph|d|yo|yrs?|days?|wks?|pc|ish|mg|c|f|b|bn|mil|"
    r"a|e|oz|lbs?|st|inch|ply|hz|kw|kva|t|tonne)|"
    r"[a-z]{1,2}\d{1,2}|\d{1,2}[a-z]|\d+x\d+|x\d+|covid-?19|h1n1|mp[34]|b2b|24/7|"
    r"24-7|9-to-5|v\d+|q[1-4]|windows\d+|office365|o365|\d+-\d+(?:am|pm)|\d+(?:am|"
    r"pm)-\d+(?:am|pm)?|\d+-(?:hour|day|week|month|year|minute|min|tonne|foot|metre|"
    r"point|inch|person|man|page|mile|storey|seater|bed|way|step|pin|ton|a-side|odd|"
    r"litre|watt|stone|strong|something)s?|"
    r"mid-?\d+s?|pre-\d+|post-\d+|under-?\d+s?|over-?\d+s?|\d+-and-\d+|top-?\d+|"
    r"iso-?\d+|en-?\d+|ffp[23]|ps[45]|[a-z]+-\d{1,2}|3d|2d|4g|5g|[34]in1|p\d\d|"
    r"\d+s?/\d+s?)$"
)
_SHAPES = (
    re.compile(
        r"\b(?i:[A-CEGHJ-TW-Z][A-CEGHJ-NP-TW-Z]\s?-?\d\d\s?-?\d\d\s?-?\d\d\s?-?[A-D])\b"
    ),  # NI number
    re.compile(r"\b\d{3}[- ]\d{2}[- ]\d{4}\b"),  # US social security number
    re.compile(r"\b\d{2}-\d{2}-\d{2}\b"),  # UK sort code
    re.compile(r"\b[A-Z]{5}\d{4}[A-Z]\b"),  # Indian PAN
    re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"),  # IBAN
    re.compile(r"\b\d{7}[A-Z]{1,2}\b"),  # Irish PPS number
    re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b"),  # UK vehicle, since 2001
    re.compile(r"\b[A-Z]\d{1,3}\s[A-Z]{3}\b|\b[A-Z]{3}\s\d{1,3}[A-Z]\b"),  # UK vehicle, before
    re.compile(r"\b\d{2,3}-[A-Z]{1,2}-\d{1,6}\b"),  # Irish vehicle
    re.compile(r"\b[A-Z]{2}[ -]?\d{1,2}[ -]?[A-Z]{1,3}[ -]?\d{4}\b"),  # Indian vehicle
    re.compile(
        r"\b[A-Z]{3}[ -]\d{3}[ -]?[A-Z]{2}\b|\bK[A-Z]{2}\s\d{3}[A-Z]\b"
    ),  # Nigerian, Kenyan vehicle
)
_CLOCK = re.compile(
    r"^(?:[01]?\d|2[0-4])[.:]?[0-5]\d\s?(?:-|to|/)\s?(?:[01]?\d|2[0-4])[.:]?[0-5]\d$"
)
_YEARS = re.compile(r"^(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)?\d\d)$")


def written_numbers(text: str) -> Iterator[Span]:
    """Yield telephone numbers and identifiers written with digits."""
    if not any(character.isdigit() for character in text):
        return
    for shape in _SHAPES:
        for match in shape.finditer(text):
            yield Span(match.start(), match.end(), Kind.ID)
    for match in _LONG.finditer(text):
        found = match.group()
        count = sum(c.isdigit() for c in found)
        if (
            count >= 6
            and not _CLOCK.match(found.strip())
            and not _YEARS.match(found.strip())
            and (count > 7 or not _measure_follows(text, match.end()))
        ):
            yield Span(match.start(), match.end(), _kind_of(text, match.start(), found, count))
    for match in _CUED_VALUE.finditer(text):
        value = match["value"]
        if sum(c.isdigit() for c in value) >= 2 and any(c.isalpha() for c in value):
            yield Span(*match.span("value"), Kind.ID)
    for match in _ALNUM.finditer(text):
        found = match.group().lstrip("#")
        if _looks_like_identifier(found):
            yield Span(match.start(), match.end(), Kind.ID)


def _looks_like_identifier(found: str) -> bool:
    digits = sum(c.isdigit() for c in found)
    return (
        len(found) >= 4
        and digits >= 2
        and not _PLAIN_ALNUM.match(found)
        and (digits >= 3 or found.upper() == found)
    )


def _measure_follows(text: str, end: int) -> bool:
    following = re.match(r"\s?([A-Za-z%']+)", text[end : end + 20])
    return bool(following) and following[1].lower() in _UNITS  # type: ignore[index]


def _kind_of(text: str, start: int, found: str, count: int) -> Kind:
    before = {t.lower for t in tokenize(text[max(0, start - 40) : start])}
    if before & (
        _ID_CUES - {"card", "key", "line", "code", "van", "car", "driver"}
    ) and not before & {"mobile", "phone", "ring", "call", "text"}:
        return Kind.ID
    if found.startswith(("+", "0", "(")) and 9 <= count <= 15:
        return Kind.PHONE
    if before & _PHONE_CUES or (count in {10, 7} and re.search(r"[\s.-]", found)):
        return Kind.PHONE
    return Kind.ID


_BETWEEN = 4  # words between a number and another of its kind
_WHOLE_NUMBER = 10  # digits after which a full stop is one
_ANOTHER = frozenset(
    ["not", "or", "and", "but", "it's", "it", "'s", "rather", "than", ",", "/", "now"]
)


def cued_numbers(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield runs of digits, number words and letters that a cue or their length gives away."""
    position = after_last = last_digits = 0
    last_kind = None
    while position < len(tokens):
        if (
            _digits_in(tokens, position)
            or _is_letter(tokens, position)
            or _is_code_word(tokens, position)
        ):
            end, digits, letters, spoken = _run(tokens, position)
            if digits:
                judged = list(_judge(tokens, position, end, digits, letters, spoken=spoken))
                near = last_kind is not None and position - after_last <= _BETWEEN
                between = {t.lower for t in tokens[after_last:position]} if near else {""}
                if judged:
                    after_last, last_digits, last_kind = end, digits, judged[-1].kind
                elif last_kind and digits == last_digits and between <= _ANOTHER:
                    # "extension 4471, not 4417"
                    judged = [Span(tokens[position].start, tokens[end - 1].end, last_kind)]
                    after_last = end
                yield from judged
            position = max(end, position + 1)
        else:
            position += 1


def _digits_in(tokens: Sequence[Token], position: int) -> int:
    """Return how many digits the token at a position stands for."""
    token = tokens[position]
    if token.text.isdecimal():
        return len(token.text)
    if token.lower in REPEATS:
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        return (
            REPEATS[token.lower] - 1
            if (following and DIGITS.get(following.lower, 0) == 1)
            or (following and following.text.isdecimal())
            else 0
        )
    return DIGITS.get(token.lower, 0)


def _is_letter(tokens: Sequence[Token], position: int) -> bool:
    """Say whether a token is a letter by itself, as in a number plate.

    "I" and "a" are only amid others of the run.
    """
    token = tokens[position]
    if token.lower in {"zed", "zee"}:
        return True
    if len(token.text) != 1 or not token.text.isalpha():
        return False
    if token.lower not in {"a", "i"}:
        return (
            position == 0
            or tokens[position - 1].end != token.start
            or tokens[position - 1].text not in "/'"
        )
    following = tokens[position + 1].text if position + 1 < len(tokens) else ""
    if token.text == "A" and following.isdecimal() and len(following) > 2:
        return True
    around = [tokens[i] for i in (position - 1, position + 1) if 0 <= i < len(tokens)]
    return (
        token.text.isupper()
        and all(
            (len(t.text) == 1 and t.text.isalpha())
            or t.lower in DIGITS
            or t.text.isdecimal()
            or t.text in ".,"
            for t in around
        )
        and not any(t.text in ".," for t in around[:1])
    )


def _is_code_word(tokens: Sequence[Token], position: int) -> bool:
    """Say whether a word of the radio alphabet stands beside another, a letter or a digit."""
    if tokens[position].lower not in _NATO:
        return False
    around = [tokens[i] for i in (position - 1, position + 1) if 0 <= i < len(tokens)]
    return any(
        t.lower in _NATO
        or t.lower in DIGITS
        or t.text.isdecimal()
        or (len(t.text) == 1 and t.text.isupper())
        for t in around
    )


def _is_slashed(tokens: Sequence[Token], position: int) -> bool:
    """Say whether an abbreviation such as s/c begins here."""
    return [
        (t.text.isalpha() and len(t.text) == 1) or t.text == "/"
        for t in tokens[position : position + 3]
    ] == [True] * 3 and tokens[position + 1].text == "/"


def _run(tokens: Sequence[Token], start: int) -> tuple[int, int, int, bool]:
    """Return where a run ends, its digits, its letters and whether it holds number words."""
    position = end = start
    digits = letters = 0
    spoken = False
    fillers = 0
    while position < len(tokens):
        token = tokens[position]
        count = _digits_in(tokens, position)
        if count:
            # "fifty-five" is two digits, not three
            previous = tokens[position - 1].lower if position > start else ""
            before = (
                tokens[position - 2].lower
                if previous == "-" and position - 2 >= start
                else previous
            )
            digits += (
                0
                if before in TENS
                and token.lower in DIGITS
                and DIGITS[token.lower] == 1
                and token.lower not in {"oh", "o", "zero"}
                else count
            )
            spoken = spoken or not token.text.isdecimal()
        elif _is_slashed(tokens, position):
            break
        elif _is_letter(tokens, position) or _is_code_word(tokens, position):
            letters += 1
        elif token.lower in {"hundred", "thousand"} and digits:
            digits += 2
        elif letters and token.lower in {"for", "as"} and position + 1 < len(tokens):
            position += 3 if tokens[position + 1].lower == "in" else 2  # C for Charlie, C as in car
            position = end = min(position, len(tokens))
            continue
        elif (
            (token.lower in _FILLERS or (token.lower == "no" and digits))
            and position > start
            and fillers < 4
            and not _sentence_ends(tokens, position)
            and not (token.text == "." and digits >= _WHOLE_NUMBER)
        ):
            fillers += 1
            position += 1
            continue
        else:
            break
        fillers = 0
        position += 1
        end = position
    return end, digits, letters, spoken


def _sentence_ends(tokens: Sequence[Token], position: int) -> bool:
    """Say whether digits end a sentence here and a number word begins the next: "2024. Two"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return (
        tokens[position].text == "."
        and tokens[position - 1].text.isdecimal()
        and following is not None
        and following.text.istitle()
    )


def _judge(
    tokens: Sequence[Token], start: int, end: int, digits: int, letters: int, *, spoken: bool
) -> Iterator[Span]:
    span_start, span_end = tokens[start].start, tokens[end - 1].end
    if start and tokens[start - 1].text in _MONEY:
        return
    following = tokens[end].lower if end < len(tokens) else ""
    if (following in _UNITS and digits < 7) or following == ":":
        return
    kind = _cue(tokens, start)
    if kind is None:
        repeats = any(t.lower in REPEATS for t in tokens[start:end])
        if letters > 1 and digits > 1 and letters + digits > 4 and _is_spelled(tokens, start, end):
            yield Span(span_start, span_end, Kind.ID)
        elif spoken and ((digits >= 6 and end - start >= 5) or (repeats and digits >= 3)):
            yield Span(span_start, span_end, Kind.ID if letters else Kind.PHONE)
        return
    if kind is Kind.ID and not letters and not spoken and _is_counted(tokens, start, following):
        return
    least = 2 if kind is Kind.ID else 3
    if digits + letters >= max(3, least) or (
        digits >= 2 and _near(tokens, start, {"locker", "extension", "ext", "extn"})
    ):
        yield Span(span_start, span_end, kind)


def _is_spelled(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Say whether letters and digits stand one by one: a plate or postcode, H-R-9, 4-Q-Z."""
    run = [t for t in tokens[start:end] if t.text.isalnum()]
    return all(len(t.text) == 1 or t.lower in DIGITS or t.lower in _NATO for t in run)


def _is_counted(tokens: Sequence[Token], start: int, following: str) -> bool:
    """Say whether a number after a weak cue counts what follows it: "order 9000 boxes"."""
    cue = next((t.lower for t in reversed(tokens[:start]) if t.text[0].isalpha()), "")
    return cue in _WEAK_CUES and following.isalpha() and following not in _AFTER_NUMBER


def _near(tokens: Sequence[Token], start: int, cues: set[str]) -> bool:
    return any(t.lower in cues for t in tokens[max(0, start - 3) : start])


def _cue(tokens: Sequence[Token], start: int) -> Kind | None:
    """Return what the words before a run say that it is."""
    position = start - 1
    steps = 0
    seen_number_word = False
    while position >= 0 and steps < 7:
        word = tokens[position].lower
        if word in _ID_CUES and (steps < 3 or seen_number_word):
            return Kind.ID
        if word in _PHONE_CUES and word != "number" and steps < 4:
            return Kind.PHONE
        if word in {"number", "no", "digits"}:
            seen_number_word = True
        elif word not in _NUMBER_WORDS:
            return Kind.PHONE if seen_number_word else None
        position -= 1
        steps += 1
    return Kind.PHONE if seen_number_word else None
