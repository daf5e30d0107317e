"""`kiosk facilitator recover`: the printed code, and a name that may be a slip of the pen."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import store
from kiosk.commands import facilitator
from kiosk.commands.main import main
from store.seals import derive

NEW = "walnut copper midnight ferry"


@pytest.fixture
def recover(tmp_path: Path):
    """Runs the command for a name in a fresh kiosk; returns the result and who is there then."""
    data_dir = tmp_path / "data"
    store.open(data_dir)
    code = store.keys.set_up("heron lamp tuesday orchard", name="Ada", cost=derive.TEST_COST)
    store.close()
    (tmp_path / "code").write_text(code)
    (tmp_path / "new").write_text(NEW)

    def run(name: str, *more: str, answer: str = ""):
        done = CliRunner().invoke(
            main,
            ["facilitator", "recover", name, *more, "--data-dir", str(data_dir), "--code-file",
             str(tmp_path / "code"), "--new-passphrase-file", str(tmp_path / "new")],
            input=answer,
        )  # fmt: skip
        store.open(data_dir)
        there = store.keys.facilitators()
        store.close()
        return done, there

    return run


def test_a_known_name_gets_a_new_passphrase_unasked(recover):
    done, there = recover("Ada")
    assert (done.exit_code, there) == (0, ["Ada"])


def test_an_unknown_name_makes_nobody_a_facilitator_unasked(recover):
    """`Adah` for `Ada` would leave the old passphrase good, and one more key in the house."""
    done, there = recover("Adah")
    assert (done.exit_code, there) == (1, ["Ada"])
    assert "there are: Ada" in done.output
    assert recover("Adah", "--yes")[1] == ["Ada", "Adah"]


@pytest.mark.parametrize(("answer", "there"), [("n\n", ["Ada"]), ("y\n", ["Ada", "Bea"])])
def test_somebody_at_the_terminal_is_asked(recover, monkeypatch, answer, there):
    monkeypatch.setattr(facilitator, "is_somebody_there", lambda: True)
    assert recover("Bea", answer=answer)[1] == there
