"""Polish names in their cases, by Morfeusz; a name that it does not know stays as it is."""

from functools import cache

CASES = {"gen": "gen", "dat": "dat", "acc": "acc", "ins": "inst", "loc": "loc", "voc": "voc"}


@cache
def inflect(name: str, case: str) -> str:
    """Return a given name or surname in a case, such as `gen`."""
    if not name.isalpha():
        return "-".join(inflect(half, case) for half in name.split("-")) if "-" in name else name
    forms = [
        (form, tag)
        for form, _lemma, tag, kinds, _ in _morfeusz().generate(name)
        if tag.startswith("subst:sg") and {"imię", "nazwisko", "nazwa_geograficzna"} & set(kinds)
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


@cache
def _morfeusz():  # type: ignore[no-untyped-def]
    import morfeusz2  # noqa: PLC0415

    return morfeusz2.Morfeusz()
