"""No test reaches another machine (config.embedded.pytest_plugin), whatever it connects with."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

ELSEWHERE = ("192.0.2.1", 80)
"""Of a network that is kept for documents (RFC 5737)."""


def by_socket(address: tuple[str, int]) -> None:
    with socket.socket() as asker:
        asker.connect(address)


def by_code(address: tuple[str, int]) -> None:
    with socket.socket() as asker:
        assert asker.connect_ex(address) == 0


def by_asyncio(address: tuple[str, int]) -> None:
    async def connect() -> None:
        _, writer = await asyncio.open_connection(*address)
        writer.close()
        await writer.wait_closed()

    # Browser tests may have left this thread a loop that runs.
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        elsewhere.submit(lambda: asyncio.run(connect())).result()


@pytest.mark.parametrize("connect", [by_socket, by_code, by_asyncio])
def test_a_connection_to_another_machine_is_refused_and_one_to_this_is_made(
    connect: Callable[[tuple[str, int]], None],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        connect(server.getsockname())
    with pytest.raises(RuntimeError, match="this machine only"):
        connect(ELSEWHERE)
