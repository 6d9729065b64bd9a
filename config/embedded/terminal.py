"""Messages to the person at the terminal."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator


def say(text: str, *, newline: bool = True) -> None:
    """Print at once; a terminal that is gone is no reason to fail."""
    with contextlib.suppress(OSError, ValueError):
        print(text, end="\n" if newline else "", flush=True)


@contextlib.contextmanager
def step(title: str) -> Generator[None, None, None]:
    """Show a step as it begins, and its seconds once it is done."""
    began = time.monotonic()
    say(f"  {title} … ", newline=False)
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f"{time.monotonic() - began:.1f} s")
