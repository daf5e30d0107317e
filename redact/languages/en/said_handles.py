"""Handles of plain words: "on TikTok as scrubs and snacks".

Only what stands round them tells. Each pattern is what announces a handle, and what has to follow
it; the weaker the first, the more is asked of the second, and of the handle.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from redact.languages.en.lexicon import look_up
from redact.languages.en.number_words import DIGITS
from redact.languages.en.vocabulary import words
from redact.memory import once_a_text
from redact.spans import Kind, Span
from redact.tokens import Token

# In what the patterns read, letters that nobody writes stand for the names of sites: each pattern
# would take ten milliseconds to compile with all of these in it.
_SURE, _OTHER = "\ua66e", "\ua66d"
_MARK_OF = {
    **dict.fromkeys(words("handles: other sites"), _OTHER),  # whose name also means something else
    **dict.fromkeys(words("handles: sure sites"), _SURE),
}
_MAY_BE_A_SITE = re.compile(r"\btik tok\b|\bcash app\b|\b[a-z-]+(?:\.com)?\b", re.IGNORECASE)
SURE_SITES = rf"{_SURE}+"
SITES = rf"[{_SURE}{_OTHER}]+"
_ON_SITE = rf"(?:\sor\ssomething(?:\slike\sthat)?)?\s(?:over\s)?on\s(?:the\s)?{SURE_SITES}\b"
_HUM = r"(?:(?:um|uh|er|erm),?\s)?"
_WHOSE = r"(?:my|his|her|their|our|your)"
_PERSON_IS = r"(?:it's|she's|he's|they're|i'm)"
# Words that no handle of plain words begins with.
_NOT_FIRST = frozenset(words("handles: not a handle"))
_NOT_AFTER_A_COMMA = frozenset(words("handles: not after a comma"))
_WORD = rf"[a-z0-9{_SURE}{_OTHER}](?:[a-z0-9{_SURE}{_OTHER}]|'(?=[a-z])){{0,19}}"
_STOP = r"\s?[,.!?;:)\"]|\s?$"
_WORD_AFTER = (
    r"(?:on|in|at|but|so\s(?:i|we|you|he|she|they|it|that|now|everyone|yeah)|"
    r"or\s(?:something|whatever)|because|if|when|which|that|was|who|keeps|kept|all|with|is|has|posts|"
    r"posted|wrote|put|pushed|sent|said|during|after|before|while)\b"
)
# A handle may hold an "and" of its own: "scrubs and snacks and she posts daily".
_AND_AFTER = (
    r"and\s(?:i|it|she|he|they|yes|you|that|a|an|the|my|we|this|now|then|people|everyone|everybody|nobody|"
    r"somebody|some|[a-z]{3,}s\s(?:at|about|us|them|everyone|everybody|it|our|what)\b)\b"
)
_NUMBERED = re.compile(rf"\b(?:[b-hj-z]|\d+|{'|'.join(DIGITS)})$", re.IGNORECASE)
_OF_CLAUSES = frozenset(words("handles: not within"))
_CALLS = frozenset(words("handles: calls"))  # before a handle
# What stands before an "as" that names: "goes as", "find me as"; but "he served as reeve".
_GOES_BY = frozenset(words("handles: goes by"))
_WEAK_CALLS = frozenset(["as", "under", "from", "by"])
_DETERMINERS = frozenset(["the", "a", "an", "any", "some", "such", "my", "our", "their", "full"])
_IN_USE = 5  # `Entry.word` of words that people know
_RARE = 9  # `Entry.word` below which a word is seldom used
_ONE_WORD = (
    r"(?:all\s)?(?:one\sword|two\swords|three\swords|no\sspaces|lower\s?case|no\scapitals)\b"
)
_OWN = (
    rf"{_WHOSE}\s(?:[a-z]{{2,12}}\s)?"
    r"(?:handle|user(?:\s?name)?|account|profile|channel|gamer\s?tag|log-?\s?in)\b"
    r"|the\s(?:account|handle|user\s?name)\b"
)


def _announced(before: str, after: str, *, least: int = 1) -> re.Pattern[str]:
    """Return what finds a handle of `least` to six words between two patterns."""
    handle = rf"{_WORD}(?:\s{_WORD}){{{least - 1},5}}?"
    return re.compile(rf"\b(?:{before})\s{_HUM}(?P<handle>{handle})(?={after})", re.IGNORECASE)


_PATTERNS = (
    # "on TikTok as scrubs and snacks", "my insta is the tired baker", "my handle, as night heron"
    _announced(
        rf"(?:on\s(?:the\s)?(?:{SITES}),?\s(?:as|under|"
        rf"(?:{_PERSON_IS}|(?:it|she|he)\sis|i\sam|they\sare)(?!\s\w+(?:ing|ed)\b))|"
        rf"{_WHOSE}\s(?:{SITES})(?:'s|\sis)|"
        r"(?:handle|user\s?name|gamer\s?tag|screen\s?name)(?:'s|\sis|,\sit's|\swas)|"
        rf"{_WHOSE}\shandle|user\s?name|gamer\s?tag|screen\s?name),?"
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
        rf"(?:(?:on\s(?:{SITES})|(?:account|profile|channel|page|feed|handle)(?:'s|\sis|,\sit's)?|by|from),?\s"
        r"at(?!\s(?:risk|least|all|work|home|last|once|night|present|lunch|breaks?|breakfast|dinner|tea|weekends?|"
        r"midnight|noon|meetings|half|handover)\b)|"
        r"(?:log|logs|logged|sign|signs|signed)\s?(?:(?:me|you|him|her|us)\s)?(?:in|on)\sas|"
        r"go(?:es)?\sby(?:\sthe\sname(?:\sof)?)?|posts\sas|posting\s(?:as|under)|"
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
        r"page,|profile,|channel,|see|saw|tell|ask|right,|from",
        rf",?\s(?:(?:(?:but|and)\s)?(?:it's|that's|that\sis|that\sone's|which\sis)\s(?:{_OWN}|"
        rf"{_WHOSE}\s(?:{SURE_SITES})\b|what\s(?:he|she|they)\s(?:goes?|calls?)\b)|{_ONE_WORD})",
        least=2,
    ),
    # "plays online chess as the ferret whisperer"
    _announced(
        r"(?:play|plays|playing)\s(?:\w+\s){1,2}as(?:\sthe)?",
        rf"{_STOP}|\s(?:and\b|{_WORD_AFTER})",
        least=2,
    ),
    # "follow me if you want, I'm late frost lenny, I post the ones we throw out"
    _announced(_PERSON_IS, r",\s(?:i|he|she|they)\s(?:posts?|streams?|tweets?|sells?)\b", least=2),
    # "I'm pretty sure nil by mouth on Twitter is one of us"
    _announced(r"(?:sure|reckon|think)", rf"{_ON_SITE}\s(?:is|was|has)\b", least=2),
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
    # "give whiskers on kittens a follow"
    _announced(r"give", r"\sa\s(?:follow|like|shout)\b", least=2),
    # "he's gravy train dan on Xbox"
    _announced(
        rf"(?:{_PERSON_IS}|(?:she|he)\sis)(?![^,.]{{0,60}}(?:\w(?:ing|ed)|\s(?:about|at|for|us|me|it|again|all))\b)",
        _ON_SITE,
        least=2,
    ),
)
# "that gossip account, broke but happy, posts"
_ACCOUNT = _announced(r"(?:account|page|profile|channel),", r"[,?!]|\.(?:\s|$)", least=2)
# Weaker still: only where a site is spoken of, and only for words that nobody would put so.
_WEAK_PATTERNS = (
    # "the eBay name is old saki parts", "Twitter handle night heron"
    _announced(
        rf"(?:{SITES})\s(?:handle|(?:name|user|id)(?:'s|\sis|,\sit's|\swas)),?"
        rf"(?:\s{_HUM}(?:as|at)){{0,2}}",
        rf"{_STOP}|\s(?:{_AND_AFTER}|{_WORD_AFTER})",
    ),
    # "that page, moody mannequin, you can tell", "the user is, uh, a shinde dash dev"
    _announced(
        r"(?:account|page|profile|channel|feed|user|seller|blog|stream|poster|man|woman|guy|lady|"
        r"blogger|vlogger|influencer|streamer|reviewer|commenter|troll|"
        r"(?:who|that)\s(?:wrote|posted|rated|reviewed|put|left)\s[^,.!?]{2,40}|"
        rf"on\s(?:{SITES})),",
        r"[,?!]|\.(?:\s|$)",
    ),
    # "look at the comments by velcro vince, he", "a review from a crunchy hips trish, saying"
    _announced(
        r"(?:comments?|reviews?|posts?|videos?|stars?|messages?|tweets?|reels?|clips?|rants?),?\s"
        r"(?:\w+\s)?(?:by|from|off)(?:\s(?:a|an|some|someone\scalled))?",
        rf"{_STOP}|\s(?:saying|about|{_WORD_AFTER})",
    ),
    # "search bagan boy bikash, he is dancing", "look for sugar mama dess, and tell her"
    _announced(
        r"(?:search|look\sfor|find|add|follow|ping|play|ban|block|unblock|report|tell|ask)"
        r"(?:\s(?:me|for|up))?",
        rf"{_STOP}|\s(?:{_AND_AFTER}|{_WORD_AFTER})",
        least=2,
    ),
    # "whoever's hold music hater, your posts are gold", "signed burnt out in baner"
    _announced(
        r"(?:whoever's|whoever\sis|signed(?:\sit)?|(?:i'm|we're|he's|she's|me|is|are|am)\s"
        r"(?:still\s)?down\sas|(?:name|signature)\s(?:on|under)\s(?:it|that)\s(?:is|was)|"
        r"(?:shop|store|stall|name)(?:'s|\sis|\swas)|it's\scalled|(?:account|page|profile|channel|group|"
        r"board|someone|somebody|fella|lad|guy|girl|woman|bloke|person)[^.!?,]{0,30}\s(?:called|under))(?:\sat)?",
        rf"{_STOP}|\s(?:{_AND_AFTER}|(?:and|on|is|has|posts|posted|keeps|because|who)\b)",
        least=2,
    ),
)
# "Peach State Permit Guy on Nextdoor"
_CAPITALS = re.compile(
    rf"\b(?P<handle>(?:[A-Z][\w']{{0,30}}\s){{1,4}}[A-Z][\w']{{0,30}})(?=\son\s(?i:{SURE_SITES})\b)"
)
# "my log-in's been R Whitlock four", "clocking in as pastry one": of letters or numbers, in part.
_LOG_INS = _announced(
    r"(?:log-?\s?in[^,.!?]{0,25}?(?:'s|\sis|\swas|,\sit\ssays)(?:\s(?:been|now|still))?|"
    r"(?:clock|sign|log)(?:s|ed|ged|ing|ging)?\s(?:in|on)\sas|(?:using|use|type|typed|enter)|"
    r"(?:i'm|i\sam|user\sis|unblock|block)(?:\sstill)?)",
    rf"{_STOP}|\s(?:for|since|and|{_WORD_AFTER})",
    least=2,
)


_WORK_SYSTEM = re.compile(
    r"\b(?:log(?:ging|ged|s)?[ -]?(?:in|on)|sign(?:ing|ed|s)?\s(?:in|on)|clock(?:ing|ed|s)?\sin|"
    r"user|(?:the|my|your|our)\still|register|scanner|handset|terminal|dialler|system|"
    r"password|account)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z]+")
_SITES_AND_CUES = frozenset(
    word for section in ("handles: sure sites", "handles: near") for word in words(section)
)
_CUE = re.compile(
    rf"\b(?:(?:{_WHOSE}|the|a|whose|that)\shandle|user\s?name|log-?\s?in|in\sas|find\sme|"
    r"gamer\s?tag|group\schat|tik\stok|cash\sapp)\b"
)


@once_a_text
def with_sites_marked(text: str) -> str:
    """Return a text of the same length in which letters nobody writes stand for names of sites."""
    return _MAY_BE_A_SITE.sub(_mark, text)


def _mark(match: re.Match[str]) -> str:
    name = match.group().lower().replace(" ", "").removesuffix(".com")
    return _MARK_OF.get(name, "") * len(match.group()) or match.group()


@once_a_text
def tells_of_handles(text: str) -> bool:
    """Say whether a text has a word near which handles are."""
    lower = text.lower()
    return not _SITES_AND_CUES.isdisjoint(_WORDS.findall(lower)) or bool(_CUE.search(lower))


def said_handles(text: str) -> Iterator[Span]:
    """Yield handles of plain words that something announces."""
    found = set(_said(with_sites_marked(text), is_near_site=tells_of_handles(text)))
    yield from found
    for said in {
        text[span.start : span.end] for span in found if " " in text[span.start : span.end]
    }:
        for match in re.finditer(rf"\b{re.escape(said)}\b", text):
            yield Span(match.start(), match.end(), Kind.USERNAME)


def _said(text: str, *, is_near_site: bool) -> Iterator[Span]:
    for pattern in (*_PATTERNS, _CAPITALS):
        yield from _handles(pattern, text)
    yield from _handles(_ACCOUNT, text, _is_named)
    if _WORK_SYSTEM.search(text):
        yield from _handles(_LOG_INS, text, _is_numbered)
    if is_near_site:
        for pattern in _WEAK_PATTERNS:
            yield from _handles(pattern, text, _is_odd)


def _anything(_handle: str) -> bool:
    return True


def _handles(
    pattern: re.Pattern[str], text: str, can_be: Callable[[str], bool] = _anything
) -> Iterator[Span]:
    """Yield what a pattern finds; where that can be no handle, look again behind its start."""
    position = 0
    while match := pattern.search(text, position):
        handle = match["handle"].lower()
        if handle.split()[0] in _NOT_FIRST or not can_be(match["handle"]):
            position = match.start() + 1
        else:
            yield Span(*match.span("handle"), Kind.USERNAME)
            position = match.end()


def _is_named(handle: str) -> bool:
    """Say whether words between commas are no clause and tell nothing of time or place."""
    parts = handle.lower().split()
    return parts[0] not in _NOT_AFTER_A_COMMA and not _OF_CLAUSES.intersection(parts)


def _is_numbered(handle: str) -> bool:
    """Say whether words end in a letter or a number, as a shared log-in does."""
    return bool(_NUMBERED.search(handle)) and not _OF_CLAUSES.intersection(handle.lower().split())


def _is_odd(handle: str) -> bool:
    """Say whether somebody would hardly put these words so: a capital, a rare word, no clause."""
    parts = handle.split()
    has_site = _SURE in handle or _OTHER in handle
    if has_site or any(part.lower() in _OF_CLAUSES | _SITES_AND_CUES for part in parts):
        return False
    return any(
        part[0].isupper() or part.lower() == "at" or look_up(part.lower()).word < _RARE
        for part in parts
    )


def is_handle_of_plain_words(tokens: Sequence[Token], starts: Sequence[int], span: Span) -> bool:
    """Say whether a handle is words alone, everyday ones or several; without a site it is none."""
    if span.kind is not Kind.USERNAME:
        return False
    first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
    inside = tokens[first:end]
    compares = end < len(tokens) and tokens[end].lower == "as"  # as kooky and overeager as it is
    before = [t.lower for t in tokens[max(0, first - 4) : first]]
    calls = {word for word in before[-2:] if word in _CALLS}
    if not compares and (calls - _WEAK_CALLS or (calls and _GOES_BY.intersection(before))):
        return False
    if inside and (inside[0].lower in _DETERMINERS or any(t.lower == "and" for t in inside)):
        return True  # under the windshield wiper
    if not compares and calls - {"as"}:
        return False
    if all(t.text.isalpha() and look_up(t.lower).word >= _IN_USE for t in inside):
        return True
    has_figures = any(t.text == "_" or t.text[0].isdecimal() or t.lower in DIGITS for t in inside)
    return not has_figures and any(a.end < b.start for a, b in pairwise(inside))


def named_within(tokens: Sequence[Token], starts: Sequence[int], span: Span) -> Iterator[Span]:
    """Yield the names in what is no handle: "vintage Spielberg"."""
    for token in tokens[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
        if len(token.text) > 2 and token.text.istitle() and not look_up(token.lower).word:
            yield Span(token.start, token.end, Kind.PERSON)
