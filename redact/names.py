"""What the model's guesses come to: details it is sure of, names that come back, names in disguise."""

import re
from collections.abc import Iterator, Sequence

from redact.lexicon import look_up
from redact.spans import Kind, Span
from redact.tagger import Guess
from redact.tokens import Token, tokenize

# Never a detail by themselves, whatever the model says.
_PLAIN = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays january february march april june july august september october november december "
    "christmas easter eid diwali ramadan halloween xmas hr it i'm i ok okay tv pc cv gp nhs a&e ppe cctv covid hca hgv nvq gcse eu vat paye osha fmla gdpr excel word teams slack outlook zoom powerpoint sharepoint "
    "whatsapp facebook instagram tiktok snapchat twitter youtube google linkedin windows microsoft iphone android english polish romanian chinese indian irish scottish welsh british french german italian spanish "
    "muslim christian catholic hindu sikh jewish manager managers supervisor supervisors boss bosses driver drivers nurse nurses doctor doctors cleaner cleaners receptionist porter porters teacher teachers chef chefs cook "
    "line team shift um uh er erm canteen kitchen office yard reception the a an of in on at to for and or".split()
)
_LEET = str.maketrans("0134578@$!|+", "oieastbasiit")
_DISGUISED = re.compile(r"(?<![\w@./:-])(?=[\w@$!|+]{0,20}[A-Za-z])(?=[\w@$!|+]{0,20}[0-9@$!|+])[A-Za-z0-9@$!|+]{3,20}(?![\w@./:-])")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:(?:[ .\-_*·]|, |\. | - )[^\W\d_]){2,20}(?![^\W_]|'[a-z])")
_NOT_SPELLED = frozenset("cctv ppe abc usa uk nhs hgv hca pc tv hr it asap faq diy aka eta pta gps led lcd usb mot dvla dbs csv pdf nvq gcse osha rac aa bbc itv ok pin sop kpi coshh fyi omg lol tbh".split())


def likely(tokens: Sequence[Token], guesses: Sequence[Guess], threshold: float) -> Iterator[Span]:
    """Yield the runs of words that belong to a detail with at least a probability."""
    position = 0
    while position < len(tokens):
        if guesses[position].probability < threshold:
            position += 1
            continue
        end = position + 1
        while end < len(tokens) and guesses[end].probability >= threshold and guesses[end].kind is guesses[position].kind:
            end += 1
        first, last = _trimmed(tokens, position, end)
        if first < last and any(t.lower not in _PLAIN for t in tokens[first:last]):
            yield Span(tokens[first].start, tokens[last - 1].end, guesses[position].kind)
        position = end


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """Leave out signs and possessives at the ends of a run."""
    while first < last and not tokens[first].text[0].isalnum() and tokens[first].text not in {"@", "+", "#"}:
        first += 1
    while first < last and (not tokens[last - 1].text[0].isalnum()):
        last -= 1
    return first, last


def repeated(tokens: Sequence[Token], guesses: Sequence[Guess], names: Sequence[Span]) -> Iterator[Span]:
    """Yield the other places where a word of a name that was found stands as a name."""
    known: set[str] = set()
    for name in names:
        if name.kind is Kind.PERSON:
            known |= {t.lower for t in tokens if name.start <= t.start < name.end and len(t.text) > 2 and t.text[0].isalpha()}
    if not known:
        return
    shouting = all(t.text.isupper() for t in tokens if len(t.text) > 1 and t.text.isalpha())
    for token, guessed in zip(tokens, guesses, strict=True):
        if token.lower not in known or any(name.start <= token.start < name.end for name in names):
            continue
        word = look_up(token.lower).word
        capital = token.text[0].isupper() and not shouting
        if guessed.probability >= (0.02 if capital and not token.opens else 0.12) or not word or (capital and not token.opens and word < 13):
            yield Span(token.start, token.end, Kind.PERSON)


def disguised(text: str) -> Iterator[Span]:
    """Yield names written with digits and signs for letters, and names with a blank or a sign after each letter."""
    for match in _DISGUISED.finditer(text):
        plain = match.group().lower().translate(_LEET)
        if plain.isalpha() and _is_name(plain):
            yield Span(match.start(), match.end(), Kind.PERSON)
    for match in _SPACED.finditer(text):
        letters = re.sub(r"[^a-z]", "", match.group().lower())
        if len(letters) < 3 or letters in _NOT_SPELLED:
            continue
        before = [t.lower for t in tokenize(text[max(0, match.start() - 40) : match.start()])][-4:]
        entry = look_up(letters)
        cued = bool({"spelled", "spelt", "spelling", "spell", "name", "letters"} & set(before))
        if cued or max(entry.given, entry.surname) >= 3 or (len(letters) >= 4 and not entry.word):
            yield Span(match.start(), match.end(), Kind.PERSON)


def _is_name(word: str) -> bool:
    entry = look_up(word)
    return max(entry.given, entry.surname) >= 4 and entry.word < 9
