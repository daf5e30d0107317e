"""Handles: what people call themselves on sites, written and said.

A handle of plain words looks like plain words, so those need a word before that announces one.
"""

import re
from collections.abc import Iterator

from redact.lexicon import look_up
from redact.spans import Kind, Span
from redact.vocabulary import words

_HANDLE = re.compile(r"(?<![\w@.])@(?=[\w.]{0,30}[a-z])[a-z0-9_][\w.]{1,29}(?<!\.)", re.IGNORECASE)
# Sites whose name means nothing else, and others.
_SURE_SITES = (
    r"insta(?:gram)?|snap(?:chat)?|tik\s?tok|twitter|discord|telegram|reddit|youtube|twitch|"
    r"facebook|bluesky|mastodon|strava|github"
)
_SITES = (
    rf"(?:{_SURE_SITES}|x|fb|messenger|signal|steam|xbox|psn|playstation|whatsapp|linkedin|"
    r"threads|vinted|ebay|bebo|kik|slack|teams|glassdoor|onlyfans|tumblr|pinterest|skype|wechat|"
    r"viber|vk|gitlab|venmo|cash ?app|roblox|fortnite|yammer|quora|medium|flickr|soundcloud|"
    r"duolingo)"
)
_CUED_HANDLE = re.compile(
    rf"\b(?:user ?name|user ?id|handle|screen ?name|log ?in|gamer ?tag|user|account|"
    rf"profile|add me|find me|follow me|message me|dm me|known as|goes by|"
    rf"(?:on|via|my|his|her|their)\s+{_SITES})\b(?:\s+(?:on|in|at)\s+{_SITES})?"
    r"\s*(?:is|as|:|,|=|-|under|name|called|-?>)?\s*(?:is|as|:|under)?\s*[\"'(]?"
    r"(?P<handle>(?=[\w.-]*[\d_]|[\w-]*\.\w|(?<=handle )\w+-)"
    r"[a-z][\w.-]{3,29}\b(?<![.-])(?:/\w{2,30})?)",
    re.IGNORECASE,
)
# Words that no handle of plain words begins with.
_NOT_A_HANDLE = rf"(?!(?:{'|'.join(words('handles: not a handle'))}|needs?)\b)"
# A handle of plain words, up to a comma or a small word: "on TikTok as scrubs and snacks".
_SAID_HANDLE = re.compile(
    rf"\b(?:on\s(?:the\s)?{_SITES},?\s(?:as|under|it's|she's|he's|they're|i'm)|(?:my|"
    rf"his|her|their|our)\s{_SITES}(?:'s|\sis)|"
    r"(?:handle|user ?name|gamer ?tag|screen ?name)(?:'s|\sis|,\sit's)|"
    rf"(?:my|his|her|their|your|{_SITES})\shandle|user ?name|gamer ?tag|screen ?name)"
    r",?\s(?:(?:um|uh|er|erm),?\s|as\s|at\s|(?:all\s)?(?:one\sword|lower\s?case),?\s){0,3}"
    rf"(?P<handle>{_NOT_A_HANDLE}"
    r"[a-z0-9]{1,20}(?:\s[a-z0-9]{1,20}){0,5}?)"
    r"(?=\s?[,.!?;:)\"]|\s?$|\s(?:and\s(?:i|it|she|he|they|yes|you|that|a|an|the|my|we|this|now|"
    r"then|people|everyone|some)|on|in|at|or|but|so|because|if|when|which|that|was|who|keeps|"
    r"kept|all one word|all lower|with|is|has|posts|posted|wrote|put|pushed|sent|said)\b)",
    re.IGNORECASE,
)
# A handle between what announces it and its site: "message at swap queen on Telegram".
_HANDLE_ON_SITE = re.compile(
    r"\b(?:(?:message|dm|add|follow|find|tag|it's|me|him|her|them|us)\sat|called|under|named|"
    r"known\sas|goes\sby|posts?\sas|posting\sas|posting\sunder|(?:name|handle|account)(?:'s|\sis))"
    rf"\s(?P<handle>{_NOT_A_HANDLE}[a-z0-9]{{2,20}}(?:\s[a-z0-9]{{1,20}}){{0,4}}?),?\s"
    r"(?:all\sone\sword,?\s)?(?:over\s)?on\s(?:the\s)?"
    rf"(?:{_SURE_SITES}|threads)\b",
    re.IGNORECASE,
)
# "on Insta at the slow rolls", "the account is at mister snow ghost", "logs in as c auld four"
_HANDLE_AFTER_AT = re.compile(
    rf"\b(?:(?:on\s{_SITES}|(?:account|profile|channel|page|feed)(?:'s|\sis)?),?\sat|"
    r"(?:log|logs|logged|sign|signs|signed)\s?(?:(?:me|you|him|her|us)\s)?(?:in|on)\sas|goes\sby(?:\sthe\sname(?:\sof)?)?|"
    r"posts\sas|posting\s(?:as|under)|call(?:s|ed|ing)\s(?:him|her|them)sel(?:f|ves)),?\s"
    r"(?:(?:um|uh|er|erm),?\s)?"
    rf"(?P<handle>(?:the\s)?{_NOT_A_HANDLE}(?!risk|least|all|work|home|last|once|night|present)"
    r"[a-z0-9]{1,20}(?:\s[a-z0-9]{1,20}){0,4}?)"
    r"(?=\s?[,.!?;:)\"]|\s?$|\s(?:and|but|so|because|if|when|which|that|who|on|in|with|is|all)\b)",
    re.IGNORECASE,
)
# "put it up as paper cut pixie", "find me under dust bunny trace": at least two words
_HANDLE_OF_WORDS = re.compile(
    r"\b(?:(?:put|puts|post|posts|posted|posting|share|shares|shared|upload|uploads|uploaded)\s"
    r"(?:it|them|that|this|everything|mine)\s(?:all\s)?(?:up\s|online\s|private\s|out\s)?"
    r"(?:as|under)|(?:find|follow|add|search)\s(?:for\s)?(?:me|us|him|her|them)\s(?:as|under)|"
    r"reviews?\sas)\s(?:(?:um|uh|er|erm),?\s)?"
    rf"(?P<handle>{_NOT_A_HANDLE}[a-z0-9]{{2,20}}(?:\s[a-z0-9]{{1,20}}){{1,4}}?)"
    r"(?=\s?[,.!?;:)\"]|\s?$|\s(?:and|but|so|because|if|when|which|that|who|on|in|with|is|all)\b)",
    re.IGNORECASE,
)
# "send it to slow jam sipho, that's my other account"
_HANDLE_EXPLAINED = re.compile(
    rf"\b(?:under|as|to|called|it's|by)\s(?P<handle>{_NOT_A_HANDLE}[a-z0-9]{{2,20}}"
    r"(?:\s[a-z0-9]{1,20}){1,4}?),?\s(?:it's|that's|which\sis|that\sis)\s"
    r"(?:my|his|her|their|our)\s(?:[a-z]{2,12}\s)?"
    rf"(?:handle|user\s?name|account|profile|channel|gamer\s?tag|{_SURE_SITES})\b",
    re.IGNORECASE,
)
# "somebody's running an account, speak now or never, one word"
_HANDLE_OF_AN_ACCOUNT = re.compile(
    r"\b(?:account|page|profile|channel)(?:'s|\sis)?,?\s(?:(?:um|uh|er|erm|it's|called),?\s){0,2}"
    rf"(?P<handle>{_NOT_A_HANDLE}[a-z0-9]{{2,20}}(?:\s[a-z0-9]{{1,20}}){{0,4}}?),?\s"
    r"(?:all\s)?(?:one\sword|lower\s?case)\b",
    re.IGNORECASE,
)
# A word that nobody would write for a word: railrat_wrexham, kayleighbb7, karen.from.croft.
_ODD_HANDLE = re.compile(
    r"(?<![\w@./-])(?:(?=[\w.]{5,30})[a-z][a-z0-9]*(?:[._][a-z0-9]+)*_[a-z0-9]+(?:[._][a-z0-9]+)*"
    r"|[a-z]{3,20}(?:\.[a-z0-9]{1,20}){2,5}|[a-z]{6,24}\d{1,4})(?![\w@/]|[.-]\w)",
    re.IGNORECASE,
)
_CUED = (
    _CUED_HANDLE,
    _SAID_HANDLE,
    _HANDLE_ON_SITE,
    _HANDLE_AFTER_AT,
    _HANDLE_OF_WORDS,
    _HANDLE_EXPLAINED,
    _HANDLE_OF_AN_ACCOUNT,
)
_SLASH_HANDLE = re.compile(r"(?<![\w/])u/[\w-]{3,30}\b")


def usernames(text: str) -> Iterator[Span]:
    """Yield handles: with an at sign, or after a word that says what they are."""
    for pattern in (_HANDLE, _SLASH_HANDLE, _ODD_HANDLE):
        for match in pattern.finditer(text):
            word = match.group().rstrip("0123456789").lower()
            if not (word.isalpha() and pattern is _ODD_HANDLE and look_up(word).word):
                yield Span(match.start(), match.end(), Kind.USERNAME)
    for pattern in _CUED:
        for match in pattern.finditer(text):
            yield Span(*match.span("handle"), Kind.USERNAME)
