"""Mail and web addresses as people say them: with dot and at, letter by letter.

An address is found by its end ("dot com", "dot p l", "at gmail") and grows to the left: over
letters, digits and signs as far as they go, over plain words up to one that cannot be part of it.
"""

from collections.abc import Iterator, Sequence

from redact.languages.en.lexicon import look_up
from redact.languages.en.number_words import DIGITS, REPEATS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span
from redact.tokens import Token

_DOTS = frozenset(words("spoken: dots"))
_ATS = frozenset(words("spoken: ats"))
_SAID_ATS = _ATS - {"@"}
_SLASHES = frozenset(["slash", "/", "schragstrich", "schrägstrich"])
_SIGNS = frozenset(words("spoken: signs"))
_JOINTS = frozenset([*words("spoken: joints"), *_DOTS, *_SIGNS])
_SAID_JOINTS = _JOINTS - {"."}
_PLAIN_HOSTS = frozenset(["me", "mail", "live", "sky", "plus"])
_TLDS = frozenset(words("spoken: tlds"))
_HOSTS = frozenset(words("spoken: hosts"))
_STOPS = frozenset(words("spoken: stops"))  # words before an address that are not part of it
_IN_HOSTS = _JOINTS | {"um", "uh", "er", "erm", ",", "-", "sorry"}
_GOES_ON = _DOTS | _SLASHES | {",", "-"}
# Said between the parts of an address, about them: "all one word, then oh four".
_ABOUT = frozenset(words("spoken: about"))
_URL_CUES = frozenset(words("spoken: url cues"))
_ENDS = frozenset(".,!?;:)")
_MOST_WORDS = 3  # plain words of an address in a row: "true thread t n at"
_FARTHEST = 24  # tokens
_PLAIN = 5  # `Entry.word` of words that many use
_MAIL_CUES, _MAIL_REACH = frozenset(words("heard: sending")), 5


def spoken_addresses_of_mail_and_web(tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield e-mail and web addresses that are spelled with "dot" and "at"."""
    position = 1
    while position < len(tokens) - 1:
        token = tokens[position]
        end = _domain_ends(tokens, position + 1)
        if not end or not (
            token.lower in _DOTS or (token.text == "." and _said_at(tokens, position))
        ):
            position += 1
            continue
        end = _path_ends(tokens, end)
        start, kind = _begins(tokens, position)
        yield Span(tokens[start].start, tokens[end - 1].end, kind)
        position = end
    for position in range(1, len(tokens) - 1):
        if tokens[position].lower in _SAID_ATS and _host_ends(tokens, position + 1):
            end = _host_ends(tokens, position + 1)
            start = _leftmost(tokens, position - 1)
            if (
                start < position
                and _host_is_said(tokens, position)
                and not _dot_follows(tokens, end)
            ):
                yield Span(tokens[start].start, tokens[end - 1].end, Kind.EMAIL)


def _host_is_said(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a mail service follows: "at live" and "at me" need something spelled before."""
    if tokens[at + 1].lower not in _PLAIN_HOSTS:
        return True
    before = tokens[at - 1]
    return _is_spelled(before) or (at > 1 and tokens[at - 2].lower in _SAID_JOINTS)


def _domain_ends(tokens: Sequence[Token], position: int) -> int:
    """Return where a top level domain at `position` ends, said as a word or as letters; 0: none."""
    if tokens[position].lower in _TLDS:
        return position + 1
    letters = ""
    for end, token in enumerate(tokens[position : position + 4], start=position):
        if len(token.text) != 1 or not token.text.isalpha():
            break
        letters += token.lower
        if letters in _TLDS and len(letters) > 1 and not _is_letter(tokens, end + 1):
            return end + 1
    return 0


def _host_ends(tokens: Sequence[Token], position: int) -> int:
    """Return where the name of a mail service ends ("gmail", "g mail"); 0: none begins here."""
    if tokens[position].lower in _HOSTS:
        return position + 1
    joined = "".join(t.lower for t in tokens[position : position + 2])
    return position + 2 if joined in _HOSTS - _PLAIN_HOSTS else 0


def _is_letter(tokens: Sequence[Token], position: int) -> bool:
    return position < len(tokens) and len(tokens[position].text) == 1 and (
        tokens[position].text.isalpha()
    )  # fmt: skip


def _said_at(tokens: Sequence[Token], position: int) -> bool:
    """Say whether "at gmail.com" ends here: a written dot after a spoken at."""
    return (
        position >= 2
        and tokens[position - 2].lower in _SAID_ATS
        and tokens[position - 1].end == tokens[position].start
        and tokens[position - 1].lower not in _STOPS
    )


def _dot_follows(tokens: Sequence[Token], position: int) -> bool:
    return position + 1 < len(tokens) and (
        tokens[position].lower in _DOTS or tokens[position].text == "."
    ) and bool(_domain_ends(tokens, position + 1))  # fmt: skip


def _begins(tokens: Sequence[Token], dot: int) -> tuple[int, Kind]:
    """Return where an address begins whose domain ends behind `dot`, and what it is."""
    at = next((i for i in range(dot - 1, max(0, dot - 9), -1) if tokens[i].lower in _ATS), 0)
    if at and all(t.text.isalnum() or t.lower in _IN_HOSTS for t in tokens[at + 1 : dot]):
        start = _leftmost(tokens, at - 1)
        if start < at and not (tokens[dot].text == "." and _is_visited(tokens, at, dot)):
            return start, Kind.EMAIL
    return _words_before(tokens, min(dot - 1, _leftmost(tokens, dot - 1)), dot), Kind.URL


def _is_visited(tokens: Sequence[Token], at: int, dot: int) -> bool:
    """Say whether a site is where something was done, and nobody's mail: "ordered at tesco.com".

    A speech model writes "sarah at hotmail.com" as well, so only plain words before it count.
    """
    before = tokens[at - 1]
    entry = look_up(before.lower)
    return (
        before.text.isalpha()
        and entry.word >= _PLAIN
        and not entry.given
        and not entry.surname
        and tokens[dot - 1].lower not in _HOSTS
        and not _MAIL_CUES & {t.lower for t in tokens[max(0, at - _MAIL_REACH) : at]}
    )


def _path_ends(tokens: Sequence[Token], end: int) -> int:
    """Return where an address ends that goes on with "dot uk" or "slash rota"."""
    has_path = False
    while end + 1 < len(tokens) and tokens[end].lower in _GOES_ON:
        following = end + 1
        if tokens[end].text == "," and tokens[following].lower in _SLASHES:
            following += 1
        elif (
            tokens[end].text == ","
            or not tokens[following].text.isalnum()
            or (tokens[end].text == "-" and not has_path)
        ):
            break
        has_path = has_path or tokens[following - 1].lower in _SLASHES
        if following >= len(tokens):
            break
        end = following + 1
        while end < len(tokens) and _is_letter(tokens, end) and _is_letter(tokens, end - 1):
            end += 1
    for more in range(1, 3):  # "slash text us."
        if has_path and (end + more >= len(tokens) or tokens[end + more].text in _ENDS):
            following_words = tokens[end : end + more]
            if all(t.text.isalpha() for t in following_words):
                return min(len(tokens), end + more)
    return end


def _words_before(tokens: Sequence[Token], start: int, dot: int) -> int:
    """Return where the words of a spoken web address begin: after a cue or a comma."""
    for position in range(start - 1, max(-1, start - 7), -1):
        token = tokens[position]
        if token.lower in _URL_CUES or (token.text == "," and position + 2 < dot):
            return position + 1
        if not token.text.isalpha():
            break
    position = start
    while position > 0 and start - position < 4:
        token = tokens[position - 1]
        if not token.text.isalpha():
            return position
        if token.lower in _STOPS and not (
            token.lower == "and" and position > 1 and tokens[position - 2].lower not in _STOPS
        ):
            return position
        position -= 1
    return start if position else 0


def _leftmost(tokens: Sequence[Token], last: int) -> int:
    """Return where an address that ends with the token at `last` begins.

    `last + 1` if that token cannot be in one.
    """
    position, start = last, last + 1
    while position >= 0 and last - position < _FARTHEST:
        token = tokens[position]
        joined = position < last and tokens[position + 1].lower in _SAID_JOINTS
        if _is_spelled(token) or (joined and token.text.isalnum()):
            start = position
        elif token.lower in _JOINTS and token.text != "." and position:
            pass
        elif token.text.isalnum() and token.lower not in _STOPS:
            before = _plain_words(tokens, position)
            if before == position + 1 and position < last:
                break
            start = min(position, before)
            position = start
        elif not _is_about(tokens, position, has_more=start <= last):
            break
        position -= 1
    return start


def _is_spelled(token: Token) -> bool:
    return token.text.isalnum() and (
        (len(token.text) == 1 and token.lower != "i")
        or token.lower in DIGITS
        or token.lower in REPEATS
        or token.text.isdecimal()
    )


def _is_about(tokens: Sequence[Token], position: int, *, has_more: bool) -> bool:
    """Say whether a word or comma only joins two parts: "one word, then", "that's K A U R"."""
    token = tokens[position]
    before = tokens[position - 1] if position else None
    if token.text in {",", "-"}:
        return (
            before is not None
            and (has_more or before.lower in _ABOUT or _is_spelled(before))
            and before.text not in _ENDS
            and (_is_spelled(before) or before.lower in _ABOUT or _is_rare(before))
        )
    if token.lower == "'s":
        return has_more and before is not None and before.lower == "that"
    return token.lower in _ABOUT | {"that"} and token.lower not in {"in", "as", "for"}


def _plain_words(tokens: Sequence[Token], position: int) -> int:
    """Return where a few plain words begin that end at `position` and that a cue precedes.

    Where there are more of them than an address has, only rare ones count; `position + 1`: none.
    """
    first = position
    while first >= 0 and tokens[first].text.isalnum() and tokens[first].lower not in _STOPS:
        first -= 1
    if position - first <= _MOST_WORDS:
        return first + 1
    rare = position
    while rare > first and _is_rare(tokens[rare]):
        rare -= 1
    return rare + 1


def _is_rare(token: Token) -> bool:
    """Say whether a word can stand in an address by itself: a name or a rare word."""
    entry = look_up(token.lower)
    return (
        token.text.isalnum()
        and token.lower not in _STOPS
        and (max(entry.given, entry.surname) >= 4 or entry.word < 9)
    )
