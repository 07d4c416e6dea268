"""Secrets and signatures by the rules of Standard Webhooks."""

import base64
import hashlib
import hmac
import os

PREFIX = "whsec_"
SECRET_BYTES = 32


def make_secret():
    """Return a new secret, as a receiver enters it."""
    return PREFIX + base64.b64encode(os.urandom(SECRET_BYTES)).decode()


def sign(secret, message_id, timestamp, body):
    """Return the signature of a message.

    :param timestamp: seconds since 1970, as they are sent
    :param body: bytes
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
