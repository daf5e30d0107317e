"""What the fuzzer does to words: notes, receipts, tables of names, settings and calls in JSON."""

import json
import random
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import store
from capture import note
from capture.errors import CaptureError
from kiosk.app import create_app
from kiosk.serve import make_house
from kiosk.settings import RANGES, SECTIONS, Limits, Settings, SettingsError
from redact import redact
from redact.lists import sheet
from store import words
from store.rows import database
from store.seals import derive
from store.throttle import Stretches
from tests.support.kiosk_in_folder import open_gathering
from tests.support.places import PASSPHRASE

# What has meaning somewhere on the way, and what means nothing and is awkward.
PIECES = (
    *("Ask Gareth Llewellyn", "Frau Müller", "Dr", "07700 900123", "pete@example.com", "M14 5RX"),
    *("[PERSON 1]", "[", "]", "[[", "\n", "\r\n", "\t", " ", ", ", ";", '"', "'", "\\", "{{x}}"),
    *("\0", "\x1b[2J", "\u200b", "\u202e", "\ufeff", "\ufffd", "\U000e0041", "\U0001f468\u200d"),
    *("Dr.", ".", "@", "0@0.00", "at", "indeed.com", "the finance director", "12", "/", "-", "#"),
    *("e\u0301" * 40, "\u0308" * 300, "ﬃ", "ß", "İ", "ſ", "Ａ", "１", "٣", "李", "عمر", "=1+1"),
    *("a" * 300, "9" * 300, "happi" + "ness" * 90, "at dot com " * 30, "<b>", "%s%n", "../../etc"),
)  # fmt: skip
NUMBERS = (0, -1, 1, 3, 2**31, -(2**63), 10**400, 0.5, 1e308, -0.0)
MEANT: dict[str, Any] = {
    "struck": [[0, 2]], "covered": [[0, 0, 9, 9]], "uncovered": [], "feeling": ["tired"],
    "question": 0, "kind": "silence", "words": "acorn acorn acorn acorn", "span": [0, 8],
    "promise": "",
}  # fmt: skip
WISHES = tuple(MEANT)
MOST_CHARACTERS = 3_000


def text(chance: random.Random, *meant: str) -> str:
    """Some text, made of what is meant, of pieces, and of any characters at all."""
    parts = [chance.choice(meant)] if meant else []
    for _ in range(chance.randint(0, 12)):
        piece = chance.choice(PIECES) if chance.random() < 0.8 else _any(chance)
        parts.insert(chance.randint(0, len(parts)), piece)
    joined = chance.choice(("", " ", "\n")).join(parts)
    if joined and chance.random() < 0.3:
        at = chance.randrange(len(joined))
        joined = joined[:at] + joined[at + chance.randint(1, 9) :]
    return joined[:MOST_CHARACTERS]


def _any(chance: random.Random) -> str:
    top = chance.choice((0x7F, 0x24F, 0xFFFF, 0x10FFFF))
    found = (chr(chance.randint(0, top)) for _ in range(chance.randint(1, 8)))
    return "".join(each for each in found if not 0xD800 <= ord(each) <= 0xDFFF)


def notes(_folder: Path) -> Callable[[random.Random], str]:
    """Bytes of a note, to words that may be kept."""
    languages = (None, "en", "de", "fr", "es", "pl", "ar", "xx")

    def meet(chance: random.Random) -> str:
        body = text(chance).encode()
        if chance.random() < 0.2:
            body = body[: chance.randint(0, len(body))] + chance.randbytes(chance.randint(0, 4))
        try:
            raw_text = note.read(body, limit_characters=10_000)
        except CaptureError as refusal:
            return type(refusal).__name__
        found = redact(raw_text, chance.choice(languages))
        ends = [0]
        for each in found.placeholders:
            assert ends[-1] <= each.start < each.end <= len(found.text), "places that overlap"
            ends.append(each.end)
        assert len(found.spans) == len(found.placeholders)
        return "redacted" if found.spans else "read"

    return meet


def receipts(_folder: Path) -> Callable[[random.Random], str]:
    """What somebody types who has four words, or none."""

    def meet(chance: random.Random) -> str:
        right = words.from_bytes(chance.randbytes(8))
        typed = list(right)
        for _ in range(chance.randint(0, 4)):
            at = chance.randint(0, len(typed))
            typed[at : at + chance.randint(0, 2)] = chance.choice(("", " ", "-", "e", "Ä", *PIECES))
        found = words.read("".join(typed)[:200])
        if found is None:
            return "none"
        assert words.read(found) == found, "what was read reads otherwise"
        assert set(found.split()) <= set(words.everything())
        return "as it was" if found == right else "other words"

    return meet


def tables(_folder: Path) -> Callable[[random.Random], str]:
    """A sheet of local names, and a note against it."""
    names = ("Zorblax", "Gareth Llewellyn", "Ward 4B", "Blue Team")

    def cell(chance: random.Random, *meant: str) -> str:
        return text(chance, *meant)[:120] if chance.random() < 0.3 else chance.choice(meant)

    def meet(chance: random.Random) -> str:
        separator = chance.choice(",;\t")
        heading = chance.choice((*[("kind", "name", "nicknames")] * 5, ("name", "kind"), ("kind",)))
        rows = [[cell(chance, each) if chance.random() < 0.1 else each for each in heading]]
        for _ in range(chance.randint(0, 6)):
            kind = cell(chance, "staff", "team", "site", "room", "project", "title")
            rows.append([kind, cell(chance, *names), cell(chance, "Gaz; Gazza", "")])
        made = chance.choice(("\n", "\r\n", "\r")).join(separator.join(row) for row in rows)
        preview = sheet.from_csv(made)
        lists = preview.lists()
        redact("Gareth and Zorblax met Gazza in Ward 4B. " + text(chance), lists=lists)
        assert type(lists).from_json(lists.to_json()) == lists, "what is stored comes back other"
        return "some rows" if preview.rows else "no rows"

    return meet


def settings(folder: Path) -> Callable[[random.Random], str]:
    """A settings file of somebody in a hurry."""
    values = (
        "true",
        "0",
        "-1",
        "5",
        '"en"',
        '"strict"',
        "[]",
        '["a"]',
        "1979-05-27",
        "1e400",
        "{}",
    )

    def meet(chance: random.Random) -> str:
        lines = []
        for section in chance.sample([*SECTIONS], chance.randint(0, 3)):
            lines.append(f"[{section}]" if chance.random() < 0.9 else "[odd]")
            known = [each.name for each in fields(SECTIONS[section])]
            for key in chance.sample(known, chance.randint(0, min(3, len(known)))):
                low, high = RANGES.get(key, (0, 9))
                meant = str(chance.randint(low, high)) if key in RANGES else chance.choice(values)
                value = meant if chance.random() < 0.9 else chance.choice(values)
                lines.append(f"{key if chance.random() < 0.95 else 'odd'} = {value}")
        made = text(chance, "\n".join(lines)) if chance.random() < 0.3 else "\n".join(lines)
        body = made.encode()
        if chance.random() < 0.1:
            body += chance.randbytes(3)
        (folder / "settings.toml").write_bytes(body)
        try:
            Settings.read(folder)
        except SettingsError:
            return "refused"
        return "read"

    return meet


def anything(chance: random.Random, depth: int = 0) -> Any:
    """A value that JSON can hold."""
    act = chance.random()
    if depth < 6 and act < 0.25:
        return [anything(chance, depth + 1) for _ in range(chance.randint(0, 5))]
    if depth < 6 and act < 0.45:
        named = chance.sample((*WISHES, "", "\0", "__proto__"), chance.randint(0, 4))
        return {name: anything(chance, depth + 1) for name in named}
    if act < 0.6:
        return chance.choice(NUMBERS)
    return chance.choice((None, True, False, "silence", "tired", text(chance)[:200]))


def calls(folder: Path) -> Callable[[random.Random], str]:
    """JSON to every call that takes any, with a draft of each kind there."""
    store.open(folder, receipt_cost=derive.TEST_COST)
    store.keys.set_up(PASSPHRASE, name="Ada", cost=derive.TEST_COST)
    open_gathering()
    store.close()
    house = make_house(Settings(data_dir=folder, limits=Limits(contributions_per_hour=0)))
    object.__setattr__(database.tries(), "receipts", Stretches(0))
    house.voice = None
    client = create_app(house).test_client()
    drafts: list[str] = []

    def draft(chance: random.Random) -> str:
        if not drafts or chance.random() < 0.1:
            drafts[:] = drafts[-20:]
            made = client.post(
                "/api/drafts", data=text(chance, "Ask Sarah Miller."), content_type="text/plain"
            )
            if made.status_code == 201:
                drafts.append(made.json["draft"])
        return chance.choice(drafts[-3:]) if drafts else "none"

    def meet(chance: random.Random) -> str:
        wish = {
            name: MEANT[name] if chance.random() < 0.6 else anything(chance)
            for name in chance.sample(WISHES, chance.randint(0, 4))
        }
        body = json.dumps(wish if chance.random() < 0.8 else anything(chance)).encode()
        if chance.random() < 0.2:
            at = chance.randint(0, len(body))
            junk = (b"", b"[" * 5_000, b'{"a":' * 3_000, b"\xff", b"NaN", b"\\ud800", b"1" * 5_000)
            body = body[:at] + chance.choice(junk) + body[at + chance.randint(0, 3) :]
        method, path = chance.choice(
            (
                ("POST", f"/api/drafts/{draft(chance)}/keep"),
                ("POST", f"/api/drafts/{draft(chance)}/reading"),
                ("POST", f"/api/drafts/{draft(chance)}/back"),
                ("POST", "/api/items"),
                ("POST", "/api/receipt"),
                ("POST", "/api/receipt/reading"),
                ("DELETE", "/api/receipt"),
            )
        )
        answer = client.open(
            path,
            method=method,
            data=body,
            content_type="application/json",
            headers={"Idempotency-Key": f"{chance.getrandbits(96):024x}"},
        )
        assert answer.status_code < 500, f"{method} {path.split('/')[-1]}: {answer.status_code}"
        return str(answer.status_code)

    return meet
