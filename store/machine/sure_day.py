"""Whether today is believed enough for what cannot be undone."""

from datetime import date, timedelta

from store.rows import meta

MOST_DAYS_AWAY = 3  # days; a long weekend


def is_day_sure(today: date) -> bool:
    """Say whether the clock can be trusted with what cannot be undone.

    After a jump of more than three days, purges wait until a later day has been seen. A kiosk that
    was off loses nothing by that, and a wrong clock cannot purge.
    """
    last = date.fromisoformat((meta.read(meta.TODAY) or today.isoformat().encode()).decode())
    meta.write(meta.TODAY, today.isoformat().encode())
    unsure = meta.read(meta.UNSURE)
    if today < last:
        unsure = b""
    elif today > last + timedelta(days=MOST_DAYS_AWAY):
        unsure = unsure or (today + timedelta(days=1)).isoformat().encode()
    if unsure and today.isoformat().encode() >= unsure:
        unsure = b""
    meta.write(meta.UNSURE, unsure or b"")
    return not unsure
