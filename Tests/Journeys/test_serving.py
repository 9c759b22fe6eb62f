"""nginx, the portal's socket and script/server, as a visitor and an operator meet them."""

import contextlib
import re
import signal
import socket
import subprocess
import time

import pytest

from support.browser import axe, sideways_scroll
from support.load import Load
from support.lone_nginx import LoneNginx
from support.portal import ROOT, Portal

STATIC_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def lone_nginx(tmp_path):
    with LoneNginx(tmp_path / "state").running() as nginx:
        yield nginx


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_answered(portal, path):
    assert portal.get(path).status == 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_sign_in_page_answers(portal, browser_context, scheme, width):
    page = browser_context(scheme=scheme, width=width).new_page()
    assert page.goto(f"{portal.eu}/sign-in").status == 200
    assert page.get_by_label("E-mail").get_attribute("name") == "email"
    assert page.get_by_label("Password").get_attribute("name") == "password"
    assert axe(page) == []
    assert sideways_scroll(page) == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "nobody.localhost", "gatehouse.localhost.evil.example"])
def test_an_unknown_host_is_refused(portal, host):
    assert portal.get("/sign-in", host=host).status == 421


def test_the_style_sheet_is_served_for_good(portal):
    address = re.search(r'href="(/assets/[^"]+\.css\?v=[^"]+)"', portal.get("/sign-in").text).group(1)
    answer = portal.get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert STATIC_HEADERS.items() <= dict(answer.headers).items()
    assert portal.get(address.partition("?")[0]).headers["Cache-Control"] == "no-cache"


def test_the_portals_own_headers_pass_unchanged(portal):
    headers = portal.get("/sign-in").headers
    for name in [*STATIC_HEADERS, "Content-Security-Policy", "Cache-Control"]:
        assert len(headers.get_all(name, [])) == 1, name
    assert headers["Server"] == "nginx"


@pytest.mark.parametrize("path", ["/assets/none.css", "/assets/", "/assets/.git", "/.git/config", "/errors/404.html"])
def test_what_is_not_to_be_served_is_not_there(portal, path):
    answer = portal.get(path)
    assert answer.status == 404
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(portal, method):
    answer = portal.get("/sign-in", method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_a_body_of_more_than_a_megabyte_is_refused(portal):
    answer = portal.get("/sign-in", method="POST", body=b"x" * (1_048_576 + 1))
    assert (answer.status, answer.headers["Retry-After"]) == (413, None)


def test_no_log_holds_a_query(portal):
    portal.get("/connections/return?code=a-secret-code&state=x")
    portal.get("/sign-in", headers={"Referer": f"{portal.eu}/x?code=a-secret-code"})
    for log in (portal.state / "logs").iterdir():
        assert "a-secret-code" not in log.read_text(), log


def test_without_a_portal_there_is_a_page(lone_nginx):
    answer = lone_nginx.get("/sign-in?code=a-secret-code")
    assert answer.status == 502
    assert answer.body == (ROOT / "www/errors/502.html").read_bytes()
    assert STATIC_HEADERS.items() <= dict(answer.headers).items()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "a-secret-code" not in lone_nginx.log("nginx-error")


def test_more_requests_at_a_time_than_the_limit_are_refused_at_once(lone_nginx):
    limit = int(re.search(r"limit_conn +portal (\d+);", (ROOT / "nginx.conf").read_text()).group(1))
    with contextlib.ExitStack() as open_ones:
        silent = open_ones.enter_context(socket.socket(socket.AF_UNIX))
        silent.bind(str(lone_nginx.socket))
        silent.listen(511)
        for _ in range(limit):
            client = open_ones.enter_context(socket.create_connection(("127.0.0.1", lone_nginx.port)))
            client.sendall(b"GET / HTTP/1.1\r\nHost: eu.gatehouse.localhost\r\n\r\n")
        time.sleep(0.2)
        began = time.monotonic()
        answer = lone_nginx.get("/")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert answer.body == (ROOT / "www/errors/503.html").read_bytes()
        assert time.monotonic() - began < 0.5
        assert lone_nginx.get("/assets/none.css").status == 404, "files are served all the same"


def test_five_restarts_at_300_requests_a_second_lose_none(portal):
    with Load(portal, "/sign-in", rate=300) as load:
        for _ in range(5):
            time.sleep(1.5)
            portal.restart()
        time.sleep(1)
    assert set(load.results) == {200}, load.results
    assert load.results.total() > 5 * 1.5 * 300 * 0.9, "the client kept its pace"


def test_a_killed_portal_is_back_within_a_second_and_no_get_is_lost(portal):
    time.sleep(1.2)  # multiwatch counts deaths within a second of the start as failed starts
    with Load(portal, "/sign-in", rate=100) as load:
        time.sleep(0.5)
        assert portal.kill_portal() < 1
        time.sleep(0.5)
    assert set(load.results) == {200}, load.results


@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything(another_portal, with_signal):
    assert len(another_portal.processes()) == 6, "script/server, the sandbox, multiwatch, the portal, nginx and its worker"
    assert another_portal.interrupt(with_signal) == 0
    assert another_portal.processes() == {}
    another_portal.start()
    assert another_portal.get("/readyz").status == 200


def test_a_killed_script_leaves_no_process_and_can_be_started_again(another_portal):
    another_portal.interrupt(signal.SIGKILL)
    another_portal.start()
    assert another_portal.get("/readyz").status == 200


def test_the_same_state_folder_twice_is_one_clear_line(portal):
    other = Portal(portal.state)
    assert run_server(other) == (
        1,
        f"server: the state folder {portal.state} is in use by another script/server "
        f"(process {portal.script_pid}): stop it, or set GATEHOUSE_STATE.\n",
    )


@pytest.mark.parametrize("name", ["GATEHOUSE_PORT", "GATEHOUSE_SANDBOX_PORT"])
def test_a_port_in_use_is_one_clear_line(portal, tmp_path, name):
    taken = portal.environment()[name]
    other = Portal(tmp_path / "state")
    assert run_server(other, {name: taken}) == (
        1,
        f"server: port {taken} is in use: stop what uses it, or choose another with {name}=…\n",
    )


def run_server(portal, changes={}):
    done = subprocess.run(
        [ROOT / "script/server", "--no-build"],
        env=portal.environment() | changes,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=20,
    )
    return done.returncode, done.stdout
