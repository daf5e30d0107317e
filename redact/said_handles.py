"""Handles as people say them: "on TikTok as scrubs and snacks", "marsh underscore hen".

Those of plain words look like plain words, so only what stands round them tells. Each pattern is
what announces a handle, and what has to follow it; the weaker the first, the more is asked of the
second, and of the handle. Those spelled with their signs are found by walking over words.
"""

import re
from collections.abc import Iterator, Sequence

from redact.number_words import DIGITS
from redact.spans import Kind, Span
from redact.tokens import Token
from redact.vocabulary import words

SURE_SITES = "|".join(words("handles: sure sites"))  # whose name means nothing else
SITES = "|".join((SURE_SITES, *words("handles: other sites")))
_ON_SITE = rf"\s(?:over\s)?on\s(?:the\s)?(?:{SURE_SITES}|threads)\b"
_HUM = r"(?:(?:um|uh|er|erm),?\s)?"
_WHOSE = r"(?:my|his|her|their|our|your)"
_PERSON_IS = r"(?:it's|she's|he's|they're|i'm)"
# Words that no handle of plain words begins with.
_NOT_FIRST = rf"(?!(?:{'|'.join(words('handles: not a handle'))}|needs?)\b)"
_STOP = r"\s?[,.!?;:)\"]|\s?$"
_WORD_AFTER = (
    r"(?:on|in|at|or|but|so|because|if|when|which|that|was|who|keeps|kept|all|with|is|has|posts|"
    r"posted|wrote|put|pushed|sent|said)\b"
)
# A handle may hold an "and" of its own: "scrubs and snacks and she posts daily".
_AND_AFTER = (
    r"and\s(?:i|it|she|he|they|yes|you|that|a|an|the|my|we|this|now|then|people|everyone|some)\b"
)
_ONE_WORD = (
    r"(?:all\s)?(?:one\sword|two\swords|three\swords|no\sspaces|lower\s?case|no\scapitals)\b"
)
_OWN = (
    rf"{_WHOSE}\s(?:[a-z]{{2,12}}\s)?(?:handle|user\s?name|account|profile|channel|gamer\s?tag)\b"
)


def _announced(before: str, after: str, *, least: int = 1) -> re.Pattern[str]:
    """Return what finds a handle of `least` to six words between two patterns."""
    handle = rf"{_NOT_FIRST}[a-z0-9]{{1,20}}(?:\s[a-z0-9]{{1,20}}){{{least - 1},5}}?"
    return re.compile(rf"\b(?:{before})\s{_HUM}(?P<handle>{handle})(?={after})", re.IGNORECASE)


_PATTERNS = (
    # "on TikTok as scrubs and snacks", "my insta is the tired baker", "my handle, as night heron"
    _announced(
        rf"(?:on\s(?:the\s)?(?:{SITES}),?\s(?:as|under|it's|she's|he's|they're|i'm)|"
        rf"{_WHOSE}\s(?:{SITES})(?:'s|\sis)|"
        r"(?:handle|user\s?name|gamer\s?tag|screen\s?name)(?:'s|\sis|,\sit's)|"
        rf"(?:{_WHOSE}|{SITES})\shandle|user\s?name|gamer\s?tag|screen\s?name),?"
        rf"(?:\s{_HUM}(?:as|at|(?:all\s)?one\sword,?|lower\s?case,?)){{0,3}}",
        rf"{_STOP}|\s(?:{_AND_AFTER}|{_WORD_AFTER})",
    ),
    # "message me at swap queen on Telegram"
    _announced(
        r"(?:message|dm|add|follow|find|tag|it's|me|him|her|them|us)\sat|called|under|named|"
        r"known\sas|goes\sby|posts?\sas|posting\s(?:as|under)|(?:name|handle|account)(?:'s|\sis)",
        rf",?(?:\s(?:all\s)?one\sword,?)?{_ON_SITE}",
    ),
    # "the account is at mister snow ghost", "logs in as c auld four", "calls himself lord of it"
    _announced(
        rf"(?:(?:on\s(?:{SITES})|(?:account|profile|channel|page|feed)(?:'s|\sis)?),?\s"
        r"at(?!\s(?:risk|least|all|work|home|last|once|night|present)\b)|"
        r"(?:log|logs|logged|sign|signs|signed)\s?(?:(?:me|you|him|her|us)\s)?(?:in|on)\sas|"
        r"goes\sby(?:\sthe\sname(?:\sof)?)?|posts\sas|posting\s(?:as|under)|"
        r"call(?:s|ed|ing)\s(?:him|her|them)sel(?:f|ves)),?(?:\sthe(?!\sname))?",
        rf"{_STOP}|\s(?:and\b|{_WORD_AFTER})",
    ),
    # "put it up as paper cut pixie", "find me under dust bunny trace"
    _announced(
        r"(?:put|puts|post|posts|posted|posting|share|shares|shared|upload|uploads|uploaded)\s"
        r"(?:it|them|that|this|everything|mine)\s(?:all\s)?(?:up\s|online\s|private\s|out\s)?"
        r"(?:as|under)|(?:find|follow|add|search)\s(?:for\s)?(?:me|us|him|her|them)\s(?:as|under)|"
        r"reviews?\sas",
        rf"{_STOP}|\s(?:and\b|{_WORD_AFTER})",
        least=2,
    ),
    # "to slow jam sipho, that's my other account", "look for silage sam, two words"
    _announced(
        r"under|as|to|called|named|it's|that|is|was|by|i'm|he's|she's|they're|look\sfor|account,|"
        r"page,|profile,|channel,",
        rf",?\s(?:(?:(?:but|and)\s)?(?:it's|that's|that\sone's|which\sis)\s(?:{_OWN}|"
        rf"{_WHOSE}\s(?:{SURE_SITES})\b)|{_ONE_WORD})",
        least=2,
    ),
    # "somebody runs that gossip account, broke but happy, and posts"
    _announced(
        r"(?:runs?|running|behind)\s[^.,!?]{2,40}\s(?:account|page|profile|channel),", ",", least=2
    ),
    # "on the horse forum I'm rusty gate"
    _announced(
        r"(?:forum|lobby|quiz|game|league|leaderboard|server),?\s"
        rf"{_PERSON_IS}(?!\s\w+(?:ing|ed)\b)",
        _STOP,
        least=2,
    ),
    # "it has me down as j price one, and there's two of us", "look for salty otter, that's me"
    _announced(
        r"(?:has|have|had|got|shows?|knows)\sme\s(?:down\s)?as|(?:look|search)\sfor|it's|i\sam|i'm",
        r",?\s(?:that's\sme|and\sthere's)\b",
        least=2,
    ),
    # "someone called double black dave keeps bugging people"
    _announced(
        r"(?:someone|somebody)\scalled", r"\s(?:keeps|posts|posted|writes|wrote)\b", least=2
    ),
    # "he's gravy train dan on Xbox"
    _announced(
        rf"{_PERSON_IS}(?![^,.]{{0,60}}(?:\w(?:ing|ed)|\s(?:about|at|for|us|me|it|again|all))\b)",
        _ON_SITE,
        least=2,
    ),
)


_SIGNS = frozenset(words("spoken: signs"))
_BETWEEN = frozenset(words("spoken: between"))
_STOPS = frozenset(words("spoken: stops"))
_OF_AN_ADDRESS = frozenset(words("spoken: ats")) | frozenset(words("spoken: dots"))
_SITE_OR_CUE = re.compile(
    rf"\b(?:{SITES}|users?|user\s?name|account|page|profile|channel|handle|log\s?in|logs\sin|posts|"
    r"posting|posted|follow|find\sme|dm|gamer\s?tag|streams?|reviews?|forum|group\schat|app)\b",
    re.IGNORECASE,
)


def tells_of_handles(text: str) -> bool:
    """Say whether a text has a word near which handles are."""
    return bool(_SITE_OR_CUE.search(text))


def said_handles(text: str) -> Iterator[Span]:
    """Yield handles of plain words that something announces."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Span(*match.span("handle"), Kind.USERNAME)


def spelled_handles(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield handles that are spelled with their signs, or said to be one word.

    "scrubs underscore snacks", "dusty frames, all one word".
    """
    position = 1
    while position < len(tokens) - 1:
        if tokens[position].lower in _SIGNS:
            end = _signs_end(tokens, position)
            signs = [t.lower for t in tokens[position:end] if t.lower in _SIGNS]
            if ("underscore" in signs or len(signs) > 1) and tokens[position - 1].text.isalnum():
                yield Span(tokens[position - 1].start, tokens[end - 1].end, Kind.USERNAME)
            position = max(end, position + 1)
        elif [t.lower for t in tokens[position : position + 2]] == ["one", "word"]:
            yield from _one_word(tokens, position)
            position += 2
        else:
            position += 1


def _signs_end(tokens: Sequence[Token], position: int) -> int:
    end = position
    while (
        end + 1 < len(tokens)
        and tokens[end].lower in _SIGNS
        and tokens[end + 1].text.isalnum()
        and tokens[end + 1].lower not in _BETWEEN
    ):
        end += 2
    while end < len(tokens) and (tokens[end].lower in DIGITS or tokens[end].text.isdecimal()):
        end += 1
    return end


def _one_word(tokens: Sequence[Token], one: int) -> Iterator[Span]:
    """Yield what was said before "all one word", if it is no part of an address."""
    following = [t.lower for t in tokens[one + 2 : one + 12]]
    end = next((i for i, word in enumerate(following) if word in {".", "!", "?"}), len(following))
    if any(word in _OF_AN_ADDRESS for word in following[:end]):
        return
    last = one - 1
    while last >= 0 and tokens[last].lower in {"all", ",", "it's", "that's", "'s", "as", "that"}:
        last -= 1
    first = last
    while first >= 0 and last - first < 5 and tokens[first].text.isalnum():
        if tokens[first].lower in _STOPS:
            break
        first -= 1
    if last - first > 0:
        yield Span(tokens[first + 1].start, tokens[last].end, Kind.USERNAME)
