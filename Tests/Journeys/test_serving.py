"""nginx, the portal's socket and script/server, as a visitor and an operator meet them."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from support.browser import axe, sideways_scroll
from support.load import Load
from support.lone_nginx import LoneNginx
from support.portal import ROOT, Portal, wait_until

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


def test_check_130_twenty_reloads_lose_no_request(portal):
    """check 130: the portal stopped and started 14 times and nginx reloaded 6 times at 300 requests a second."""
    reloads = []
    with Load(portal, "/sign-in", rate=300) as load:
        for number in range(20):
            time.sleep(1.1)
            if number % 3 == 2:
                before = workers_of_nginx(portal)
                os.kill(portal.part("nginx"), signal.SIGHUP)  # nginx -s reload
                wait_until(lambda: not before & workers_of_nginx(portal), 10, "new workers of nginx alone")
            else:
                reloads.append(portal.restart())
        time.sleep(1)
    print(f"{load.results.total()} requests, slowest {load.slowest:.3f} s; the portal away for {max(reloads):.3f} s at most")
    assert set(load.results) == {200}, load.results
    assert load.results.total() > 20 * 1.1 * 300 * 0.8, "the client kept its pace"


def workers_of_nginx(portal):
    master = portal.part("nginx")
    return set(Path(f"/proc/{master}/task/{master}/children").read_text().split())


def test_check_130_a_killed_portal_is_back_within_a_second_and_no_get_is_lost(portal):
    """check 130: kill -9, five times."""
    times = []
    with Load(portal, "/sign-in", rate=100) as load:
        for _ in range(5):
            time.sleep(1.3)  # multiwatch counts deaths within a second of the start as failed starts
            times.append(portal.kill_portal())
        time.sleep(0.5)
    print(f"back after {', '.join(f'{each:.3f}' for each in times)} s")
    assert max(times) < 1
    assert set(load.results) == {200}, load.results


@pytest.mark.parametrize("part", ["portal", "nginx", "sandbox"])
def test_a_killed_watcher_is_replaced_too(another_portal, part):
    """multiwatch, nginx's master, the sandbox: script/server starts each again, and nothing is left of the old one."""
    before, began = another_portal.part(part), time.monotonic()
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: another_portal.part(part) != before, 10, f"another {part}")
    wait_until(lambda: answers(another_portal), 10, "the portal answers again")
    print(f"{part}: back after {time.monotonic() - began:.3f} s")
    assert another_portal.get("/sign-in").status == 200
    another_portal._sessions.add(another_portal.part(part))
    assert len(another_portal.processes()) == 6
    assert f"{part} has ended; starting it again." in another_portal.output.read_text()


def answers(portal):
    with contextlib.suppress(OSError, http.client.HTTPException):
        return portal.get("/readyz").status == 200
    return False


def test_metrics_are_for_who_shows_the_token(tmp_path):
    """Prometheus' text, with the counts of this test; without the token, or with another, there is no such page."""
    token = tmp_path / "token"
    token.write_text("a-token-of-the-scraper\n")
    portal = Portal(tmp_path / "state", GATEHOUSE_METRICS_TOKEN_FILE=str(token))
    portal.start()
    try:
        for headers in [{}, {"Authorization": "Bearer x"}, {"Authorization": "a-token-of-the-scraper"}]:
            assert portal.get("/metrics", headers=headers).status == 404
        for _ in range(3):
            portal.get("/sign-in")
        answer = portal.get("/metrics", headers={"Authorization": "Bearer a-token-of-the-scraper"})
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        samples = parse_metrics(answer.text)
        assert samples['gatehouse_requests_total{kind="sign-in",status="2xx"}'] == 3
        assert samples['gatehouse_requests_total{kind="metrics",status="4xx"}'] == 3
        assert samples['gatehouse_request_seconds_bucket{le="+Inf"}'] == samples["gatehouse_request_seconds_count"] >= 6
        assert samples['gatehouse_jobs{state="parked"}'] == 0 and samples["gatehouse_brokers"] >= 2
        assert samples['gatehouse_database_bytes{file="database"}'] > 0
        for word in ("Acme", "acme", "owner@", "a-token-of-the-scraper"):
            assert word not in answer.text
    finally:
        portal.stop()


def parse_metrics(text):
    """The samples, by name and labels. Every family says what it is first, once; every line is one of the format's."""
    samples, families = {}, {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            assert name not in families and kind in ("counter", "gauge", "histogram")
            families[name] = kind
        elif not line.startswith("# HELP "):
            found = re.fullmatch(r'([a-z_]+)((?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})?) (-?[0-9.e+]+)', line)
            assert found, line
            assert re.sub(r"_(bucket|sum|count)$", "", found[1]) in families or found[1] in families, line
            assert found[1] + found[2] not in samples
            samples[found[1] + found[2]] = float(found[3])
    return samples


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
