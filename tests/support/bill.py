"""What an installed kiosk is made of: `docs/dependencies.md` and a bill of materials (CycloneDX).

    ./dev bill

Versions come from `requirements.lock`, licences from the packages themselves, reasons from here: a
package that pyproject.toml names and that has no reason is a mistake.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from tests.support.places import DOCS, HOME

PAGE, BILL = DOCS / "dependencies.md", DOCS / "sbom.cdx.json"

# Why it is there, and what it meets. "Nothing of visitors" is meant strictly.
ABOUT = {
    "av": ("unpacks recordings (FFmpeg)", "bytes of a recording, in the ear alone"),
    "babel": ("reads the translations", "our own files; nothing of visitors"),
    "click": ("commands and their help", "what an operator types"),
    "cryptography": ("the certificate for other tablets", "that key; nothing of visitors"),
    "faster-whisper": ("speech to words", "samples of speech, in the model's process alone"),
    "flask": ("pages and calls", "requests, in memory"),
    "jellyfish": ("names that sound alike", "words, before they are sealed"),
    "numpy": ("samples and pixels as numbers", "speech and drawings, in memory"),
    "peewee": ("statements of the database", "sealed bytes; titles, dates, names of facilitators"),
    "pillow": ("drawings, painted anew", "bytes of a drawing, in the eye alone"),
    "platformdirs": ("where the data folder is", "the user's name in a path"),
    "pynacl": ("seals, keys, slow hashes (libsodium)", "everything, to seal and to open it"),
    "pyotp": ("a second factor for facilitators", "its secret; nothing of visitors"),
    "python-crfsuite": ("names, by a small model", "words, before they are sealed"),
    "rapidfuzz": ("names that are misspelt", "words, before they are sealed"),
    "segno": ("squares to scan", "addresses; nothing of visitors"),
    "sounddevice": ("the kiosk's own microphone", "sound, in memory; only where it is switched on"),
    "waitress": ("answers HTTP", "requests, in memory; never a file"),
    "xlsxwriter": ("exports for a spreadsheet", "released items"),
    "zxcvbn": ("how easy a passphrase is to guess", "passphrases, once"),
    "psycopg": ("a PostgreSQL server (optional)", "what the database holds, sealed"),
    "rapidocr": ("reads writing in drawings (optional)", "pixels of a drawing, in the eye alone"),
    "pyrage": ("files that a passphrase opens (optional)", "released items"),
    "typst": ("cards on paper (optional)", "released items"),
}
# Where a package names its licence in other words than SPDX's, or is not for this machine.
LICENCES = {
    "blinker": "MIT", "colorama": "BSD-3-Clause", "colorlog": "MIT", "editables": "MIT",
    "flatbuffers": "Apache-2.0", "itsdangerous": "BSD-3-Clause", "jellyfish": "MIT",
    "jinja2": "BSD-3-Clause", "omegaconf": "BSD-3-Clause", "onnxruntime": "MIT",
    "opencv-python-headless": "Apache-2.0", "pathspec": "MPL-2.0", "peewee": "MIT",
    "protobuf": "BSD-3-Clause", "pyrage": "MIT", "python-crfsuite": "MIT",
    "segno": "BSD-3-Clause", "tokenizers": "Apache-2.0", "trove-classifiers": "Apache-2.0",
    "tzdata": "Apache-2.0", "waitress": "ZPL-2.1",
}  # fmt: skip
# A licence that is none of these needs a look by somebody before it comes in.
ACCEPTED = re.compile(
    r"MIT|MIT-0|MIT-CMU|0BSD|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|PSF-2\.0|ZPL-2\.1|Zlib|CC0-1\.0"
    r"|LGPL-3\.0-only"  # psycopg: a library beside us, exchangeable, optional
)
NOT_FOR_US = "sys_platform == 'emscripten'"  # a browser's Python
BUILDS = {"editables", "hatchling", "pathspec", "trove-classifiers", "pluggy"}


@dataclass(frozen=True)
class Package:
    """One line of the lock."""

    name: str
    version: str
    licence: str
    needed_by: tuple[str, ...]


def packages() -> list[Package]:
    """Everything that an installed kiosk can bring along, in order of the names."""
    lock = (HOME / "requirements.lock").read_text(encoding="utf-8")
    found = {}
    for block in re.split(r"\n(?=\S)", lock):
        head = re.match(r"([\w.-]+)==(\S+)(?: ; ([^\\\n]+))?", block)
        if head is None or NOT_FOR_US in (head[3] or "") or head[1] in BUILDS:
            continue
        via = re.findall(r"^    #   (?:via )?([\w.-]+)(?: \(pyproject.toml\))?$|# via ([\w.-]+)$",
                         block, re.MULTILINE)  # fmt: skip
        needed_by = sorted({a or b for a, b in via} - {"release-kiosk"})
        found[head[1]] = Package(head[1], head[2], _licence(head[1]), tuple(needed_by))
    return [found[name] for name in sorted(found)]


def direct() -> set[str]:
    """What pyproject.toml names for running."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(each for group in optional for each in group)]
    return {re.match(r"[\w.-]+", each)[0].lower() for each in wanted}  # type: ignore[index]


def unaccepted(licence: str) -> list[str]:
    """The parts of a licence's expression that nobody has looked at."""
    parts = re.split(r" AND | OR |[()]", licence)
    return [each for each in parts if each and not ACCEPTED.fullmatch(each.strip())]


def _licence(name: str) -> str:
    if name in LICENCES:
        return LICENCES[name]
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    return str(told.get("License-Expression") or told.get("License") or "")


def page() -> Iterator[str]:
    """`docs/dependencies.md`, line by line."""
    everything = {each.name: each for each in packages()}
    yield "# What the kiosk is made of\n"
    yield (
        "Written by `./dev bill`, and checked by a test; the same for machines: `sbom.cdx.json`"
        " (CycloneDX). Exact files with their hashes: `requirements.lock`. At run time none of"
        " these sends anything: `kiosk doctor --prove-offline` shows it. What was made from others'"
        " data and models is named in `ATTRIBUTION` in `redact/`, `store/` and `themes/`.\n"
    )
    yield "| package | version | why | what it meets | licence |\n| --- | --- | --- | --- | --- |"
    for name in sorted(direct()):
        own, (why, meets) = everything[name], ABOUT[name]
        yield f"| {name} | {own.version} | {why} | {meets} | {own.licence} |"
    yield "\n## What these bring along\n"
    yield "| package | version | needed by | licence |\n| --- | --- | --- | --- |"
    for name in sorted(set(everything) - direct()):
        own = everything[name]
        yield f"| {name} | {own.version} | {', '.join(own.needed_by)} | {own.licence} |"


def bill() -> dict[str, object]:
    """The bill of materials, without a date, so that the same lock gives the same bill."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    everything = packages()
    refs = {each.name: f"pkg:pypi/{each.name}@{each.version}" for each in everything}
    ours = f"pkg:pypi/{project['name']}@{project['version']}"
    needs: dict[str, list[str]] = {ours: sorted(refs[name] for name in direct())}
    for each in everything:
        needs.setdefault(refs[each.name], [])
        for other in each.needed_by:
            if other in refs:
                needs.setdefault(refs[other], []).append(refs[each.name])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": refs[each.name],
                "name": each.name,
                "version": each.version,
                "purl": refs[each.name],
                "licenses": [{"expression": each.licence}],
            }
            for each in everything
        ],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(set(parts))} for ref, parts in sorted(needs.items())
        ],
    }


def written() -> tuple[str, str]:
    """Both files, as they should be."""
    return "\n".join(page()) + "\n", json.dumps(bill(), indent=1) + "\n"


if __name__ == "__main__":
    for path, text in zip((PAGE, BILL), written(), strict=True):
        path.write_text(text, encoding="utf-8")
