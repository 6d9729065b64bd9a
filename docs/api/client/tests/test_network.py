"""Plain HTTP against a server that dies in the middle."""

from __future__ import annotations

import socket
import threading

import pytest

from littlefoot_client import Unreachable, over_http


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
        b"HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{",
    ],
)
def test_an_answer_that_breaks_off_is_none(begun: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            caller, _ = server.accept()
            with caller:
                caller.recv(65536)
                caller.sendall(begun)

        answering = threading.Thread(target=answer)
        answering.start()
        ask = over_http(f"http://127.0.0.1:{server.getsockname()[1]}", seconds=5)
        with pytest.raises(Unreachable):
            ask("PUT", "/", headers={}, body=b"{}")
        answering.join()
