"""Somebody stands between the portal and Microsoft, with a certificate of his own making (security check 104)."""

import socket
import ssl
import subprocess
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from microsoft import MICROSOFT_ID, OWNER, PATH, add_service
from support.browser import sign_in
from support.portal import Portal

SUBJECT = ["-subj", "/CN=login.microsoftonline.com", "-addext", "subjectAltName=IP:127.0.0.1"]


class Impostor:
    """Listens with TLS; remembers what arrives after a handshake, which is nothing when its certificate is refused."""

    def __init__(self, folder):
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *SUBJECT],
            check=True,
            capture_output=True,
        )
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self.handshakes = 0
        self.heard = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.handshakes += 1
            try:
                with self._context.wrap_socket(connection, server_side=True) as peer:
                    self.heard.append(peer.recv(65536))
            except (ssl.SSLError, OSError):
                connection.close()

    def close(self):
        self._listener.close()


@pytest.fixture
def impostor(tmp_path):
    impostor = Impostor(tmp_path)
    yield impostor
    impostor.close()


@pytest.fixture
def misled_portal(tmp_path, impostor):
    portal = Portal(
        tmp_path / "state", GATEHOUSE_PLUGIN_MICROSOFT_CSP_DIRECT__CLOUD=impostor.address
    )
    portal.start()
    yield portal
    portal.stop()


def test_104_a_wrong_certificate_is_refused_before_anything_is_sent(misled_portal, impostor, page):
    base = misled_portal.eu
    sign_in(page, base, OWNER)
    add_service(page, base)
    page.goto(f"{base}{PATH}/authentication")
    page.get_by_label("Microsoft ID", exact=True).fill(MICROSOFT_ID)
    page.route(f"{impostor.address}/**", lambda route: route.fulfill(body="Microsoft, as this browser sees it"))
    with page.expect_request(f"{impostor.address}/**") as departure:
        page.get_by_role("button", name="Update").click()
    [state] = parse_qs(urlsplit(departure.value.url).query)["state"]
    page.wait_for_url(f"{impostor.address}/**")
    page.goto(f"{base}/connections/return?code=made-up&state={state}")
    expect(page.locator("main")).to_contain_text("did not answer", timeout=20_000)
    assert impostor.handshakes > 0
    assert impostor.heard == []
