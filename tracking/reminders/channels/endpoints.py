"""Which push endpoints may be contacted, and how that is enforced.

Any signed-in user may register an endpoint, so it is contacted only if its host is on the list in the
settings, over https, and if the host resolves to a public address. The check is made while connecting, of the
very address connected to, so a name that resolves differently the second time gains nothing (docs/adr/0043).
"""

from __future__ import annotations

import ipaddress
import socket
import urllib.parse
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.poolmanager import PoolManager

LONGEST = 1000

_CLOSED = [
    ipaddress.ip_network(network)
    for network in (
        # IPv4: what IANA's registry of special addresses sets apart, whole.
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
        # Of the global part of IPv6: tunnels and what else is not a place of its own.
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
]
_OPEN_IPV6 = ipaddress.ip_network("2000::/3")
"""Outside of it are loopback, mapped and translated IPv4 (NAT64), local, link-local and multicast ones."""


class EndpointRefused(ValueError):
    """No push service we speak to."""


def provider_of(endpoint: str) -> str:
    """The host of an endpoint that may be spoken to, in lower case. Raises EndpointRefused."""
    try:
        parts = urllib.parse.urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise EndpointRefused from None
    if len(endpoint) > LONGEST or not endpoint.isascii() or parts.username is not None:
        raise EndpointRefused
    is_here = settings.PUSH_TO_THIS_MACHINE and host == "127.0.0.1"
    is_known = parts.scheme == "https" and port in (None, 443) and _is_listed(host)
    if not (is_here or is_known):
        raise EndpointRefused
    return host


def is_open(address: str) -> bool:
    """Whether an IP address is a place in the open Internet, and by itself: no tunnel to another."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False  # one with a zone, of this link
    if found.version == 6 and found not in _OPEN_IPV6:
        return False
    return not any(found in network for network in _CLOSED if network.version == found.version)


def session() -> requests.Session:
    """Speaks to open addresses alone, by no proxy of the environment, and follows nobody elsewhere."""
    made = requests.Session()
    made.trust_env = False
    made.adapters.clear()
    for scheme in ("https://", "http://"):
        made.mount(scheme, _OpenAdapter())
    return made


def _is_listed(host: str) -> bool:
    return any(
        host.endswith(known) if known.startswith(".") else host == known for known in settings.PUSH_HOSTS
    )


def _may_speak_to(address: str) -> bool:
    is_loopback = address in ("127.0.0.1", "::1")
    return is_open(address) or (is_loopback and settings.PUSH_TO_THIS_MACHINE)


class _AddressRefused(NewConnectionError):
    """All addresses of the host are closed ones."""


class _ToOpenAddresses(HTTPConnection):
    """Connects to the address that was looked at, and to no other."""

    def _new_conn(self) -> socket.socket:
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise NameResolutionError(self.host, self, socket.gaierror(*error.args)) from error
        failure: OSError | None = None
        for family, kind, protocol, _, address in found:
            if not _may_speak_to(str(address[0])):
                continue
            speaker = socket.socket(family, kind, protocol)
            try:
                speaker.settimeout(self.timeout)
                speaker.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                speaker.connect(address)
            except OSError as error:
                speaker.close()
                failure = error
            else:
                return speaker
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, f"no connection to {self.host} in time") from failure
        if failure is not None:
            raise NewConnectionError(self, f"no connection to {self.host}") from failure
        raise _AddressRefused(self, f"no open address of {self.host}")


class _ToOpenAddressesSafely(_ToOpenAddresses, HTTPSConnection):
    pass


class _OpenPool(HTTPConnectionPool):
    ConnectionCls = _ToOpenAddresses


class _OpenSafePool(HTTPSConnectionPool):
    ConnectionCls = _ToOpenAddressesSafely


class _OpenAdapter(HTTPAdapter):
    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **more)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _OpenPool, "https": _OpenSafePool}


def was_refused(error: requests.RequestException) -> bool:
    """Whether nobody was spoken to because every address of the host was a closed one."""
    return isinstance(_reason(error), _AddressRefused)


def never_connected(error: requests.RequestException) -> bool:
    """Whether nothing of the request can have arrived."""
    return isinstance(_reason(error), NewConnectionError | ConnectTimeoutError)


def _reason(error: requests.RequestException) -> object:
    return getattr(error.args[0], "reason", None) if error.args else None
