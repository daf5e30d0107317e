"""Polish names in their cases, and plain words in all their forms, by Morfeusz.

What it does not know stays as it is.
"""

from collections.abc import Iterator
from functools import cache

_NAMES = frozenset(["imię", "nazwisko", "nazwa_geograficzna", "nazwa_organizacji", "nazwa_firmy"])
_NO_WORDS = ("ign", "brev", "aglt", "interp", "dig", "romandig")
# What a past form is put together with: "stanął" and "eś".
_PAST = {"a": ("m", "ś"), "o": ("m", "ś"), "i": ("śmy", "ście"), "y": ("śmy", "ście")}
CASES = {"gen": "gen", "dat": "dat", "acc": "acc", "ins": "inst", "loc": "loc", "voc": "voc"}


@cache
def inflect(name: str, case: str) -> str:
    """Return a given name or surname in a case, such as `gen`."""
    if not name.isalpha():
        return "-".join(inflect(half, case) for half in name.split("-")) if "-" in name else name
    forms = [
        (form, tag)
        for form, _lemma, tag, kinds, _ in _morfeusz().generate(name)
        if tag.startswith("subst:sg") and _NAMES & set(kinds)
    ]
    genders = {g for _, tag in forms if "nom" in tag for g in tag.split(":")[3].split(".")}
    if name.endswith("a") and "f" in genders:
        gender = "f"
    else:
        gender = next((g for g in ("m1", "n", "m3", "m2") if g in genders), "")
    for form, tag in forms:
        parts = tag.split(":")
        if CASES[case] in parts[2].split(".") and gender in parts[3].split("."):
            return form
    return name


def forms(word: str) -> Iterator[str]:
    """Yield all forms of a plain word; of a name, and of what is no word, none."""
    for _, _, (_, lemma, tag, kinds, _) in _morfeusz().analyse(word):
        if not tag.startswith(_NO_WORDS) and not _NAMES & set(kinds):
            yield from _forms_of(lemma)


@cache
def _forms_of(lemma: str) -> tuple[str, ...]:
    found = set()
    for form, _, tag, kinds, _ in _morfeusz().generate(lemma):
        if not _NAMES & set(kinds) and " " not in form:
            found.add(form)
            if tag.startswith("praet"):
                found.update(form + end for end in _PAST.get(form[-1], ("em", "eś")))
    return tuple(sorted(found))


@cache
def _morfeusz():  # type: ignore[no-untyped-def]
    import morfeusz2  # noqa: PLC0415

    return morfeusz2.Morfeusz()
