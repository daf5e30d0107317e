"""Slow hashes take turns, so that their memory does not add up."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from store.seals import derive


@pytest.mark.parametrize(("cost", "at_once"), [("PASSPHRASE_COST", 1), ("RECEIPT_COST", 2)])
def test_one_passphrase_or_two_receipts_are_worked_out_at_once(cost, at_once, monkeypatch):
    running, most = [], []

    def kdf(*_, **__):
        running.append(1)
        most.append(len(running))
        time.sleep(0.05)
        running.pop()
        return bytes(32)

    monkeypatch.setattr(derive.argon2id, "kdf", kdf)
    with ThreadPoolExecutor(6) as pool:
        for _ in range(6):
            pool.submit(derive.slow, b"x", salt=bytes(16), cost=getattr(derive, cost))
    assert len(most) == 6
    assert max(most) == at_once


def test_a_receipt_does_not_wait_for_a_passphrase(monkeypatch):
    order = []

    def kdf(*_, memlimit, **__):
        time.sleep(0.3 if memlimit == derive.PASSPHRASE_COST.memory_bytes else 0.01)
        order.append(memlimit)
        return bytes(32)

    monkeypatch.setattr(derive.argon2id, "kdf", kdf)
    with ThreadPoolExecutor(4) as pool:
        for cost in (derive.PASSPHRASE_COST, derive.PASSPHRASE_COST, derive.RECEIPT_COST):
            pool.submit(derive.slow, b"x", salt=bytes(16), cost=cost)
    assert order[0] == derive.RECEIPT_COST.memory_bytes
