"""Mail as a speech model writes it: "87 aticloud.com", "info at Harlow foods.co.uk"."""

import re
from collections.abc import Iterator

from redact.languages.en.lexicon import look_up
from redact.languages.en.vocabulary import words
from redact.spans import Kind, Span

_HOSTS = "|".join(words("heard: hosts"))
_HOST = re.compile(
    rf"\b(?:at\s?)?(?:{_HOSTS})(?:\.|\s+dot\s+)[a-z]{{2,4}}(?:\.[a-z]{{2}})?\b"
    r"|\b(?P<at>at|to)\s(?P<any>[a-z][a-z0-9-]{1,30}(?:\.[a-z]{2,6}){1,2})\b",
    re.IGNORECASE,
)
_MAIL_CUES = frozenset(words("heard: mail cues"))
_NOT_MAIL = frozenset(words("heard: between cue and mail"))
_SENDING = frozenset(words("heard: sending"))
_BEFORE_TO = frozenset(["at", "is", "address"])  # "mail me at bluekai to prokhan.me"
_BARE = re.compile(r"[^\s,.;:!?]+")
_FAR = 200  # characters before a host that are looked at
_LONGEST_MAIL = 5  # words before the host
_BOXES = frozenset(words("heard: mailboxes"))
_NO_HOSTS = frozenset(words("spoken: stops"))
_PLAIN = 5  # `Entry.word` of words that many use
_LOCAL_AND_HOST = re.compile(
    r"(?P<local>(?:[a-z0-9]+\s(?:dot|underscore|hyphen|dash)\s)*(?:(?:[A-Z]\.)+\s?)?"
    r"(?P<last>[a-z0-9][\w.'\-]*))\sat\s(?:(?P<first>[a-z][a-z-]+)\s)?[a-z0-9-]{2,}"
    rf"(?:(?:\.|\sdot\s)(?:{'|'.join(words('spoken: tlds'))})){{1,3}}\b",
    re.IGNORECASE,
)


def mail(text: str) -> Iterator[Span]:
    """Yield addresses of mail that were heard wrongly."""
    yield from _without_at(text)
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
    """Yield an address whose "at" was swallowed, from its cue to its host."""
    for host in _HOST.finditer(text):
        near = _BARE.finditer(text, max(0, host.start() - _FAR), host.start())
        before = [*near][-_LONGEST_MAIL - 1 :]
        said = {word[0].lower() for word in before}
        if host["any"] and not said & _SENDING:
            continue  # "I ordered at tesco.com"
        if host["any"] and host["at"].lower() == "to" and not said & _BEFORE_TO:
            continue  # "send it to john.smith at gmail.com"
        start = None
        for word in reversed(before):
            if "\n" in text[word.end() : host.start()] or word[0].lower() in _NOT_MAIL:
                break
            if word[0].lower() in _MAIL_CUES:
                break
            start = word.start()
        else:
            start = None  # no cue in reach: only digits and the word before them belong to it
            for word in reversed(before[-2:]):
                if word[0].isdigit() or (start is not None and word[0].lower() not in _NOT_MAIL):
                    start = word.start()
                else:
                    break
        yield Span(host.start() if start is None else start, host.end(), Kind.EMAIL)
