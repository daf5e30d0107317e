"""What the model's guesses come to.

Details it is sure of, names in disguise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from redact.languages.en.lexicon import look_up
from redact.languages.en.number_words import DIGITS
from redact.languages.en.untidy.names import certain_names, is_no_word
from redact.languages.en.untidy.slips import is_slip
from redact.languages.en.vocabulary import words
from redact.languages.language import Guess
from redact.spans import Kind, Span
from redact.tokens import Token, tokenize

# Words that hardly ever are a detail by themselves; the model must be surer of them.
PLAIN = frozenset((*words("names: plain"), *words("names: languages")))
_PLAIN_THRESHOLD = 0.7
_DOUBTFUL = 0.5  # below it a single word needs more than the model's opinion
_SURE = 0.85  # above it, doubtful words beside it do not belong to it
_QUITE_SURE = 0.9  # what it takes for an everyday word whose sentence gives it the capital
_NEAR_SITES = 6.0  # where a site or an account is spoken of, handles are so much likelier
_GIVEN = 5  # `Entry.given` of a word that people are called
_OFTEN = 8  # `Entry.word` of words in use every day
LOOSE = frozenset([Kind.PERSON, Kind.LOCATION, Kind.ORG, Kind.ROLE])
_NO_AGE_AFTER = frozenset(words("names: no age after"))
_LINKS = frozenset(["is", "was", "'s", "at", "only", "now", "just", "about", "to"])
_PRAISE = frozenset(words("names: praise"))  # "the nicest crew", "some poor bloke"
_COUNTED = frozenset(words("numbers: units"))
_COUNTED_PLACES = frozenset(words("names: counted places"))  # aisle three is no room
_OF_SITES = frozenset((*words("handles: sure sites"), *words("handles: near")))
_PARTS_OF_TITLES = frozenset(["of", "for", "and", ","])
_OF_MANY = frozenset(words("roles: of many"))  # jobs that several do wherever they are done
_OF_NURSES = frozenset(words("roles: nurses of many"))
_ALONE = frozenset(["head", "chief", "deputy", "lead", "principal", "only", "sole", "senior"])
_SIZE = re.compile(r"(?i)\d{1,4}(?:am|pm|p|k|kg|g|ml|cm|mm|m|mph|ft|x)|x{0,4}[sl]|xx?|\d?xl")
_TITLES = frozenset(words("class: title"))
_RANKS = frozenset(words("names: ranks"))
_NOT_OF_NAMES = _TITLES | _RANKS | frozenset(words("names: greetings"))
# Words of a sentence that goes on behind an address: "Nether Lane took 3 hrs".
_OF_SENTENCES = frozenset(
    (*words("names: acts"), *words("class: be"), *words("class: pron"), "there", "finish")
) - {"left", "one", "may", "us"}
_NEVER = frozenset(words("names: never"))  # in no name, even where the model thinks so
_LEET = str.maketrans("0134578@$!|+", "oieastbasiit")
_DISGUISED = re.compile(
    r"(?<![\w@./:-])(?=[\w@$!|+]{0,20}[A-Za-z])(?=[\w@$!|+]{0,20}[0-9@$!|+])[A-Za-z0-9@$!|+]{3,20}(?![\w@./:-])"
)
_SPACED = re.compile(
    r"(?<![\w'])(?:(?i:double|triple) )?[^\W\d_]"
    r"(?:(?:[ .\-_*·]|, |\. | - )(?:(?i:double|triple) )?[^\W\d_]){2,20}(?![^\W_]|'[a-z])"
)
_REPEATED = re.compile(r"(double|triple) (\w)", re.IGNORECASE)
_INITIALS = re.compile(r"(?<![\w.&])(?:[A-Z]\.[ ]?){2,4}(?![\w&])")
_NOT_INITIALS = frozenset(words("names: not initials"))
_NOT_SPELLED = frozenset(words("names: not spelled"))


def likely(
    tokens: Sequence[Token], guesses: Sequence[Guess], least: Mapping[Kind, float]
) -> Iterator[Span]:
    """Yield the runs of words that belong to a detail with at least the probability of its kind."""
    position = 0
    while position < len(tokens):
        if not _may_be(tokens[position], guesses[position], least):
            position += 1
            continue
        end = position + 1
        while (
            end < len(tokens)
            and _may_be(tokens[end], guesses[end], least)
            and guesses[end].kind is guesses[position].kind
        ):
            end += 1
        first, last = _core(guesses, position, end)
        first, last = _trimmed(tokens, first, last)
        if guesses[position].kind in {Kind.ORG, Kind.ROLE}:
            first, last = _without_loose_ends(tokens, guesses, first, last)
        if guesses[position].kind is Kind.PERSON and first < last:
            first = _after_titles(tokens, first, last)
            last = _before_plain_words(tokens, first, last)
        surest = max(g.probability for g in guesses[position:end])
        kind = guesses[position].kind
        parts = _clauses(tokens, first, last) if kind is Kind.ADDRESS else ((first, last),)
        for begun, ended in parts:
            if begun < ended and _holds(tokens, begun, ended, kind, surest):
                stop = tokens[_to_the_end_of_the_word(tokens, ended) - 1].end
                yield Span(tokens[begun].start, stop, kind)
        position = end


def _clauses(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of an address that words of a sentence part; of two, those with a capital."""
    parts, begun = [], first
    for at in range(first, last):
        if tokens[at].text.islower() and tokens[at].lower in _OF_SENTENCES:
            parts.append((begun, at))
            begun = at + 1
    parts.append((begun, last))
    for part in parts:
        if len(parts) == 1 or any(token.text[0].isupper() for token in tokens[slice(*part)]):
            yield _trimmed(tokens, *part)


def _may_be(token: Token, guessed: Guess, least: Mapping[Kind, float]) -> bool:
    if guessed.kind is Kind.PERSON and token.lower in _NEVER:  # but "I asked Will"
        if look_up(token.lower).given < _GIVEN or not token.text.istitle():
            return False
        return guessed.probability >= (_DOUBTFUL if token.opens else least[guessed.kind])
    return guessed.probability >= least[guessed.kind]


def near_sites(tokens: Sequence[Token], guesses: Sequence[Guess]) -> list[Guess]:
    """Return the guesses for a text that speaks of a site, where handles are to be expected."""
    return [
        guessed._replace(probability=min(1.0, guessed.probability * _NEAR_SITES))
        if guessed.kind is Kind.USERNAME and token.lower not in PLAIN | _OF_SITES
        else guessed
        for token, guessed in zip(tokens, guesses, strict=True)
    ]


def _core(guesses: Sequence[Guess], first: int, last: int) -> tuple[int, int]:
    """Leave out words at the ends that are unlikely beside a sure middle.

    Names bleed less than numbers and addresses do, and a piece of them tells more.
    """
    if guesses[first].kind in LOOSE or max(g.probability for g in guesses[first:last]) < _SURE:
        return first, last
    while guesses[first].probability < _DOUBTFUL:
        first += 1
    while guesses[last - 1].probability < _DOUBTFUL:
        last -= 1
    return first, last


def _without_loose_ends(
    tokens: Sequence[Token], guesses: Sequence[Guess], first: int, last: int
) -> tuple[int, int]:
    """Leave out praise before a title or a team, and a verb after it: "head of dining walked"."""
    while last - first > 1 and tokens[first].lower in _PRAISE:
        first += 1
    surest = max((g.probability for g in guesses[first:last]), default=0.0)
    while (
        surest > _SURE
        and guesses[first].kind is Kind.ROLE
        and last - first > 1
        and guesses[last - 1].probability < _DOUBTFUL
        and tokens[last - 1].text.endswith(("ed", "ies"))  # hardly a noun
    ):
        last -= 1
    return first, last


def _after_titles(tokens: Sequence[Token], first: int, last: int) -> int:
    """Leave "Dr.", "Sister" and "hiya" before a name out, but not a title that is all there is."""
    name = first
    while name < last and (tokens[name].lower in _NOT_OF_NAMES or tokens[name].text == "."):
        name += 1
    return name if name < last or tokens[first].lower in _RANKS else first


def _before_plain_words(tokens: Sequence[Token], first: int, last: int) -> int:
    """Leave out a plain word in small letters after a listed name: "the boxes bronwen packed"."""
    if look_up(tokens[first].lower).given < 4:
        return last
    while last - first > 1 and tokens[last - 1].text.islower():
        entry = look_up(tokens[last - 1].lower)
        if entry.word < _OFTEN or entry.given > 2 or entry.surname > 1:
            break
        last -= 1
    return last


def _holds(tokens: Sequence[Token], first: int, last: int, kind: Kind, probability: float) -> bool:
    """Say whether a run can be what the model says: not a lone letter, hardly a plain word."""
    if last - first == 1 and len(tokens[first].text) == 1:
        return _signs(tokens, first)
    if last - first == 1 and tokens[first].opens and probability < _QUITE_SURE:
        entry = look_up(tokens[first].lower)
        if entry.word and entry.given < 3 and entry.surname < 4:
            return False  # any word has a capital there
    if last - first == 1 and probability < _DOUBTFUL:
        entry = look_up(tokens[first].lower)
        if (entry.word and entry.given < 3) or (
            kind is Kind.AGE and tokens[first].text.isdecimal()
        ):
            return False
    if _cannot_be(tokens, first, last, kind):
        return False
    return probability > _PLAIN_THRESHOLD or any(t.lower not in PLAIN for t in tokens[first:last])


def _cannot_be(tokens: Sequence[Token], first: int, last: int, kind: Kind) -> bool:
    """Say whether the words alone rule the model's kind out."""
    if kind is Kind.AGE:
        before = next((t.lower for t in reversed(tokens[:first]) if t.lower not in _LINKS), "")
        return before in _NO_AGE_AFTER or _counts_something(tokens, last)
    if kind is Kind.URL:
        return tokens[last - 1].end - tokens[first].start < 6
    if kind is Kind.ROLE:
        return _is_of_many(tokens, first, last)
    if kind is Kind.LOCATION and (
        _counts_places(tokens, first, last)
        or (last - first == 1 and tokens[first].text.isdecimal())
    ):
        return True
    return last - first == 1 and bool(_SIZE.fullmatch(tokens[first].text))  # 7am, 50p, XXL


def _is_of_many(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether a title is that of several people: "the healthcare assistants", "scrub nurse"."""
    within = {t.lower for t in tokens[first:last]}
    end = tokens[last - 1].lower
    is_nurse = end == "nurse" and bool(within & _OF_NURSES)
    if (end in _OF_MANY or is_nurse) and not within & (_ALONE | _PARTS_OF_TITLES):
        return not {t.lower for t in tokens[max(0, first - 2) : first]} & _ALONE
    return end.endswith("s") and not end.endswith("ss") and not within & _PARTS_OF_TITLES


def _counts_places(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether a place is one of many of a kind that has no walls: "lane two", "aisle 9"."""
    number = tokens[last - 1]
    before = tokens[last - 2].lower if last > 1 else ""
    return (
        last - first <= 2
        and (number.text.isdecimal() or number.lower in DIGITS)
        and before in _COUNTED_PLACES
    )


def _counts_something(tokens: Sequence[Token], end: int) -> bool:
    """Say whether a number counts what follows it: twenty-six years here, but not years old."""
    following = [t.lower for t in tokens[end : end + 3] if t.text != "-"]
    is_age = following[1:2] in (["old"], ["olds"], ["young"]) or following[1:3] == ["of", "age"]
    return following[:1] != ["of"] and bool(_COUNTED & set(following[:1])) and not is_age


def certain(tokens: Sequence[Token], guesses: Sequence[Guess], least: float) -> Iterator[Span]:
    """Yield words that the lists know as given names and as nothing else.

    Where the place is none for a name, it takes a word that can hardly be anything else, and a
    redactor (`least`) that does not ask for more.
    """
    for position, entry in certain_names(tokens):
        token, guessed = tokens[position], guesses[position]
        if token.lower in PLAIN:
            continue
        is_tidy = not entry.word and token.text[0].isupper()
        needed = least / 5 if is_tidy else max(least, _DOUBTFUL) if is_slip(token) else least
        if guessed.probability >= needed or (least < _DOUBTFUL and is_no_word(token.lower, entry)):
            yield Span(token.start, token.end, Kind.PERSON)


def _signs(tokens: Sequence[Token], position: int) -> bool:
    """Say whether a letter alone is somebody's initial: it stands as a sentence."""
    following = tokens[position + 1].text if position + 1 < len(tokens) else "."
    return tokens[position].text.isupper() and following == "." and tokens[position].opens


def _to_the_end_of_the_word(tokens: Sequence[Token], last: int) -> int:
    """Take in the second half of a hyphenated name (Shu-fen), but not of a word (Ravi-style)."""
    if (
        last + 1 < len(tokens)
        and tokens[last].text == "-"
        and tokens[last - 1].end == tokens[last].start
    ):
        half = tokens[last + 1]
        if (
            half.start == tokens[last].end
            and half.text.isalpha()
            and (half.text[0].isupper() or look_up(half.lower).word < 8)
        ):
            return last + 2
    return last


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Leave out signs and possessives at the ends of a run."""
    while first < last and (
        (not tokens[first].text[0].isalnum() and tokens[first].text not in {"@", "+", "#"})
        or tokens[first].lower in {"ext", "extension", "tel", "mob", "locker", "badge"}
    ):
        first += 1
    if [t.text for t in tokens[first + 1 : first + 2]] == ["/"] and len(tokens[first].text) == 1:
        first = min(first + 3, last)  # s/c before a sort code
    while first < last and (not tokens[last - 1].text[0].isalnum()):
        last -= 1
    return first, last


def disguised(text: str) -> Iterator[Span]:
    """Yield names with digits or signs for letters, or with a blank after each letter."""
    for match in _DISGUISED.finditer(text):
        if match.group().rstrip("!|+").isalpha():
            continue  # "let me!"
        plain = match.group().lower().translate(_LEET)
        if plain.isalpha() and _is_name(plain):
            yield Span(match.start(), match.end(), Kind.PERSON)
    for match in _SPACED.finditer(text):
        spelled = re.sub(r"(?<=\w)[,.]? (?:I|a)$", "", match.group())
        plain = _REPEATED.sub(lambda m: m[2] * (2 if m[1][0] in "dD" else 3), spelled)
        letters = re.sub(r"[^a-z]", "", plain.lower())
        if len(letters) < 3 or letters in _NOT_SPELLED:
            continue
        before = [t.lower for t in tokenize(text[max(0, match.start() - 40) : match.start()])][-4:]
        entry = look_up(letters)
        cued = bool({"spelled", "spelt", "spelling", "spell", "name", "letters"} & set(before))
        if cued or max(entry.given, entry.surname) >= 3 or (len(letters) >= 4 and not entry.word):
            yield Span(match.start(), match.start() + len(spelled), Kind.PERSON)


def initials(text: str) -> Iterator[Span]:
    """Yield people who are named by their initials alone: "J.P. knows"."""
    for match in _INITIALS.finditer(text):
        letters = re.sub(r"[^a-z]", "", match.group().lower())
        if letters not in _NOT_INITIALS:
            yield Span(match.start(), match.start() + len(match.group().rstrip()), Kind.PERSON)


def _is_name(word: str) -> bool:
    entry = look_up(word)
    return max(entry.given, entry.surname) >= 4 and entry.word < 9
