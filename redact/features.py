"""What the sequence model looks at: for each word its form, its neighbours and what the lists know of them."""

from collections import Counter
from collections.abc import Sequence

from redact.lexicon import Entry, look_up
from redact.tokens import Token

_CLASSES = {
    "title": "mr mrs ms miss dr doctor prof professor sister sir madam rev reverend father pastor imam rabbi captain sergeant sgt cllr councillor chef nurse matron brother lady lord dame ustaz hajji sheikh",
    "kin": "mum mam mom dad nan gran auntie aunt uncle brother sister son daughter husband wife cousin niece nephew mate friend colleague buddy partner ex fiance boyfriend girlfriend pal boss manager supervisor lad girl guy fella bloke woman man named called",
    "be": "is was are were be been am isn't wasn't aren't has had have hasn't hadn't does did doesn't didn't do don't can can't could couldn't will won't would wouldn't should shouldn't might must may shall keeps kept gets got",
    "say": "said says say saying told tell tells asked ask asks goes thinks thought knows knew wants wanted needs shouts shouted lied laughed laughs promised left gave took took sits stood works worked started never always still just deserves makes made",
    "prep": "in from to at near of for by with about on into outside behind over through around between under off",
    "det": "the a an our my your his her their this that these those every each any some no its another same",
    "pron": "i you he she it we they me him us them who whoever someone somebody everyone everybody nobody anyone anybody one",
    "room": "ward room lab laboratory bay block building unit theatre suite corridor dock depot warehouse shed plant site studio wing plot sector gate hangar classroom workshop clinic hut pod hall cabin platform cell store pier berth office zone terminal aisle floor level lane stand stage deck annexe kitchen cupboard lift stairwell houseblock greenhouse kiosk oven",
    "house": "house lodge court tower mill quay wharf yard works campus hospital centre center park estate hub villa manor farm hotel arms inn plaza arcade mall barracks rise heights gardens mews",
    "firm": "ltd limited plc inc llc group services solutions logistics bakeries bakery foods council trust academy college university school primary recruitment staffing cleaning security transport haulage construction catering care healthcare hospice surgery partners associates consulting systems technologies tech industries steel motors freight couriers agency agencies employer firm company contractor contractors supplier client stores supermarkets housing homes labs pharma marine lines infirmary nursery brewery dairies",
    "team": "team teams project programme program squad crew shift tribe guild pod initiative taskforce watch operation workstream campaign stream chapter cell committee group hub desk",
    "role": "director manager coordinator co-ordinator officer lead leader controller secretary supervisor inspector adviser advisor chief administrator planner technologist engineer specialist consultant partner buyer trainer auditor superintendent nurse technician chef worker analyst executive principal registrar convenor matron governor foreman trustee head deputy accountant pharmacist chaplain sonographer radiographer physio physiotherapist therapist dietitian midwife librarian archivist curator caretaker steward bursar dean professor lecturer surgeon consultant receptionist clerk cook baker brewer butcher welder fitter electrician plumber gardener groundsman keeper handler editor producer designer architect surveyor solicitor paralegal economist statistician scientist chemist owner founder chairman chairwoman chair president ceo cfo coo cto md warden porter translator interpreter",
    "rolemod": "assistant regional senior chief interim acting national area divisional executive associate vice junior only sole lead head deputy duty principal general managing",
    "site": "instagram insta tiktok snapchat snap twitter facebook discord telegram reddit youtube whatsapp twitch linkedin username login handle account profile user follow add dm",
    "phone": "phone number mobile tel ring call text dial extension ext landline whatsapp pager bleep contact",
    "mail": "email e-mail mail inbox emails cc",
    "idcue": "badge locker payroll staff employee clock card pass id ni insurance account acct sort case ticket ref reference incident grievance reg registration plate passport licence permit pin van car lorry vehicle serial asset",
    "street": "road street lane avenue close drive way crescent terrace place parade row square hill grove walk view rd st ave postcode flat apartment box",
    "live": "live lives lived living moved move address born based grew deliver",
    "age": "aged age years year old yrs yo turned turning birthday young",
    "month": "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
    "weekday": "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue tues wed thu thur thurs fri sat sun",
    "num": "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double triple treble",
    "ordinal": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty-first",
    "joint": "dot underscore hyphen dash slash at com org net uk co",
    "bye": "regards sincerely faithfully cheers thanks signed yours love wishes thank dear hi hello hey sorry",
    "spell": "spelled spelt spelling spell letters",
    "product": "excel word teams slack outlook zoom powerpoint sharepoint windows chrome edge workday oracle sage kronos jira google citrix android iphone microsoft photoshop gmail whatsapp alexa siri henry dyson hoover stanley sellotape velcro tannoy lego ikea",
    "fill": "um uh er erm like yeah so well okay right",
    "unit": "minutes mins minute hours hour days day weeks week months month quid pounds pound pence percent degrees people times miles metres kilos boxes crates pallets",
}  # fmt: skip
CLASS_OF: dict[str, str] = {}
for _name, _words in _CLASSES.items():
    for _word in _words.split():
        CLASS_OF.setdefault(_word, _name)

_NOTHING = Entry()


def features(tokens: Sequence[Token]) -> list[list[str]]:
    """Return for each token the list of its features."""
    count = len(tokens)
    entries = [look_up(t.lower) if t.text[0].isalpha() else _NOTHING for t in tokens]
    shapes = [_shape(t.text) for t in tokens]
    briefs = [_brief(t, e) for t, e in zip(tokens, entries, strict=True)]
    classes = [_class(t) for t in tokens]
    places = _phrases(tokens)
    small = {t.text for t in tokens if t.text.islower()}
    seen = Counter(t.lower for t in tokens)
    style = _style(tokens)
    words = ["^2", "^1", *(t.lower for t in tokens), "$1", "$2"]
    briefs = ["^", "^", *briefs, "$", "$"]
    classes = ["^", "^", *classes, "$", "$"]
    shapes = ["^", *shapes, "$"]
    rows = []
    for i in range(count):
        token, entry = tokens[i], entries[i]
        w2, w1, w0, v1, v2 = words[i : i + 5]
        b2, b1, b0, d1, d2 = briefs[i : i + 5]
        c2, c1, c0, e1, e2 = classes[i : i + 5]
        s1, s0, t1 = shapes[i : i + 3]
        start = "1" if token.opens else "0"
        row = [
            "w=" + w0, "w-1=" + w1, "w+1=" + v1, "w-2=" + w2, "w+2=" + v2,
            "w-1|w+1=" + w1 + "|" + v1, "w-2|w-1=" + w2 + "|" + w1, "w+1|w+2=" + v1 + "|" + v2,
            "s=" + s0 + start + style, "s-1|s|s+1=" + s1 + s0 + t1,
            "b=" + b0, "b|s=" + b0 + s0 + start + style, "b-1=" + b1, "b+1=" + d1, "b-1|b=" + b1 + b0 + start, "b|b+1=" + b0 + d1 + start, "b-1|b|b+1=" + b1 + b0 + d1,
            "w-1|b=" + w1 + "|" + b0 + s0, "w+1|b=" + v1 + "|" + b0 + s0 + start,
            "c=" + c0, "c-1=" + c1, "c+1=" + e1, "c-2|c-1=" + c2 + "|" + c1, "c+1|c+2=" + e1 + "|" + e2, "c-1|b=" + c1 + "|" + b0 + s0, "c+1|b=" + e1 + "|" + b0 + s0 + start,
            "c-2|c-1|b=" + c2 + "|" + c1 + "|" + b0, "c+1|c+2|b=" + e1 + "|" + e2 + "|" + b0 + s0,
            "c-1|c|c+1=" + c1 + "|" + c0 + "|" + e1, "c-1|s|c+1=" + c1 + s0 + e1, "b+2=" + d2, "b-2=" + b2,
        ]  # fmt: skip
        if token.text[0].isalpha():
            row += [f"g={entry.given}{s0}", f"n={entry.surname}{s0}", f"p={entry.place}{s0}", f"f={entry.word}{s0}{start}", f"gf={entry.given}|{entry.word}{s0}{start}"]
            if entry.org:
                row.append("o=" + s0)
            if entry.word < 9:
                row += ["x2=" + w0[-2:], "x3=" + w0[-3:], "x4=" + w0[-4:], "y2=" + w0[:2], "y3=" + w0[:3], "x3|s=" + w0[-3:] + s0]
            if s0[0] == "X" and token.lower in small:
                row.append("small" + start)
            if seen[w0] > 1 and entry.word < 12:
                row.append("again" + b0)
        if places[i]:
            row.append("place=" + places[i] + s0)
            row.append("place-1=" + places[i] + "|" + c1)
        rows.append(row)
    return rows


def _shape(text: str) -> str:
    """Return Xx for Word, XX for WORD, X for a capital, xx for word, XxX for McCoy, 99 for digits, X9 for a mixture."""
    if text.isalpha() or "'" in text:
        if text.islower():
            return "xx"
        if len(text) == 1:
            return "X"
        if text.isupper():
            return "XX"
        return "Xx" if text[0].isupper() and text[1:].islower() else "XxX"
    if text.isdecimal():
        return "9" * min(len(text), 5)
    if text[0].isalnum():
        return "X9"
    return "[]" if text[0] == "[" and len(text) > 1 else text


def _brief(token: Token, entry: Entry) -> str:
    """Return in a few letters what kind of word this may be."""
    if not token.text[0].isalpha():
        return "#" if token.text[0].isdecimal() else "."
    brief = "G" if entry.given >= 5 else "g" if entry.given >= 3 else ""
    brief += "S" if entry.surname >= 4 else "s" if entry.surname >= 2 else ""
    brief += "P" if entry.place >= 6 else "p" if entry.place >= 4 else ""
    brief += "W" if entry.word >= 11 else "w" if entry.word >= 8 else "v" if entry.word else ""
    return brief + ("O" if entry.org else "") or "?"


def _class(token: Token) -> str:
    known = CLASS_OF.get(token.lower)
    if known:
        return known
    if token.text.isdecimal():
        return "9" * min(len(token.text), 4)
    return token.text if not token.text[0].isalnum() and len(token.text) == 1 else "-"


def _phrases(tokens: Sequence[Token]) -> list[str]:
    """Mark tokens that are part of a place of two or three words, or of a known firm."""
    marks = [""] * len(tokens)
    for i in range(len(tokens) - 1):
        if not tokens[i].text[0].isalpha() or not tokens[i + 1].text[0].isalpha():
            continue
        for length in (3, 2):
            if i + length <= len(tokens):
                entry = look_up(" ".join(t.lower for t in tokens[i : i + length]))
                if entry.place or entry.org:
                    mark = "P" if entry.place else "O"
                    for j in range(i, i + length):
                        marks[j] = mark
                    break
    return marks


def _style(tokens: Sequence[Token]) -> str:
    """Say how the note uses capitals: n for none, a for all, m for as usual."""
    letters = "".join(t.text for t in tokens if t.text.isalpha() and t.lower != "i")
    if letters.islower():
        return "n"
    return "a" if letters.isupper() else "m"
