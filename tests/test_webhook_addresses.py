import socket
import threading
import time
from contextlib import suppress
from unittest.mock import patch

import requests

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..tools.public_http import find_public_address, get_fault_of_url, is_public, post
from .common_webhook import WebhookCase

PRIVATE = (
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "::127.0.0.1",
    "::ffff:0:10.0.0.1",
    "fec0::1",
)
PUBLIC = ("1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1")


class TestPublicAddresses(BaseCase):
    """Nobody reaches into the server's own network by a webhook."""

    def test_addresses(self):
        for address in PRIVATE:
            with self.subTest(address):
                self.assertFalse(is_public(address))
        for address in PUBLIC:
            with self.subTest(address):
                self.assertTrue(is_public(address))

    def test_a_name_that_stands_for_a_private_address(self):
        """Also beside a public one: which of them is used would be a matter of luck."""
        for addresses in (["10.0.0.1"], ["1.1.1.1", "127.0.0.1"]):
            found = [(2, 1, 6, "", (address, 443)) for address in addresses]
            with patch("socket.getaddrinfo", return_value=found):
                with self.assertRaises(OSError):
                    find_public_address("evil.example.com", 443)
        found = [(2, 1, 6, "", ("1.1.1.1", 443))]
        with patch("socket.getaddrinfo", return_value=found):
            self.assertEqual(find_public_address("good.example.com", 443), "1.1.1.1")

    def test_urls(self):
        for fault, *urls in (
            (None, "https://shop.example.com/hook?a=1", "https://1.1.1.1:8443/"),
            ("https", "http://shop.example.com/"),
            ("login", "https://me:secret@shop.example.com/"),
            (
                "private",
                "https://localhost/",
                "https://intranet/",
                "https://10.0.0.1/",
                "https://[::1]/",
            ),
            (
                "none",
                "",
                "x",
                "ftp://shop.example.com",
                "https://",
                "https://a b.com/",
                "https://[::1/",
                "https://shop.example.com:99999/",
                "javascript:alert(1)",
                "https://shop.example.com/\n",
                "https://shop.example.com/" + "x" * 2000,
            ),
        ):
            for url in urls:
                with self.subTest(url[:40]):
                    self.assertEqual(get_fault_of_url(url, False), fault)
        self.assertIsNone(get_fault_of_url("http://127.0.0.1:8080/", True))


@tagged("post_install", "-at_install")
class TestWebhookAddresses(WebhookCase):
    def test_private_addresses_have_to_be_allowed(self):
        self.allow_private(False)
        with self.assertRefused("has to begin with https", ValidationError):
            self.make_webhook()
        with self.assertRefused("in your own network", ValidationError):
            self.make_webhook(url="https://192.168.1.7/hook")

    def test_what_was_allowed_once_is_not_sent_to_any_more(self):
        webhook = self.make_webhook()
        self.allow_private(False)
        self.make_transfer()
        self.send()
        self.assertFalse(self.receiver.received)
        self.assertEqual(
            self.get_queue(webhook).answer, "Its address is in your own network."
        )

    def test_a_name_that_can_be_none(self):
        webhook = self.make_webhook(url=f"https://{'x' * 80}.example.com/")
        self.allow_private(False)
        self.make_transfer()
        self.send()
        self.assertEqual(self.get_queue(webhook).answer, "It could not be reached.")

    def test_a_name_that_changes_its_address_is_refused_when_it_is_called(self):
        with self.assertRaises(requests.ConnectionError):
            post(self.receiver.url.replace("127.0.0.1", "localhost"), b"{}", {}, False)
        self.assertFalse(self.receiver.received)
        self.assertEqual(post(self.receiver.url, b'{"data": {}}', {}, True), 200)

    def test_an_answer_byte_by_byte_is_not_waited_for(self):
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)

        def answer():
            """Each byte in time, and the last one after 3 seconds."""
            connection, _address = server.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n":
                    connection.sendall(bytes([byte]))
                    time.sleep(0.08)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with patch("odoo.addons.store_transfer.tools.public_http.TIMEOUT", 0.5):
            with self.assertRaises(requests.Timeout):
                post(url, b"{}", {}, True)
