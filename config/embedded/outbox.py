"""A mail server that stores every message as a file and forwards none.

The demo uses it until EMAIL_URL names a real server: `python -m config.embedded.outbox FOLDER PORT`.
"""

from __future__ import annotations

import argparse
import itertools
import signal
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Outbox:
    """Writes each letter to FOLDER as `<time>-<number>.eml`, complete before it has that name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        """Called by the SMTP server for each letter."""
        name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{next(self._numbers):06d}.eml"
        unfinished = self.folder / f".{name}"
        recipients = ", ".join(envelope.rcpt_tos)
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {recipients}\r\n".encode()
        unfinished.write_bytes(head + (envelope.original_content or b""))
        unfinished.replace(self.folder / name)
        return "250 Kept in the outbox"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("port", type=int)
    arguments = parser.parse_args()
    # Blocked before the server's thread begins, so that sigwait alone takes them.
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    controller = Controller(Outbox(arguments.folder), hostname="127.0.0.1", port=arguments.port)
    controller.start()
    try:
        signal.sigwait(ends)
    finally:
        controller.stop()


if __name__ == "__main__":
    main()
