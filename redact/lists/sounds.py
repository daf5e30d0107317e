"""What a name sounds like to someone who has never seen it written.

An English speech model writes names as it hears them: Siobhan becomes Chevonne, Niamh becomes Neve, Agnieszka becomes
Agnieshka. So a name is respelled by the rules of the languages it may come from, and two names sound alike when any two
of their spellings share a code (Metaphone, with voiced and unvoiced consonants kept apart).
"""

import re

import jellyfish

# By rule: Irish, Scottish, Welsh; Polish and neighbours; Nguni, Chinese, Vietnamese, Spanish, French, Igbo.
_RULES: tuple[tuple[tuple[str, str], ...], ...] = (
    (("aoimh", "eev"), ("aoibh", "eev"), ("iamh", "eev"), ("eamh", "ev"), ("amh", "av"), ("eobh", "ov"), ("iobh", "iv"), ("bh", "v"), ("mh", "v"), ("aoi", "ee"), ("ao", "ee"),
     ("eoi", "o"), ("eo", "o"), ("oigh", "ee"), ("aigh", "ee"), ("adh", "y"), ("dh", ""), ("gh", ""), ("fh", ""), ("th", "h"), ("sio", "shi"), ("si", "shi"), ("se", "she"), ("sh", "sh"), ("aine", "onya"), ("c", "k")),
    (("dd", "th"), ("ff", "F"), ("f", "v"), ("F", "f"), ("ll", "l"), ("w", "oo"), ("si", "sh"), ("y", "i")),
    (("rz", "zh"), ("szcz", "shch"), ("sz", "sh"), ("cz", "ch"), ("dz", "j"), ("ch", "h"), ("w", "v"), ("j", "y"), ("ie", "ye"), ("c", "ts"), ("l", "w")),
    (("rz", "zh"), ("szcz", "shch"), ("sz", "sh"), ("cz", "ch"), ("ch", "h"), ("w", "v"), ("j", "y"), ("ni", "ny"), ("si", "sh"), ("ci", "ch")),
    (("xh", "k"), ("x", "sh"), ("q", "ch"), ("zh", "j"), ("c", "ts"), ("hl", "shl")),
    (("x", "k"), ("q", "k"), ("c", "k"), ("hl", "l"), ("th", "t"), ("ph", "p"), ("kh", "k"), ("mb", "b"), ("nk", "k"), ("ng", "g")),
    (("nguyen", "win"), ("ph", "f"), ("nh", "ny"), ("x", "s"), ("d", "y"), ("gi", "z")),
    (("j", "h"), ("ll", "y"), ("qu", "k"), ("gui", "gi"), ("gue", "ge"), ("z", "s"), ("h", "")),
    (("eau", "o"), ("oi", "wa"), ("ch", "sh"), ("gn", "ny"), ("h", ""), ("ille", "ee"), ("ill", "ee"), ("guill", "gi")),
    (("ayo", "eye o"), ("chukw", "chook"), ("nw", "w"), ("gb", "b"), ("kp", "p"), ("nn", "n")),
)  # fmt: skip
# Names that no rule tells: as written, as heard.
_HEARD = {
    "siobhan": "shivawn chevonne shavon shevaun", "niamh": "neve neeve nieve", "saoirse": "seersha sersha", "caoimhe": "keeva kweeva queeva", "aoife": "eefa efa", "eoghan": "owen", "eoin": "owen",
    "sinead": "shinade", "roisin": "rosheen", "tadhg": "tige tyge tiger", "oisin": "usheen osheen", "grainne": "gronya grawnya", "cian": "keean kean", "ciara": "keera kiera", "ciaran": "keeran kieran", "padraig": "porrick paurick",
    "maire": "moira mawra", "sean": "shawn shaun", "sile": "sheila", "aisling": "ashling", "aine": "anya onya", "diarmuid": "dermot", "seamus": "shamus", "orlaith": "orla", "cathal": "cahal", "caitriona": "catreena", "meadhbh": "maeve",
    "ruairi": "rory", "mairead": "mawraid", "eilidh": "aylee ailey", "mhairi": "varry vari", "catriona": "katrina", "angharad": "anharad", "llewellyn": "lewellin", "ioan": "yowan", "sian": "sharn shan", "geraint": "gerraint", "dafydd": "davith", "iestyn": "yestin",
    "agnieszka": "agnieshka anyeshka", "krzysztof": "christof kshishtof krishtof", "grzegorz": "gregosh gzegosh", "wojciech": "voychek voytek", "wojtek": "voytek", "malgorzata": "malgozhata", "gosia": "gosha", "kasia": "kasha", "asia": "asha", "zosia": "zosha", "basia": "basha",
    "lukasz": "wookash lucash", "pawel": "pavel", "michal": "mihow mickal", "przemyslaw": "shemek", "jerzy": "yezhi", "jacek": "yatsek", "jarek": "yarek", "janusz": "yanush", "tomasz": "tomash", "mateusz": "matayush", "katarzyna": "katazhina",
    "jorge": "horhay hor hey", "jesus": "haysoos", "jose": "hosay", "javier": "havier", "juan": "wan hwan", "xavier": "zavier havier", "guillermo": "gee air mo", "joaquin": "wakeen walkin", "joao": "joe ow zhwow",
    "nguyen": "win when nwin", "phuong": "fung", "xiao": "shao", "xin": "shin", "qing": "ching", "zhang": "jang", "zhou": "joe", "xu": "shoe shu", "cao": "tsao", "thuy": "twee", "huong": "hoong",
    "nkechi": "enketchy inkechi", "ngozi": "ingozi n gozi", "nneka": "eneka", "chukwuemeka": "chookwoo emeka", "ifeoma": "ifey oma", "oluwaseun": "oluwa shay un", "segun": "shegun", "sade": "shaday", "sola": "shola", "seun": "shayun",
    "xolani": "kolani", "nqobile": "nobile", "thandiwe": "tandiway", "lindiwe": "lindiway", "bheki": "becky", "mpho": "mpoe impo", "hlengiwe": "lengiway", "tshepo": "sepo tsepo", "busisiwe": "busiseeway",
    "giuseppe": "juseppe", "giovanni": "jovanni", "luca": "looka", "chiara": "kiara keyara", "guillaume": "geeyome giome", "benoit": "benwah", "helene": "ellen elaine", "yves": "eve eves", "jean": "john zhon", "thierry": "terry tieri", "hugo": "ugo",
    "jurgen": "yurgen", "joost": "yoast", "jeroen": "yeroon", "sjoerd": "shoord", "bjorn": "bee orn byorn", "soren": "soaren", "anais": "anna ees", "zoe": "zoey", "chloe": "khloe", "phoebe": "feebee", "yvonne": "evonne", "ian": "iain", "graham": "gram graeme",
    "catherine": "kathryn katherine", "stephen": "steven", "philip": "phillip", "geoffrey": "jeffrey", "deirdre": "deirdra dear dra", "hermione": "her my oh knee", "penelope": "penelopy", "shaun": "sean shawn", "hugh": "hue huw", "leigh": "lee", "rhys": "reece rees", "alun": "alan",
}  # fmt: skip


def codes(word: str) -> frozenset[str]:
    """Return the codes of how a folded, lower-case name may sound; none for names too short to tell apart."""
    if len(word) < 4 or not word.isalpha():
        return frozenset()
    spellings = {word, *(_respelled(word, rules) for rules in _RULES), *_HEARD.get(word, "").split()}
    return frozenset(code for spelling in spellings if len(code := _code(spelling)) >= 2)


def code(word: str) -> str:
    """Return the code of a word as it is heard and written down."""
    return _code(word)


def _respelled(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    for written, heard in rules:
        word = word.replace(written, heard)
    return word


def _code(word: str) -> str:
    first = "A" if word[:1] in "aeiouy" else ""
    vowels = len(re.findall(r"[aeiouy]+", word))
    return f"{first}{jellyfish.metaphone(word)}{min(vowels, 4)}"
