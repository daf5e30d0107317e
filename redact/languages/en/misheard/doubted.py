"""What a speech model doubts where a detail is likely: handles behind a site, names that are words.

"On Instagram as night heron" becomes "on Instagram and a night heron"; "gave the job to Hope" loses
its capital; a name that the model never heard falls apart, "Iphone A aquifer" for Ifeanyi Okafor.
In a typed text none of it says anything; beside the model's own doubt it does.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from redact.languages.en.lexicon import look_up
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

Heard = tuple[int, int, float]  # a word's range in the text, and how sure the model was of it

WEAK = 0.6  # below this a word may be the end of a number, or a part of the name beside it
_DOUBTED_NAME, _DOUBTED_CAPITAL = 0.8, 0.5
_MAY_BE_NAMED = re.compile(
    r"\b(?:to|tell|told|asked|ask|gave|give|with|for|from|how|when|that|said|called|is|was|and)\s"
    rf"(?P<name>{'|'.join(words('names: words too'))})"
    r"(?=\s(?:(?:even though|because|although|and|but|who|when|since|so|after|before|what|that|how|"
    r"if|why)\s(?:she|he|her|his)|she|he)\b)",
    re.IGNORECASE,
)
_SITES = "|".join(re.escape(site) for site in words("handles: sure sites"))
_AFTER_SITE = re.compile(
    rf"\b(?:{_SITES})[,.]?\s"
    r"(?:(?:and|is|ads|has)\s(?:a|an|the|under)|and|ads|has|a|under|at|called)\s",
    re.IGNORECASE,
)
_DIGITS_BEHIND = re.compile(
    r"(?:,?\s\d{1,3}){1,3}"
    r"(?=[.!?]|$|,?\s(?:if|and|on|in|but|since|so|when|because|is|has)\b)"
)
_PLAIN = frozenset(words("heard: never names"))
_ENDS_HANDLES = frozenset(words("heard: ends handles"))
_LONGEST_HANDLE = 4
_ENDS = frozenset(".!?")


def doubted(text: str, probabilities: Sequence[Heard]) -> Iterator[Span]:
    """Yield details that only the model's doubt tells."""
    for site in _AFTER_SITE.finditer(text):
        behind = [each for each in probabilities if each[0] >= site.end()][:_LONGEST_HANDLE]
        handle = _up_to_a_stop(text, site.end(), behind)
        if any(sure < WEAK for *_, sure in handle):
            start, end, _ = handle[-1]
            end = start + len(text[start:end].rstrip(" ,.!?"))
            yield Span(handle[0][0], end, Kind.USERNAME)
    yield from _doubted_capitals(text, probabilities)
    weak = {start for start, _, sure in probabilities if sure < _DOUBTED_NAME}
    for match in _MAY_BE_NAMED.finditer(text):
        if match.start("name") in weak:
            yield Span(*match.span("name"), Kind.PERSON)


def numbers_behind_handles(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Yield handles with the digits behind them that came apart: "night shift nina 9, 5 if"."""
    for span in found:
        rest = _DIGITS_BEHIND.match(text, span.end)
        if span.kind is Kind.USERNAME and rest:
            yield Span(span.start, rest.end(), Kind.USERNAME)


def _doubted_capitals(text: str, probabilities: Sequence[Heard]) -> Iterator[Span]:
    """Yield capitals amid a sentence that the model doubts, with the doubted word behind them."""
    for number, (start, end, sure) in enumerate(probabilities):
        word = text[start:end].strip(" ,.!?")
        opens = not text[:start].rstrip() or text[:start].rstrip()[-1] in ".!?"
        if opens or sure >= _DOUBTED_CAPITAL or len(word) < 3 or not word[0].isupper():
            continue
        last = start + len(word)
        for follower, stop, certain in probabilities[number + 1 : number + 3]:
            if re.search(r"[,.!?\n]", text[last:follower]):
                break
            if certain < WEAK:
                last = follower + len(text[follower:stop].rstrip(" ,.!?"))
        if last > start + len(word):
            yield Span(start, last, Kind.PERSON)


def _up_to_a_stop(text: str, start: int, said: Sequence[Heard]) -> list[Heard]:
    """Return the first words up to a comma, or to one that no handle holds."""
    taken: list[Heard] = []
    for word in said:
        between = text[taken[-1][0] if taken else start : word[0]]
        is_stop = text[word[0] : word[1]].strip(" ,.!?").lower() in _ENDS_HANDLES
        if is_stop or re.search(r"[,.!?\n]", between):
            break
        taken.append(word)
    return taken


def beside_names(
    text: str, found: Sequence[Span], probabilities: Sequence[Heard]
) -> Iterator[Span]:
    """Yield words beside a name that the model was not sure of either: the rest of that name."""
    people = [span for span in found if span.kind is Kind.PERSON]
    for start, end, probability in probabilities:
        word = text[start:end].strip(" ,.!?")
        if probability >= WEAK or len(word) < 3 or word.lower() in _PLAIN:
            continue
        is_end = text[start:end].rstrip()[-1:] in _ENDS  # "on hold. Happy Maul"
        for person in people:
            if is_end and end <= person.start:
                continue
            between = text[end : person.start] if end <= person.start else text[person.end : start]
            if between.strip() == "" and (end <= person.start or start >= person.end):
                bare_end = start + len(text[start:end].rstrip(" ,.!?"))
                yield Span(min(start, person.start), max(bare_end, person.end), Kind.PERSON)


def strange_pairs(text: str, probabilities: Sequence[Heard]) -> Iterator[Span]:
    """Yield words that English does not have and the model was not sure of, two in a row."""
    for one, other in pairwise(probabilities):
        if one[2] < WEAK and other[2] < WEAK and not text[one[1] : other[0]].strip():
            said = [text[start:end].strip(" ,.!?").lower() for start, end, _ in (one, other)]
            if all(len(word) > 3 and word.isalpha() and not look_up(word).word for word in said):
                yield Span(
                    one[0], other[0] + len(text[other[0] : other[1]].rstrip(" ,.!?")), Kind.PERSON
                )
