"""Plan or claim all that is due, in a process of its own, and say how much memory that took.

    python -m bench.holding plan|claim INSTANT

prints the number of rows, the most memory held after the first batch and after the last, in kB, and the CPU
time of this process in milliseconds.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
import time
from pathlib import Path

import django

AT_ONCE = {"plan": 500, "claim": 1000}


def main(what: str, now: dt.datetime) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    django.setup()
    from clinic.jobs import as_system  # noqa: PLC0415  # Django has to be set up
    from tracking.reminders import claiming, planning  # noqa: PLC0415  # as above

    def do() -> int:
        with as_system("reminders"):
            if what == "plan":
                return planning.plan_due(now=now, limit=AT_ONCE[what]).rules
            return claiming.claim(now=now, limit=AT_ONCE[what]).found

    gc.freeze()
    rows = found = do()
    began = _most_held()
    while found == AT_ONCE[what]:
        found = do()
        rows += found
    print(rows, began, _most_held(), round(time.process_time() * 1000))


def _most_held() -> int:
    """Since this program began; `getrusage` would count what its parent held, too (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    main(sys.argv[1], dt.datetime.fromisoformat(sys.argv[2]))
