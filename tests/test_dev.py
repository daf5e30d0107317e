"""`dev`, the script of chores: what it says to a Python that cannot run it, what it installs."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

from tests.support.places import HOME

DEV = HOME / "dev"
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, str]:
    text = (HOME / name).read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", text))


def test_an_old_python_can_read_it_at_least() -> None:
    """Else it says `SyntaxError` where one sentence would help."""
    text = DEV.read_text(encoding="utf-8")
    with pytest.raises(SyntaxError):
        ast.parse("def f(a, /): ...", feature_version=(3, 6))
    ast.parse(text, feature_version=(3, 6))


def said_by(version: tuple[int, int]) -> tuple[int | str | None, list[str]]:
    """What the script says and exits with where this is the version of Python."""
    changed = f"import sys; sys.version_info = ({version[0]}, {version[1]}, 0, 'final', 0)\n"
    rest = f"sys.argv = ['dev', 'help']; exec(compile(open({str(DEV)!r}).read(), 'dev', 'exec'))"
    prepared = changed + f"__file__ = {str(DEV)!r}; __name__ = '__main__'\n" + rest
    done = subprocess.run(
        [sys.executable, "-c", prepared], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr.splitlines()


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 15), (4, 0)])
def test_a_python_too_old_or_too_new_gets_one_sentence(version: tuple[int, int]) -> None:
    status, lines = said_by(version)
    assert status == 1
    assert len(lines) == 1
    assert "needs 3.11 to 3.14" in lines[0]
    assert f"{version[0]}.{version[1]}," in lines[0]


def test_every_python_it_takes_is_one_the_project_names() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11,<3.15"
    for minor in range(11, 15):
        assert said_by((3, minor)) == (0, [])
        assert f"Programming Language :: Python :: 3.{minor}" in PROJECT["project"]["classifiers"]


def test_who_only_runs_the_kiosk_gets_nothing_of_the_tests() -> None:
    """In the same versions, so that what runs is what was tested."""
    run, everything = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {"playwright", "mypy", "faker", "pytest"} <= set(everything)
    assert not {"playwright", "mypy", "faker", "pytest", "ruff"} & set(run)
    assert {"flask", "faster-whisper", "rapidocr", "hatchling"} <= set(run)
    assert run.items() <= everything.items()


def test_the_locks_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        assert re.findall(r"\w+://", (HOME / name).read_text(encoding="utf-8")) == []
