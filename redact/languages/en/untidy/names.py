"""Names where hurried people leave them, found by their place alone or by the lists alone.

At the end of a note ("ta, moz"), as the whole of it ("Kam"), as a byname that does something
("Lofty signs for parcels"), as two letters from a department ("DW from packing"), and with a star
in place of a letter ("D*rota").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from redact.languages.en.features import CLASS_OF, known
from redact.languages.en.lexicon import Entry, look_up
from redact.languages.en.untidy.nearest import nearest
from redact.languages.en.untidy.style import capitals
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_FAREWELLS = frozenset(words("names: farewells"))
_GREETINGS = frozenset(words("names: greetings"))
_ADDRESSED = frozenset(words("names: addressed"))
_BYNAMES = frozenset(words("names: bynames"))
_DOES = frozenset(words("names: does"))
_HARMLESS = frozenset(
    word
    for kind in ("brands", "abbreviations", "departments")
    for word in words(f"harmless: {kind}")
)
# Words that are in a list of names, and mostly none.
_THINGS_TOO = frozenset(words("names: things too"))
NOT_CERTAIN = (_HARMLESS | frozenset(CLASS_OF) | frozenset(words("harmless: things"))) - _THINGS_TOO
_ARTICLES = frozenset(["the", "a", "an", "this", "that", "our", "your", "new", "another"])
# Words of dialects, each with the word that it stands for.
DIALECT = dict(zip(words("reading: dialect")[::2], words("reading: dialect")[1::2], strict=True))
# The same for words that are names, too: read so only beside another word of a dialect.
_DIALECT_NAMES = dict(
    zip(words("reading: dialect names")[::2], words("reading: dialect names")[1::2], strict=True)
)
_STARRED = re.compile(
    r"(?<![\w*])(?=\w{0,12}\*)[A-Za-z]{1,12}(?:\*{1,2}[A-Za-z]{1,12}){1,2}(?![\w*])"
)
_TWO_LETTERS = re.compile(r"(?:^|[.!?\n]\s?)(?P<initials>[A-Z]{2})(?=\s(?:from|off)\s[a-z])")
_PEOPLE = (
    r"(?:man|woman|bloke|guy|chap|lad|lass|boy|girl|lady|fella|fellow|one|geezer|dude|person|"
    r"colleague|driver|porter|nurse|manager|supervisor|boss|foreman|trainee|apprentice|cleaner)"
)
_CALLED = re.compile(
    rf"\b{_PEOPLE}\s(?:(?:that\s|who\s)?(?:they|we|you|everyone|everybody|people)(?:\sall)?\scalls?|"
    r"(?:who|that)\s(?:goes\sby|calls\s(?:himself|herself))|(?:named|nicknamed|called|known\sas))\s"
    r"[\"']?(?P<name>[a-z]{3,20})\b(?![\"']?\s(?:and\s)?(?:me|us|him|her|them|you|in|by|out|off|back|"
    r"up|to|at|for|on|over|when|if|about|names?)\b)",
    re.IGNORECASE,
)
# "Ginger they call him", "Lovely is her real name"
_TOLD = re.compile(
    r"(?:^|[.!?;:,]\s)(?P<name>[a-z]{3,15})\s(?:(?:they|we|everyone|everybody)\s(?:all\s)?call\s(?:him|her)\b"
    r"|(?:is|was)\s(?:his|her|my|your)\s(?:real|first|last|given|maiden|actual|proper)\sname\b)",
    re.IGNORECASE,
)
# "We call him Choirboy", "they all called her jools", "he said call me skip"
_NAMED_SO = re.compile(
    r"\b(?:(?:they|we|you|i|everyone|everybody|people)(?:\sall)?\scall(?:ed)?\s(?:him|her)|call\sme)\s"
    r"[\"']?(?P<name>[a-z]{3,20})\b(?=[\"']?(?:\s?[.,;!?)]|\s(?:and|but|cos|because|since)\b|$))",
    re.IGNORECASE,
)
# "can faith train me", "hope is on my shift": names that are words, where only a person does so
_DOING = (
    r"(?:know|say|tell|ask|think|want|need|get|give|take|make|come|go|leave|keep|stop|start|train|help|work|do|"
    r"have|swap|cover|sort|sit|stay|see|show|talk|speak|bring|finish|use|put|let|try|run|call|ring|look|sign)"
)
_AT_WORK = (
    r"(?:on\s(?:my|our|nights|days|lates|earlies|shift|holiday|leave|reception|duty|the\s(?:till|desk|rota|line|bank))|"
    r"off\s(?:sick|today|tomorrow|tonight|again)|leaving|covering|in\s(?:today|tomorrow|tonight))"
)
_PERSONS_DO = re.compile(
    rf"(?:(?:^|[.!?,;]\s|\b(?:so|and|but|when|why|how|if)\s)(?:can|could|does|did|would|should|why\sdoes)\s"
    rf"(?P<asked>[a-z]{{3,12}})\s{_DOING}\b|(?:^|[.!?,;]\s|\b(?:when|if|because|cos|cause|while|and)\s)"
    rf"(?P<works>[a-z]{{3,12}})(?:\sis|\swas|'s)\s{_AT_WORK}\b)",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    ["that", "this", "what", "which", "it", "and", "but", "not", "nor", "here", "there"]
)
_NOT_CALLED = frozenset(words("names: not called"))
_SPEAKING = re.compile(
    r"(?:^|[.!?,;]\s|\b(?:and|then|but|so|know|because|cause|when|like|well|if|that)\s)(?P<name>[a-z]{3,12})\s"
    r"(?:says|said|tells|told|asks|asked|reckons|reckoned|shouts|shouted|"
    r"(?:goes|comes|went|came|turns|turned)\s(?:and|round\sand|up\sand)\s[a-z]+)\b(?!\s(?:by|to\sbe)\b)"
)
_NAMES_TOO = frozenset(words("names: words too"))
_SLIGHT = frozenset("sdtk")  # slips that make a listed but rare name likelier a misspelled word
_FREQUENT = 9  # `Near.frequency` of words that are misspelled every day
_LONGEST_NOTE = 2
_STRETCHED = re.compile(r"\b(?=\w{0,20}?([a-z])\1\1)[a-z]{5,24}\b", re.IGNORECASE)
_HELD = re.compile(r"([a-z])\1{2,}")
_SHORT = 3  # letters of a name that is too short to be told from a shout
_IN_EVERY_NOTE = 12  # and of those that very common surnames are misspelled from
_UNCOMMON = 2  # `Entry.word` below which a word says nothing of anybody
_VERY_MANY = 6  # `Entry.surname` of names that very many people have
_MANY = 5  # `Entry.given` of names that many people have


def untidy_names(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield names that only their place gives away."""
    yield from _signed(tokens)
    yield from _greeted(tokens)
    yield from _alone(tokens)
    for position, token in enumerate(tokens[:-1]):
        if token.lower in _BYNAMES and token.opens and tokens[position + 1].lower in _DOES:
            yield Span(token.start, token.end, Kind.PERSON)


def _signed(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the last word of a note after a farewell: "ta, moz"."""
    last = len(tokens)
    while last and (
        not tokens[last - 1].text[0].isalnum() or tokens[last - 1].lower in {"x", "xx"}
    ):
        last -= 1
    before = last - 2
    while before > 0 and tokens[before].text in ",.!-\n":
        before -= 1
    if before >= 0 and last >= 2 and tokens[before].lower in _FAREWELLS:
        opens = before == 0 or tokens[before - 1].text in ".!?,;)" or tokens[before].opens
        if opens and _may_be_a_name(tokens[last - 1]):
            yield Span(tokens[last - 1].start, tokens[last - 1].end, Kind.PERSON)


def _greeted(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the word between a greeting and a comma: "hiya bronwen,"."""
    if (
        len(tokens) > 2
        and tokens[0].lower in _GREETINGS - {"good"}
        and tokens[2].text in {",", "!", "-"}
        and _may_be_a_name(tokens[1])
    ):
        yield Span(tokens[1].start, tokens[1].end, Kind.PERSON)


def _alone(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield a name that is all there is."""
    letters = [token for token in tokens if token.text[0].isalpha()]
    if not letters or len(letters) > _LONGEST_NOTE or len(tokens) > _LONGEST_NOTE + 1:
        return
    entries = known(letters)
    if all(max(e.given, e.surname) > 2 and not e.word for e in entries) and entries[0].given > 2:
        yield Span(letters[0].start, letters[-1].end, Kind.PERSON)


def _may_be_a_name(token: Token) -> bool:
    """Say whether a word in the place of a name is a listed name, or no word at all."""
    if not token.text.isalpha() or len(token.text) < 2 or token.lower in _HARMLESS | _ADDRESSED:
        return False
    entry = look_up(token.lower)
    if entry.given > 2:
        return entry.word < 10
    if entry.word or entry.org:
        return False
    return nearest(token.lower).slip not in _SLIGHT or token.text[0].isupper()


def certain_names(tokens: Sequence[Token]) -> Iterator[tuple[int, Entry]]:
    """Yield the positions of words that are listed as given names and as nothing else.

    *Is it a name* is asked here, whether or not this is a place for a name.
    """
    following = [*tokens[1:], None]
    dialect = dialect_of(tokens)
    for position, (token, entry) in enumerate(zip(tokens, known(tokens), strict=True)):
        if (
            len(token.text) > 2
            and not is_false_start(token, following[position])
            and not (token.lower in dialect and (token.text.islower() or token.opens))
            and token.text.isalpha()
            and (entry.given >= 4 or _is_surname_alone(token, entry))
            and entry.word <= 4
            and entry.place <= 5
            and not entry.org
            and token.lower not in NOT_CERTAIN
            and not _is_a_thing(tokens, position)
        ):
            yield position, entry


def _is_surname_alone(token: Token, entry: Entry) -> bool:
    """Say whether a word is a surname that very many have, and nothing else: patel."""
    return (
        entry.surname >= _VERY_MANY
        and not (entry.word or entry.place or entry.org)
        and len(token.text) > _SHORT
        and is_no_word(token.lower, entry)
    )


def _is_a_thing(tokens: Sequence[Token], position: int) -> bool:
    """Say whether an article makes a thing of a name in small letters: "the henry is broken"."""
    token = tokens[position]
    return (
        token.lower in _THINGS_TOO
        and token.text.islower()
        and position > 0
        and tokens[position - 1].lower in _ARTICLES
    )


def dialect_of(tokens: Sequence[Token]) -> Mapping[str, str]:
    """Return the words that stand for others in a note: "ma" is "my" where "dinnae" is "don't"."""
    if any(token.lower in DIALECT and token.text.islower() for token in tokens):
        return DIALECT | _DIALECT_NAMES
    return DIALECT


def is_false_start(token: Token, following: Token | None) -> bool:
    """Say whether a word is only the beginning of the everyday word after it: "sai said"."""
    return (
        following is not None
        and token.text.isalpha()
        and following.text.islower()
        and len(token.lower) < len(following.lower)
        and following.lower.startswith(token.lower)
        and look_up(following.lower).word >= _FREQUENT
    )


def is_no_word(word: str, entry: Entry) -> bool:
    """Say whether a listed name can hardly be a slip of a frequent word."""
    if entry.word > 1:
        return False
    near = nearest(word)
    most = _IN_EVERY_NOTE if entry.surname >= _VERY_MANY else _FREQUENT
    return near.slip not in _SLIGHT or near.frequency < most or entry.given > 6


def stretched(text: str) -> Iterator[Span]:
    """Yield names with a letter that somebody held down: "Megannnnn"."""
    for match in _STRETCHED.finditer(text):
        for times in (1, 2):
            name = _HELD.sub(lambda letters: letters[1] * times, match.group().lower())  # noqa: B023
            entry = look_up(name)
            if len(name) > _SHORT and entry.given >= _MANY and entry.word <= 1:
                yield Span(match.start(), match.end(), Kind.PERSON)
                break


def starred(text: str) -> Iterator[Span]:
    """Yield names with a star for a letter or two: "D*rota"."""
    if "*" not in text:
        return
    for match in _STARRED.finditer(text):
        spelled = match.group().lower()
        stars = spelled.count("*")
        letters = "abcdefghijklmnopqrstuvwxyz" if stars == 1 else "aeiouy"
        if stars > 3:
            continue
        entries = [look_up(_filled(spelled, chosen)) for chosen in product(letters, repeat=stars)]
        if any(e.given > 2 for e in entries) and not any(e.word > 5 for e in entries):
            yield Span(match.start(), match.end(), Kind.PERSON)


def _filled(spelled: str, letters: Sequence[str]) -> str:
    for letter in letters:
        spelled = spelled.replace("*", letter, 1)
    return spelled


def called(text: str) -> Iterator[Span]:
    """Yield what somebody is called: "the chap they call smudge", "a lad named biscuit"."""
    for match in _CALLED.finditer(text):
        word = match["name"].lower()
        if word not in _NOT_CALLED and not word.endswith("ly"):
            yield Span(*match.span("name"), Kind.PERSON)
    for match in _NAMED_SO.finditer(text):
        word = match["name"].lower()
        is_rare = match["name"].istitle() or look_up(word).word < _UNCOMMON
        if is_rare and word not in _NOT_CALLED and word not in CLASS_OF and not word.endswith("ly"):
            yield Span(*match.span("name"), Kind.PERSON)
    for match in _TOLD.finditer(text):
        if match["name"].lower() not in _NO_NAME:
            yield Span(*match.span("name"), Kind.PERSON)
    for match in _PERSONS_DO.finditer(text):
        group = "asked" if match["asked"] else "works"
        if match[group].lower() in _NAMES_TOO:
            yield Span(*match.span(group), Kind.PERSON)


def speaking(text: str) -> Iterator[Span]:
    """Yield names that are words, before what only people do: "and then rose goes and tells"."""
    for match in _SPEAKING.finditer(text):
        if match["name"].lower() in _NAMES_TOO:
            yield Span(*match.span("name"), Kind.PERSON)


def lone_initials(text: str) -> Iterator[Span]:
    """Yield people who are named by two letters and where they work: "DW from packing"."""
    for match in _TWO_LETTERS.finditer(text):
        if match["initials"].lower() not in NOT_CERTAIN:
            yield Span(*match.span("initials"), Kind.PERSON)


def strangers(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield capitalised words amid a tidy sentence that no list knows, for a strict redaction."""
    entries = known(tokens)
    for token, entry, style in zip(tokens, entries, capitals(tokens, entries), strict=True):
        if (
            style == "m"
            and not token.opens
            and len(token.text) > 2
            and token.text.istitle()
            and not entry.word
            and token.lower not in NOT_CERTAIN
        ):
            yield Span(token.start, token.end, Kind.PERSON)
