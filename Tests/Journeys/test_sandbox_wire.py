"""The sandbox over real sockets: what a client in memory can't see."""

import http.client
import json
import socket
import time
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

import pytest

from support.lone_sandbox import LoneSandbox

TENANT = "aaaaaaaa-0000-4000-8000-000000000001"
CREDENTIALS = {
    "client_id": "aaaaaaaa-0000-4000-8000-0000000000a1",
    "client_secret": "practice-secret",
    "grant_type": "client_credentials",
    "scope": "https://api.partnercenter.microsoft.com/.default",
}


@pytest.fixture(scope="module")
def sandbox():
    with LoneSandbox().running() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def token(sandbox):
    address = f"{sandbox.base}/entra/{TENANT}/oauth2/v2.0/token"
    with urllib.request.urlopen(address, urlencode(CREDENTIALS).encode()) as answer:
        return json.load(answer)["access_token"]


def customers(sandbox, token):
    request = urllib.request.Request(
        f"{sandbox.base}/partnercenter/v1/customers?size=5", headers={"Authorization": f"Bearer {token}"}
    )
    return urllib.request.urlopen(request, timeout=20)


def fault(sandbox, **fields):
    sandbox.control("faults", service="partnercenter", call="customers", **fields)


def test_a_list_is_answered_as_in_memory(sandbox, token):
    with customers(sandbox, token) as answer:
        assert len(json.loads(answer.read().decode("utf-8-sig"))["items"]) == 5


def test_a_clock_that_is_off_is_off_on_the_wire_and_once(sandbox, token):
    fault(sandbox, kind="clockOff", seconds=-9000)
    with customers(sandbox, token) as answer:
        [date] = answer.headers.get_all("Date")
        assert 8990 < time.time() - parsedate_to_datetime(date).timestamp() < 9100


def test_a_reset_ends_the_body_before_its_length(sandbox, token):
    fault(sandbox, kind="reset")
    with customers(sandbox, token) as answer, pytest.raises(http.client.IncompleteRead):
        answer.read()


def test_a_drip_takes_its_time_and_is_whole(sandbox, token):
    fault(sandbox, kind="drip", seconds=1)
    begun = time.monotonic()
    with customers(sandbox, token) as answer:
        assert answer.read().startswith(b"\xef\xbb\xbf{")
    assert time.monotonic() - begun >= 0.9


@pytest.mark.parametrize(
    "path", ["/control/faults", f"/entra/{TENANT}/oauth2/v2.0/token", "/partnercenter/v1/customers", "/graph/v1.0/$batch", "/azure/x"]
)
def test_a_body_of_20_mb_is_refused_and_hangs_nobody(sandbox, token, path):
    request = urllib.request.Request(
        sandbox.base + path, b"x" * (20 << 20), {"Authorization": f"Bearer {token}"}, method="POST"
    )
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=30)
    assert refusal.value.code in (400, 413)


def test_bytes_that_are_no_http_end_no_process(sandbox):
    for garbage in [b"\x00" * 1000, b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n", b"GET /%zz%00 HTTP/1.1\r\nHost: a\r\n\r\n", b"\r\n"]:
        with socket.create_connection(("127.0.0.1", sandbox.port), timeout=5) as peer:
            peer.sendall(garbage)
            peer.shutdown(socket.SHUT_WR)
            while peer.recv(65536):
                pass
    assert urllib.request.urlopen(f"{sandbox.base}/control/clock").status == 200
