"""Every package that comes along is known: why, what it meets, under which licence."""

import json

import pytest

from tests.support import bill


def test_page_and_bill_are_those_of_the_lock():
    """`./dev bill` writes both."""
    page, machines = bill.written()
    assert bill.PAGE.read_text(encoding="utf-8") == page
    assert bill.BILL.read_text(encoding="utf-8") == machines


def test_each_package_that_we_name_has_a_reason_and_no_other_has():
    assert bill.direct() == set(bill.ABOUT)


def test_every_licence_is_one_that_somebody_has_looked_at():
    assert bill.unaccepted("AGPL-3.0-only OR MIT") == ["AGPL-3.0-only"]
    assert {each.name: bill.unaccepted(each.licence) for each in bill.packages()} == {
        each.name: [] for each in bill.packages()
    }
    assert all(each.licence for each in bill.packages())


def test_a_licence_that_is_not_told_is_asked_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(bill.LICENCES, "peewee")
    assert [each.name for each in bill.packages() if not each.licence] == ["peewee"]


def test_everything_in_the_bill_is_needed_by_something():
    made = bill.bill()
    text = json.dumps(made["dependencies"])
    for each in bill.packages():
        assert text.count(f'"pkg:pypi/{each.name}@') >= 2, each.name
