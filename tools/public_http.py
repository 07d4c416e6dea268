"""Requests to addresses that somebody has entered: not into our own network."""

import ipaddress
import socket
import threading
from contextlib import suppress
from http.client import HTTPException
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

# Seconds to connect, and again to wait for an answer, all of its headers included.
TIMEOUT = 10
LONGEST_URL = 2000
# IPv6 addresses that stand for an IPv4 one, and those of networks of one's own, which
# Python takes for public ones.
NOT_PUBLIC = [
    ipaddress.ip_network(network)
    for network in ("::/96", "::ffff:0:0:0/96", "64:ff9b::/32", "fec0::/10")
]


class ForbiddenAddress(OSError):
    """A name stands for an address that is not on the public internet."""


def is_public(address):
    """Tell whether an IP address is one of the public internet.

    :param address: as a text
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        stands_for_other = ip.sixtofour or ip.teredo
        if stands_for_other or any(ip in network for network in NOT_PUBLIC):
            return False
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast


def find_public_address(host, port):
    """Return an address of a host, all of whose addresses are public.

    :raise ForbiddenAddress: when one of them is not
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [sockaddr[0] for *_details, sockaddr in found]
    if not all(is_public(address) for address in addresses):
        raise ForbiddenAddress(f"{host} is not on the public internet")
    return addresses[0]


def get_fault_of_url(url, allows_private):
    """Return what is wrong with an address, or None.

    :return: ``"none"`` (no address at all), ``"https"``, ``"login"`` (a name or
        password in it) or ``"private"``
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "none"
    is_written = url.isascii() and url.isprintable() and " " not in url
    if not host or not is_written or len(url) > LONGEST_URL:
        return "none"
    if parts.scheme not in ("https", "http"):
        return "none"
    if allows_private:
        return "login" if "@" in parts.netloc else None
    if parts.scheme != "https":
        return "https"
    if "@" in parts.netloc:
        return "login"
    return None if _may_be_public(host) else "private"


def post(url, body, headers, allows_private):
    """Send a body, and return the status of the answer; nothing else of it is read.

    :raise requests.RequestException: when there is no answer
    """
    with requests.Session() as session:
        # No proxy of the server's own, which would look the name up by itself.
        session.trust_env = False
        adapter = _Adapter() if allows_private else _PublicAdapter()
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        try:
            response = session.post(
                url,
                data=body,
                headers=headers,
                timeout=TIMEOUT,
                # It would lead anywhere.
                allow_redirects=False,
                stream=True,
            )
        except ValueError as error:
            # A name that can't be one, e.g. too long.
            raise requests.exceptions.InvalidURL(str(error)) from error
        response.close()
        return response.status_code


def _may_be_public(host):
    """Tell whether a host is public, as far as can be told without asking for it."""
    try:
        return is_public(host)
    except ValueError:
        return host != "localhost" and "." in host


class _PatientConnection:
    """Waits for an answer only so long, also for one that comes byte by byte."""

    def getresponse(self):
        is_late = threading.Event()
        timer = threading.Timer(TIMEOUT, self._hang_up, [self.sock, is_late])
        timer.daemon = True
        timer.start()
        try:
            response = super().getresponse()
        except (OSError, HTTPException) as error:
            if is_late.is_set():
                raise TimeoutError from error
            raise
        finally:
            timer.cancel()
        if is_late.is_set():
            raise TimeoutError
        return response

    def _hang_up(self, sock, is_late):
        is_late.set()
        with suppress(OSError):
            # Of the connection itself: encryption has nothing to say about it.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _PublicConnection:
    """Connects to the very address that was looked at, and to no other."""

    def _new_conn(self):
        name = self._dns_host
        self._dns_host = find_public_address(name, self.port)
        try:
            return super()._new_conn()
        finally:
            # The certificate is of the name.
            self._dns_host = name


class _PatientHTTPConnection(_PatientConnection, HTTPConnection):
    pass


class _PatientHTTPSConnection(_PatientConnection, HTTPSConnection):
    pass


class _PublicHTTPConnection(_PublicConnection, _PatientHTTPConnection):
    pass


class _PublicHTTPSConnection(_PublicConnection, _PatientHTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _PatientHTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PatientHTTPSConnection


class _PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTPConnection


class _PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPSConnection


class _Adapter(HTTPAdapter):
    _pools = {"http": _HTTPPool, "https": _HTTPSPool}

    def init_poolmanager(self, *args, **kwargs):
        result = super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools
        return result


class _PublicAdapter(_Adapter):
    _pools = {"http": _PublicHTTPPool, "https": _PublicHTTPSPool}
