"""Which addresses a browser may give us to push to, and that no other is ever spoken to."""

from __future__ import annotations

import socket
from typing import Any

import pytest
import requests

from tests.outside import PushService
from tracking.reminders.channels import endpoints
from tracking.reminders.channels.endpoints import EndpointRefused, is_open, provider_of

CLOSED = {
    "this network": "0.0.0.0 0.1.2.3",
    "private": "10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1",
    "carrier-grade NAT": "100.64.0.1 100.127.255.255",
    "loopback": "127.0.0.1 127.8.9.10 ::1",
    "link-local, with the clouds' metadata": "169.254.169.254 fe80::1 fe80::1%eth0",
    "protocol assignments": "192.0.0.8 192.0.0.170 2001::1 2001:1::1",
    "documentation": "192.0.2.1 198.51.100.1 203.0.113.1 2001:db8::1 3fff::1",
    "AS112 and relays": "192.31.196.1 192.52.193.1 192.88.99.1 192.175.48.1 2620:4f:8000::1",
    "benchmarks": "198.18.0.1 198.19.255.255 2001:2::1",
    "multicast": "224.0.0.1 239.255.255.255 ff02::1 ff0e::1",
    "reserved and broadcast": "240.0.0.1 255.255.255.255",
    "nowhere": "::",
    "IPv4 inside IPv6, mapped": "::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8",
    "IPv4 inside IPv6, as compatible with it": "::127.0.0.1 ::8.8.8.8",
    "IPv4 behind NAT64": "64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::a00:1",
    "6to4": "2002:7f00:1:: 2002:808:808::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "discarded": "100::1",
    "segment routing": "5f00::1",
    "unique local": "fc00::1 fd12:3456:789a::1",
    "site-local": "fec0::1",
    "no address": "localhost 1.2.3 0x7f.1 2130706433",
}

OPEN = (
    "1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.32.0.1 192.0.1.1 198.20.0.1 2606:4700::1111 2a00:1450::1"
)


@pytest.mark.parametrize("kind", CLOSED)
def test_an_address_that_is_no_place_in_the_open_internet_is_closed(kind: str) -> None:
    assert [address for address in CLOSED[kind].split() if is_open(address)] == []


def test_an_address_of_the_open_internet_is_open() -> None:
    assert [address for address in OPEN.split() if not is_open(address)] == []


def test_push_services_of_browsers_are_spoken_to() -> None:
    for endpoint, host in {
        "https://fcm.googleapis.com/fcm/send/abc": "fcm.googleapis.com",
        "https://FCM.googleapis.com:443/fcm/send/abc": "fcm.googleapis.com",
        "https://updates.push.services.mozilla.com/wpush/v2/abc": "updates.push.services.mozilla.com",
        "https://web.push.apple.com/abc": "web.push.apple.com",
        "https://wns2-par02p.notify.windows.com/w/?token=abc": "wns2-par02p.notify.windows.com",
    }.items():
        assert provider_of(endpoint) == host


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/abc",
        "https://fcm.googleapis.com.example.org/abc",
        "https://evilfcm.googleapis.com/abc",
        "https://notify.windows.com.example.org/",
        "https://user@fcm.googleapis.com/abc",
        "https://example.org/#.notify.windows.com",
        "https://8.8.8.8/abc",
        "https://[::1]/abc",
        "https://[nonsense/abc",
        "https://fcm.googleapis.com:port/abc",
        "https://fcm.googleapis.com/" + "a" * 1000,
        "https://fcm.googleapis.com/ä",
        "file:///etc/passwd",
        "",
    ],
)
def test_nobody_else_is(endpoint: str) -> None:
    with pytest.raises(EndpointRefused):
        provider_of(endpoint)


def test_this_machine_is_spoken_to_by_the_setting_alone(push_service: PushService, settings: Any) -> None:
    endpoint = push_service.subscribe().endpoint
    assert provider_of(endpoint) == "127.0.0.1"
    assert endpoints.session().post(f"{endpoint}-nobody", timeout=5).status_code == 404
    settings.PUSH_TO_THIS_MACHINE = False
    with pytest.raises(EndpointRefused):
        provider_of(endpoint)
    with pytest.raises(requests.ConnectionError) as refused:
        endpoints.session().post(endpoint, timeout=5)
    assert endpoints.was_refused(refused.value)
    assert push_service.asked == 1


def test_a_listed_host_that_leads_to_this_machine_is_refused_as_the_connection_is_made(
    push_service: PushService, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its name said before: what is looked at is the address that is connected to."""
    settings.PUSH_TO_THIS_MACHINE = False
    asked: list[str] = []

    def says_loopback(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", push_service.port))]

    monkeypatch.setattr(socket, "getaddrinfo", says_loopback)
    assert provider_of("https://fcm.googleapis.com/fcm/send/abc") == "fcm.googleapis.com"
    with pytest.raises(requests.ConnectionError) as refused:
        endpoints.session().post("https://fcm.googleapis.com/fcm/send/abc", timeout=5)
    assert endpoints.was_refused(refused.value)
    assert asked == ["fcm.googleapis.com"], "resolved once: there is no second look to deceive"
    assert push_service.asked == 0


def test_no_proxy_of_the_environment_is_asked(
    push_service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert (
        endpoints.session().post(f"{push_service.subscribe().endpoint}-nobody", timeout=5).status_code == 404
    )
