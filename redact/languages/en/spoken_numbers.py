"""Numbers that point at a person, as they are said: digit by digit, in words, with letters between.

A text is read as a run of number-like tokens ("oh seven seven double oh", "07700 900 123", "J X
fifty-five"). A run of six digits and more is a detail wherever it stands; a shorter one only
after a word that says so (extension, badge, locker, ending). Money, clock times, measures and
years are neither.
"""

from collections.abc import Iterator, Sequence

from redact.languages.en.number_words import (
    AFTER_NUMBER,
    DIGITS,
    FILLERS,
    ID_CUES,
    MEASURES,
    MONEY,
    NATO,
    NUMBER_WORDS,
    PHONE_CUES,
    REPEATS,
    TENS,
    WEAK_CUES,
)
from redact.spans import Kind, Span
from redact.tokens import Token

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
    if tokens[position].lower not in NATO:
        return False
    around = [tokens[i] for i in (position - 1, position + 1) if 0 <= i < len(tokens)]
    return any(
        t.lower in NATO
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
            (token.lower in FILLERS or (token.lower == "no" and digits))
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
    if start and tokens[start - 1].text in MONEY:
        return
    following = tokens[end].lower if end < len(tokens) else ""
    if (following in MEASURES and digits < 7) or following == ":":
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
    return all(len(t.text) == 1 or t.lower in DIGITS or t.lower in NATO for t in run)


def _is_counted(tokens: Sequence[Token], start: int, following: str) -> bool:
    """Say whether a number after a weak cue counts what follows it: "order 9000 boxes"."""
    cue = next((t.lower for t in reversed(tokens[:start]) if t.text[0].isalpha()), "")
    return cue in WEAK_CUES and following.isalpha() and following not in AFTER_NUMBER


def _near(tokens: Sequence[Token], start: int, cues: set[str]) -> bool:
    return any(t.lower in cues for t in tokens[max(0, start - 3) : start])


def _cue(tokens: Sequence[Token], start: int) -> Kind | None:
    """Return what the words before a run say that it is."""
    position = start - 1
    steps = 0
    seen_number_word = False
    while position >= 0 and steps < 7:
        word = tokens[position].lower
        if word in ID_CUES and (steps < 3 or seen_number_word):
            return Kind.ID
        if word in PHONE_CUES and word != "number" and steps < 4:
            return Kind.PHONE
        if word in {"number", "no", "digits"}:
            seen_number_word = True
        elif word not in NUMBER_WORDS:
            return Kind.PHONE if seen_number_word else None
        position -= 1
        steps += 1
    return Kind.PHONE if seen_number_word else None
