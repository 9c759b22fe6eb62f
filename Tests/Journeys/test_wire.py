"""What a hostile client or a hostile neighbour on the machine can send: through nginx, and to the portal's own socket."""

import contextlib
import os
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.wire import exchange, fastcgi, statuses

HOST = "Host: eu.gatehouse.localhost:PORT\r\n"

SMUGGLED = "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n"


def chunk(text):
    return f"{len(text):x}\r\n{text}\r\n"


SMUGGLING = {
    "CL.TE": f"POST /a HTTP/1.1\r\n{HOST}Content-Length: {len(SMUGGLED) + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "TE.CL": f"POST /a HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n{chunk(SMUGGLED)}0\r\n\r\n",
    "TE.TE": f"POST /a HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\nContent-Length: 4\r\n\r\n{chunk(SMUGGLED)}0\r\n\r\n",
    "TE in disguise": f"POST /a HTTP/1.1\r\n{HOST}Transfer-Encoding : chunked\r\nContent-Length: 4\r\n\r\n{chunk(SMUGGLED)}0\r\n\r\n",
    "TE behind a tab": f"POST /a HTTP/1.1\r\n{HOST}Transfer-Encoding:\x0bchunked\r\nContent-Length: 4\r\n\r\n{chunk(SMUGGLED)}0\r\n\r\n",
    "CL twice": f"POST /a HTTP/1.1\r\n{HOST}Content-Length: 0\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
    "CL with a sign": f"POST /a HTTP/1.1\r\n{HOST}Content-Length: +{len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
    "CL as a list": f"POST /a HTTP/1.1\r\n{HOST}Content-Length: 0, {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
    "body of a GET": f"GET /a HTTP/1.1\r\n{HOST}Content-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
    "chunk too long": f"POST /a HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{SMUGGLED}",
    "chunk not a number": f"POST /a HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n{SMUGGLED}",
    "folded line": f"POST /a HTTP/1.1\r\n{HOST}Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n\r\n{chunk(SMUGGLED)}0\r\n\r\n",
    "bare LF in a field": f"POST /a HTTP/1.1\r\n{HOST}X: y\nContent-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
    "bare CR in a field": f"POST /a HTTP/1.1\r\n{HOST}X: y\rContent-Length: 0\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
    "NUL in a field": f"POST /a HTTP/1.1\r\n{HOST}X: y\0\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n{SMUGGLED}",
}


@pytest.mark.parametrize("name", SMUGGLING)
def test_check_113_no_request_is_smuggled(portal, name):
    """check 113: what one reading takes for a body is no request of its own for another: never is it answered."""
    seen = portal.log("nginx-access", lines=10**6).count('"/smuggled"')
    answer = exchange(portal, SMUGGLING[name], seconds=2)
    assert len(statuses(answer)) <= 1, answer.decode(errors="replace")
    assert portal.log("nginx-access", lines=10**6).count('"/smuggled"') == seen


def test_check_113_requests_in_a_row_are_answered_in_a_row(portal):
    """check 113: as many responses as requests, each its own."""
    row = "".join(f"GET /healthz?{number} HTTP/1.1\r\n{HOST}\r\n" for number in range(20))
    last = f"GET /nothing HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n"
    assert statuses(exchange(portal, row + last)) == [200] * 20 + [404]


PATHS = [
    "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc/passwd", "/assets/..%2f..%2fnginx.conf", "/assets/../../nginx.conf",
    "/assets/%2e%2e/%2e%2e/Package.swift", "/assets//../errors/404.html", "/assets/css/..;/..;/nginx.conf", "/assets/%00",
    "/sign-in%00.css", "/assets/css/gatehouse.css%00", "//evil.example/", "/\\evil.example", "/%5c%5cevil.example",
    "/%c0%ae%c0%ae/etc/passwd", "/%e0%80%af", "/%ff%fe", "/assets/%252e%252e/nginx.conf", "/.gatehouse/vault.key",
    "/sign-in/", "/sign-in;a=b", "//sign-in", "/./sign-in/.", "/healthz/..%2fplugins", "/" + "a" * 7_000, "/" + "%41" * 2_000,
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:40])
def test_check_114_a_path_has_one_reading(portal, path):
    """check 114: nothing outside www/ is read, and no odd spelling gets another page's rights."""
    answer = portal.get(path)
    assert answer.status in (303, 400, 404) or (answer.status == 200 and "<h1>Sign in</h1>" in answer.text)
    for words in ("root:x", "worker_processes", "swift-tools-version", "evil.example"):
        assert words not in answer.text and words not in (answer.headers["Location"] or ""), path
    if answer.status == 303:
        assert answer.headers["Location"].startswith("/sign-in?next=%2F") and "next=%2F%2F" not in answer.headers["Location"]


def variables(portal, **changes):
    host = f"eu.gatehouse.localhost:{portal.port}"
    usual = {
        "REQUEST_METHOD": "GET", "REQUEST_URI": "/sign-in", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": host,
        "SERVER_NAME": "eu.gatehouse.localhost", "REQUEST_SCHEME": "http", "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
    return list((usual | changes).items())


def test_check_6_a_web_server_that_contradicts_itself_is_refused(portal):
    """check 6: another HTTP_HOST than SERVER_NAME, as older parameter files pass on: 421."""
    path = portal.state / "portal.sock"
    assert fastcgi(path, variables(portal)).startswith(b"Status: 200")
    for changes in [
        {"HTTP_HOST": "evil.example"}, {"SERVER_NAME": "evil.example"}, {"HTTP_HOST": "us.gatehouse.localhost"},
        {"HTTP_HOST": "evil.example", "SERVER_NAME": "evil.example"}, {"HTTP_HOST": "eu.gatehouse.localhost@evil.example"},
    ]:  # fmt: skip
        answer = fastcgi(path, variables(portal, **changes))
        assert answer.startswith((b"Status: 421", b"Status: 400")) and b"evil" not in answer, (changes, answer[:200])


def test_check_5_proxy_is_harmless_with_any_parameters(portal):
    """check 5: with a bare parameter file HTTP_PROXY arrives; the answer is the same, and no call goes there."""
    with socket.create_server(("127.0.0.1", 0)) as attacker:
        attacker.settimeout(0.5)
        trap = f"http://127.0.0.1:{attacker.getsockname()[1]}"
        visitor = {"HTTP_COOKIE": "__Host-gatehouse-visitor=always-the-same-visitor"}

        def answer(**changes):
            output = fastcgi(portal.state / "portal.sock", variables(portal, **visitor, **changes))
            return [line for line in output.split(b"\r\n") if not line.startswith(b"Date:")]

        assert answer(HTTP_PROXY=trap, http_proxy=trap) == answer()
        with pytest.raises(TimeoutError):
            attacker.accept()


def test_check_107_length_claims_of_gigabytes(another_portal):
    """check 107: a neighbour's record that claims 1 GiB or 4 GiB costs at most the process, which is back within a second."""
    time.sleep(1.2)

    def record(kind, content):
        return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content

    begin = record(1, b"\0\1\0\0\0\0\0\0")
    for name, value in [(1 << 30, 1), (0x7FFFFFFF, 1), (0x7FFFFFFF, 0x7FFFFFFF)]:
        claim = struct.pack(">II", name | 0x80000000, value | 0x80000000)
        began = time.monotonic()
        fastcgi(another_portal.state / "portal.sock", [], records=begin + record(4, claim + b"x" * 100) + record(4, b"") + record(5, b""))
        assert another_portal.get("/readyz").status == 200
        print(f"{name} + {value}: answered again after {time.monotonic() - began:.3f} s")
        assert time.monotonic() - began < 3
        time.sleep(1.2)


def test_check_109_slow_clients_keep_nobody_waiting(portal):
    """check 109: 300 connections with half a head and 100 with half a body; p99 of the others stays below a second."""
    with contextlib.ExitStack() as open_ones:
        for number in range(400):
            client = open_ones.enter_context(socket.create_connection(("127.0.0.1", portal.port)))
            head = "GET /sign-in HTTP/1.1\r\nHost: eu.ga" if number < 300 else f"POST /sign-in HTTP/1.1\r\n{HOST}Content-Length: 999\r\n\r\nem"
            client.sendall(head.replace("PORT", str(portal.port)).encode())
        times = []
        for _ in range(100):
            began = time.monotonic()
            assert portal.get("/sign-in").status == 200
            times.append(time.monotonic() - began)
    print(f"p99 beside 400 slow clients: {sorted(times)[98]:.3f} s")
    assert sorted(times)[98] < 1


def test_check_110_clients_that_leave_cost_nothing(portal):
    """check 110: 2,000 clients that leave before, during and after the work: no process dies, no descriptor stays."""

    def descriptors():
        return len(os.listdir(f"/proc/{portal.portal_pid()}/fd"))

    portal.get("/sign-in")
    before, process = descriptors(), portal.portal_pid()

    def leave(number):
        with socket.create_connection(("127.0.0.1", portal.port)) as client:
            head = f"GET /sign-in HTTP/1.1\r\nHost: eu.gatehouse.localhost:{portal.port}\r\n\r\n".encode()
            client.sendall(head[: 40 + number % 60] if number % 2 else head)
            if number % 4 == 0:
                client.recv(10)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(leave, range(2_000)))
    time.sleep(0.5)
    assert portal.get("/sign-in").status == 200
    assert portal.portal_pid() == process and descriptors() <= before + 4
