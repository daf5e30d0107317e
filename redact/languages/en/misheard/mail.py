"""Mail as a speech model writes it: "87 aticloud.com", "info at Harlow foods.co.uk"."""

import re
from collections.abc import Iterator

from redact.languages.en.lexicon import look_up
from redact.languages.en.number_words import DIGITS
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_HOSTS, _TLDS = "|".join(words("heard: hosts")), "|".join(words("spoken: tlds"))
_HOST = re.compile(
    rf"\b(?:at\s?)?(?:{_HOSTS})(?:\.|\s+dot\s+)[a-z]{{2,4}}(?:\.[a-z]{{2}})?\b"
    rf"|\b(?P<at>at|to|and|add|ad)\s[a-z][a-z0-9-]{{1,30}}(?:(?:\.|\sdot\s)(?:{_TLDS})){{1,2}}\b"
    rf"|\b(?P<glued>at[a-z0-9-]{{4,30}})(?:(?:\.|\sdot\s)(?:{_TLDS})){{1,2}}\b",
    re.IGNORECASE,
)
_MAIL_CUES = frozenset(words("heard: mail cues"))
_NOT_MAIL = frozenset(words("heard: between cue and mail"))
_USING = frozenset(["use", "uses", "used", "using"])
_IT_IS = frozenset(["it's", "that's", "he's", "she's"])
_SENDING = frozenset(words("heard: sending"))
_ANNOUNCES = _SENDING | _USING | {"dot"}
_BEFORE_TO = frozenset(["at", "is", "address"])  # "mail me at bluekai to prokhan.me"
_LIKE_AT = frozenset(["to", "and", "add", "ad"])
_BARE = re.compile(r"[^\s,.;:!?]+(?:\.[^\s,.;:!?]+)*")
_FAR = 200  # characters before a host that are looked at
_LONGEST_MAIL = 5  # words before the host
_BOXES = frozenset(words("heard: mailboxes"))
_NO_HOSTS = frozenset(words("spoken: stops"))
_PLAIN = 5  # `Entry.word` of words that many use
_NAMED = 4  # `Entry.given` and `surname` of what many are called
_LOCAL_AND_HOST = re.compile(
    r"\b(?P<local>(?:[a-z0-9]+\s(?:dot|underscore|hyphen|dash)\s)*(?-i:(?:[A-Z]\.)+\s?)?"
    r"(?P<last>[a-z0-9][\w.'\-]*))\sat\s(?:(?P<first>[a-z][a-z-]+)\s)?[a-z0-9-]{2,}"
    rf"(?:(?:\.|\sdot\s)(?:{_TLDS})){{1,3}}\b",
    re.IGNORECASE,
)
# "agnes young, 28@harlowfoods.com"
_NUMBER_AT = re.compile(
    r"\b(?:[a-z][\w.\-]+\s)?(?P<last>[a-z][\w.\-]+),?\s\d{1,4}\s?@\s?[a-z0-9.\-]+\.[a-z]{2,}\b",
    re.IGNORECASE,
)


def mail(text: str) -> Iterator[Span]:
    """Yield addresses of mail that were heard wrongly."""
    yield from _without_at(text)
    for match in _NUMBER_AT.finditer(text):
        if _is_odd(match["last"]):
            first = text[match.start() : match.start("last")].strip()
            start = match.start() if first and _is_odd(first) else match.start("last")
            yield Span(start, match.end(), Kind.EMAIL)
    for match in _LOCAL_AND_HOST.finditer(text):
        first = (match["first"] or "").lower()
        if first not in _NO_HOSTS and _is_local(match["local"], match["last"]):
            yield Span(*match.span(), Kind.EMAIL)


def _is_local(local: str, last: str) -> bool:
    """Say whether a word before "at brightwell.org" is a mailbox: in "order at tesco.com" not."""
    entry = look_up(last.lower())
    return (
        local != last
        or not last.isalpha()
        or last.lower() in _BOXES
        or (entry.word < _PLAIN and last.lower() not in _NO_HOSTS)
    )


def _without_at(text: str) -> Iterator[Span]:
    """Yield an address whose "at" was swallowed or is another word, from its cue to its host."""
    for host in _HOST.finditer(text):
        near = _BARE.finditer(text, max(0, host.start() - _FAR), host.start())
        before = [*near][-_LONGEST_MAIL - 1 :]
        said = {word[0].lower() for word in before}
        box = before[-1][0] if before else ""
        is_announced = bool(said & _ANNOUNCES) or not "".join(w[0] for w in before[-2:]).isalpha()
        if host["at"] and host["at"].lower() != "at":
            is_announced = (is_announced or bool(said & _BEFORE_TO)) and (
                bool(said & _BEFORE_TO) or _is_odd(box)
            )  # not in "I mail you from brightwell.org and harlow.com"
        if host["at"] and not is_announced:
            continue  # "I ordered at tesco.com"
        if host["glued"] and (look_up(host["glued"].lower()).word or not is_announced):
            continue
        start = _begins(text, before, host.start())
        yield Span(host.start() if start is None else start, host.end(), Kind.EMAIL)


def _begins(text: str, before: list[re.Match[str]], end: int) -> int | None:
    """Return where the part before a host begins: behind its cue, or with what is hardly a word."""
    if len(before) > 1 and before[-1][0].lower() in _LIKE_AT and _is_odd(before[-2][0]):
        before = before[:-1]  # "ruth90 to outlook.com"
    start, stopped = None, False
    for word in reversed(before):
        low = word[0].lower()
        if "\n" in text[word.end() : end] or re.search(r"[!?]|\.\s", text[word.end() : end]):
            break
        if low in _MAIL_CUES | _USING | _IT_IS:
            return start
        stopped = stopped or (low in _NOT_MAIL and word[0] != "A")
        start = start if stopped else word.start()
    start, is_number = None, False
    for word in reversed(before[-3:]):
        if not _is_odd(word[0]) and not (is_number and word[0].lower() not in _NOT_MAIL):
            break
        start, is_number = word.start(), word[0].isdigit() or word[0].lower() in DIGITS
    return start


def _is_odd(word: str) -> bool:
    """Say whether a word before a host is a mailbox rather than one that anybody uses."""
    entry = look_up(word.lower())
    return word.lower() not in _NO_HOSTS | _NOT_MAIL and (
        not word.isalpha()
        or word.lower() in DIGITS
        or max(entry.given, entry.surname) >= _NAMED
        or entry.word < _PLAIN
    )
