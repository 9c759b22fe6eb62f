"""People with accounts of their own: links from the command line or the mail, and codes as an app shows them."""

import base64
import contextlib
import hashlib
import hmac
import re
import secrets
import sqlite3
import struct
import time

from support.portal import wait_until

PASSWORD = "purple walrus lamp"


def secret_on(page):
    """The secret that a set-up page shows to type."""
    text = page.locator(".copyable code").first.inner_text()
    assert re.fullmatch(r"([A-Z2-7]{4} ?){8}", text), text
    return text


def app_code(secret, at=None):
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret.replace(" ", ""))
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    mac = hmac.new(key, counter, hashlib.sha1).digest()
    offset = mac[-1] & 15
    number = struct.unpack(">I", mac[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def next_code(secret):
    """A code that has not been used yet, when the present one has."""
    return app_code(secret, time.time() + 30)


def invite(state, email, role, broker):
    """Puts a person without a password into the database of a portal that is stopped. Returns the invitation's path."""
    token, now = secrets.token_urlsafe(32), int(time.time() * 1_000_000)
    with contextlib.closing(sqlite3.connect(state / "gatehouse.sqlite")) as database, database:
        database.execute(
            "INSERT INTO portal_user (id, email, name, password, role, broker_id, created_at) VALUES (?, ?, '', '', ?, ?, ?)",
            (f"invited-{email}", email, role, broker, now),
        )
        database.execute(
            "INSERT INTO one_time_link (token_hash, purpose, user_id, created_by, created_at, expires_at)"
            " VALUES (?, 'invitation', ?, 'test', ?, ?)",
            (hashlib.sha256(token.encode()).digest(), f"invited-{email}", now, now + 86_400_000_000),
        )
    return f"/invitation/{token}"


def open_mail(page, base, recipient, subject):
    """Opens the newest message of this subject in the practice mailbox, as soon as it is there."""
    entry = page.locator("tbody tr", has_text=recipient).get_by_role("link", name=subject, exact=True).first

    def is_there():
        page.goto(f"{base}/practice/mail")
        return entry.count() > 0

    wait_until(is_there, 15, f"{subject!r} for {recipient}")
    entry.click()
    page.wait_for_url("**/practice/mail/*")
