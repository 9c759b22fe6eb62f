"""The header fields of every kind of answer, scored as Mozilla's HTTP Observatory does; and what a hostile page may not do."""

import contextlib
import http.client
import re
import socket
import sqlite3
import subprocess
import sys
from urllib.parse import urlencode

import pytest

from support.browser import sign_in
from support.fake_responder import FakeResponder
from support.lone_nginx import LoneNginx
from support.observatory import points, score
from support.portal import ROOT, Answer, Portal
from support.production_nginx import ProductionNginx
from support.visitor import form_token

WANTED = 145
WITH_COEP = 155
PERSONAL = {"no-store"}


def check(name, answer, status, over_tls=False, wanted=WANTED):
    """Asserts the status and the score; returns the score."""
    assert answer.status == status, f"{name}: {answer.status}"
    assert all(len(answer.headers.get_all(field)) == 1 for field in answer.headers if field != "Set-Cookie"), (
        f"{name}: {answer.headers}"
    )
    scored = points(answer, over_tls)
    assert score(scored) >= wanted, f"{name}: {score(scored)} {scored}"
    assert not [field for field in answer.headers if field.lower().startswith("access-control-")], name
    assert answer.headers["Server"] in ("nginx", None), name
    return score(scored)


def raw(portal, request):
    """The answer to bytes as they are."""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=10) as connection:
        connection.sendall(request)
        reader = connection.makefile("rb")
        status = int(reader.readline().split()[1])
        headers = http.client.parse_headers(reader)
        return Answer(status, headers, reader.read(int(headers.get("Content-Length", 0))))


def test_check_26_every_kind_of_answer_scores(portal, page):
    """check 26: page, redirect, refusals of the portal and of nginx, files: 145 points and more, and 155 with a cookie."""
    sign_in(page, portal.eu, "owner@acme.example")
    page.goto(f"{portal.eu}/marketplace")
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies(portal.eu))
    signed_in = {"Cookie": cookies}
    form = {"Origin": portal.eu, "Content-Type": "application/x-www-form-urlencoded"} | signed_in
    token = form_token(page)
    style = re.search(r'href="(/assets/[^"]+\.css\?v=[^"]+)"', portal.get("/sign-in").text).group(1)
    etag = portal.get(style).headers["ETag"]
    host = f"Host: eu.gatehouse.localhost:{portal.port}\r\nConnection: close\r\n".encode()
    first = portal.get("/sign-in")
    assert first.headers["Set-Cookie"] and check("first visit", first, 200, wanted=WITH_COEP) == WITH_COEP
    answers = [
        ("page", portal.get("/marketplace", headers=signed_in), 200),
        ("redirect", portal.get("/marketplace"), 303),
        ("foreign form", portal.get("/sign-out", method="POST", headers=form, body=urlencode({"csrf": "x"})), 403),
        ("wrong form", portal.get("/sign-in", method="POST", headers={k: v for k, v in form.items() if k != "Cookie"}), 403),
        ("nothing there", portal.get("/nothing", headers=signed_in), 404),
        ("nothing there for strangers", portal.get("/nothing"), 404),
        ("a file that is not there", portal.get("/assets/none.css"), 404),
        ("method", portal.get("/sign-in", method="PUT"), 405),
        ("trace", portal.get("/sign-in", method="TRACE"), 405),
        ("too large", portal.get("/sign-in", method="POST", body=b"x" * 1_048_577), 413),
        ("long address", portal.get("/" + "a" * 9_000), 414),
        ("a range that is not there", portal.get(style, headers={"Range": "bytes=9999999-"}), 200),
        ("unknown host", portal.get("/sign-in", host="evil.example"), 421),
        ("unknown host under .localhost", portal.get("/sign-in", host="evil.localhost"), 421),
        ("headers", portal.get("/sign-in", headers={"X-Long": "a" * 9_000}), 431),
        ("two hosts", raw(portal, b"GET / HTTP/1.1\r\n" + host + b"Host: a\r\n\r\n"), 400),
        ("nonsense", raw(portal, b"GARBAGE\r\n\r\n"), 400),
        ("version", raw(portal, b"GET / HTTP/3.0\r\n" + host + b"\r\n"), 505),
        ("transfer", raw(portal, b"POST /sign-in HTTP/1.1\r\n" + host + b"Transfer-Encoding: zip\r\n\r\n"), 501),
        ("file", portal.get(style), 200),
        ("unchanged file", portal.get(style, headers={"If-None-Match": etag}), 304),
        ("icon", portal.get("/assets/icons/gatehouse.svg"), 200),
        ("health", portal.get("/healthz"), 200),
        ("callback", portal.get("/connections/return?state=x&code=y"), 400),
    ]
    assert token
    scores = {name: check(name, answer, status) for name, answer, status in answers}
    print(sorted(scores.items(), key=lambda each: each[1]))


def test_check_26_answers_while_nothing_works(tmp_path):
    """check 26: 500 by the portal, 502 by nginx, 503 at its limit."""
    portal = Portal(tmp_path / "state")
    portal.start()
    try:
        with contextlib.closing(sqlite3.connect(portal.state / "gatehouse.sqlite")) as database:
            database.execute("ALTER TABLE branded_host RENAME TO branded_host_away")
        broken = portal.get("/sign-in", host="shop.acme.localhost")
        assert check("500", broken, 500) and "Reference" in broken.text
    finally:
        portal.stop()
    with LoneNginx(tmp_path / "alone").running() as nginx:
        check("502", nginx.get("/sign-in"), 502)
        with contextlib.ExitStack() as held:
            silent = held.enter_context(socket.socket(socket.AF_UNIX))
            silent.bind(str(nginx.socket))
            silent.listen(511)
            for _ in range(256):
                client = held.enter_context(socket.create_connection(("127.0.0.1", nginx.port)))
                client.sendall(b"GET / HTTP/1.1\r\nHost: eu.gatehouse.localhost\r\n\r\n")
            for _ in range(200):
                if (answer := nginx.get("/")).status == 503:
                    break
            check("503", answer, 503)


def test_check_10_what_is_personal_is_kept_nowhere(portal, page):
    """check 10: pages say no-store whatever was varied; files are for good and the same for everybody."""
    sign_in(page, portal.eu, "owner@acme.example")
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies(portal.eu))
    variations = [{}, {"Cookie": cookies}, {"Accept-Language": "de"}, {"Cookie": "a=b", "If-None-Match": "*"}]
    for path in ["/", "/marketplace", "/sign-in", "/nothing", "/connections/return?state=x"]:
        for headers in variations * 2:
            assert portal.get(path, headers=headers).headers["Cache-Control"] == "no-store", (path, headers)
    style = re.search(r'href="(/assets/[^"]+\.css\?v=[^"]+)"', portal.get("/sign-in").text).group(1)
    seen = {portal.get(style, headers=headers).body for headers in variations[:3]}
    assert len(seen) == 1 and b"owner" not in seen.pop()
    for headers in variations[:3]:
        answer = portal.get(style, headers=headers)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Set-Cookie"] is None


def test_check_25_no_page_can_be_framed(portal, page, complaints):
    """check 25: a frame of ours on a page of ours stays empty, and says why."""
    page.goto(f"{portal.eu}/sign-in")
    page.evaluate("""() => { const frame = document.createElement('iframe'); frame.src = '/sign-in'; document.body.append(frame) }""")
    page.wait_for_timeout(500)
    assert any("frame" in complaint for complaint in complaints), complaints
    assert all("Sign in" not in frame.content() for frame in page.frames[1:])
    complaints.clear()


def test_check_27_what_is_inline_does_not_run(portal, page, complaints):
    """check 27: a script or a style that somebody got into a page is blocked, and the browser says so."""
    page.goto(f"{portal.eu}/sign-in")
    page.evaluate("""() => {
        const script = document.createElement('script')
        script.textContent = 'window.ran = true'
        const style = document.createElement('style')
        style.textContent = 'body { display: none }'
        document.body.append(script, style)
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = true"><p style="color:red" id=styled>x</p>')
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    for word in ["script", "style"]:
        assert any("Content Security Policy" in complaint and word in complaint for complaint in complaints), complaints
    complaints.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_that_nginx_has_by_itself(portal, browser_context, scheme):
    """Each static error page is accessible, narrow, and has the portal's look; none names a reference that nobody has."""
    from support.browser import axe, sideways_scroll

    for width in (1280, 320):
        page = browser_context(scheme=scheme, width=width).new_page()
        backgrounds = set()
        page.goto(f"{portal.eu}/sign-in")
        backgrounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        for file in sorted((ROOT / "www/errors").glob("*.html")):
            page.route("**/shown", lambda route: route.fulfill(path=file, content_type="text/html"))
            page.goto(f"{portal.eu}/shown")
            assert axe(page) == [] and sideways_scroll(page) == [], file.name
            assert page.locator("h1").count() == 1
            assert page.locator(".chip").inner_text() == file.stem
            backgrounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            page.unroute("**/shown")
        assert len(backgrounds) == 1, "the same paper as the portal's own pages"


def test_check_112_headers_up_to_16_kilobytes_pass(tmp_path):
    """check 112: a long Location with cookies is no 502; what is longer than nginx's buffer is one, and never half an answer."""
    with LoneNginx(tmp_path / "state").running() as nginx:

        def answer_of(length):
            fields = f"Status: 303 See Other\r\nLocation: /{'a' * length}\r\nSet-Cookie: a={'b' * 3000}\r\n\r\n"
            responder.answer = fields.encode()
            return nginx.get("/sign-in")

        with FakeResponder(nginx.socket).running() as responder:
            for length in (100, 4_000, 8_000, 12_000):
                answer = answer_of(length)
                assert (answer.status, len(answer.headers["Location"])) == (303, length + 1)
            assert answer_of(20_000).status == 502


def test_check_5_a_proxy_header_reaches_nobody(tmp_path):
    """checks 4 and 5: HTTP_PROXY arrives empty; the host is nginx's own, the scheme and the client's address too."""
    with LoneNginx(tmp_path / "state").running() as nginx, FakeResponder(nginx.socket).running() as responder:
        hostile = {
            "Proxy": "http://evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-For": "6.6.6.6",
            "X-Forwarded-Proto": "https", "Remote-Addr": "6.6.6.6", "HTTPS": "on", "Https": "on",
            "Script-Name": "/evil", "Server-Name": "evil.example", "Request-Uri": "/evil", "X_Forwarded_Host": "evil.example",
        }  # fmt: skip
        assert nginx.get("/sign-in?a=b", headers=hostile).status == 200
        [got] = responder.requests
        assert got.get("HTTP_PROXY", "") == ""
        assert got["HTTP_HOST"] == f"eu.gatehouse.localhost:{nginx.port}"
        assert (got["SERVER_NAME"], got["REMOTE_ADDR"]) == ("eu.gatehouse.localhost", "127.0.0.1")
        assert (got["REQUEST_SCHEME"], got.get("HTTPS", "")) == ("http", "")
        assert (got["SCRIPT_NAME"], got["REQUEST_URI"], got["QUERY_STRING"]) == ("", "/sign-in?a=b", "a=b")
        names = [name for name in got if not name.startswith("HTTP_")]
        assert len(names) == len(set(names)) and "X_FORWARDED_HOST" not in got


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """The portal over TLS, behind the production sample."""
    folder = tmp_path_factory.mktemp("production")
    nginx = ProductionNginx(folder / "nginx", name="eu.gatehouse.localhost")
    base = f"gatehouse.localhost:{nginx.port}"
    portal = Portal(folder / "state", GATEHOUSE_REGION_EU=f"https://eu.{base}", GATEHOUSE_REGION_US=f"https://us.{base}")
    portal.start()
    nginx.portal_socket = portal.state / "portal.sock"
    with nginx.running():
        yield nginx
    portal.stop()


def test_check_26_the_production_sample_over_tls(production):
    """check 26: with TLS, HSTS on every answer and the redirection from port 80: 145 and more, 155 with COEP."""
    assert check("first visit", production.get("/sign-in"), 200, over_tls=True, wanted=WITH_COEP) == WITH_COEP
    for name, answer, status in [
        ("redirect", production.get("/marketplace"), 303),
        ("nothing there", production.get("/nothing"), 404),
        ("no such file", production.get("/assets/none.css"), 404),
        ("method", production.get("/", method="DELETE"), 405),
        ("too large", production.get("/sign-in", method="POST", body=b"x" * 1_048_577), 413),
        ("another name", production.get("/sign-in", name="evil.example"), 421),
        ("headers", production.get("/sign-in", headers={"X-Long": "a" * 9_000}), 431),
        ("file", production.get("/assets/icons/gatehouse.svg"), 200),
    ]:
        check(name, answer, status, over_tls=True)
        assert "evil" not in answer.text
    moved = production.plain("/organizations?q=a")
    assert (moved.status, moved.headers["Location"]) == (301, "https://eu.gatehouse.localhost/organizations?q=a")
    assert moved.headers["Strict-Transport-Security"] is None
    assert production.plain("/", name="evil.example").status == 421
    assert production.plain("/.well-known/acme-challenge/token").body == b"the proof"
    assert production.plain("/.well-known/acme-challenge/token", name="new.example").body == b"the proof"


def test_the_production_sample_shows_strangers_no_certificate(production):
    """A handshake for a name that is not ours, or for none, is refused; old versions of TLS too."""
    import ssl

    with pytest.raises(ssl.SSLError):
        production.get("/", sni="evil.example")
    for option in ["-tls1_1", "-tls1"]:
        command = ["openssl", "s_client", "-connect", f"127.0.0.1:{production.port}", "-servername", production.name, option]
        done = subprocess.run([*command, "-cipher", "ALL:@SECLEVEL=0"], input=b"", capture_output=True, timeout=20)
        assert b"Cipher is (NONE)" in done.stdout, option


def lines(path, begin=None, end=None):
    """What a configuration says, without comments and with one blank between words."""
    text = path.read_text()
    text = text[text.index(begin) if begin else 0 : text.index(end) if end else None]
    stripped = (re.sub(r"\s+", " ", re.sub(r"(^|\s)#.*", "", line)).strip() for line in text.splitlines())
    return [line for line in stripped if line]


def test_practice_and_production_say_the_same(tmp_path):
    """Limits, headers, parameters and locations of the production sample are nginx.conf's, with other paths."""

    def moved(line):
        for there, here in {
            ".gatehouse/logs/nginx-access.log": "/var/log/nginx/gatehouse-access.log",
            ".gatehouse/logs/nginx-error.log": "/var/log/nginx/gatehouse-error.log",
            ".gatehouse/portal.sock": "/run/gatehouse/portal.sock",
            "root www;": "root /usr/local/share/gatehouse/www;",
        }.items():
            line = line.replace(there, here)
        return line

    practice, deploy = ROOT / "nginx.conf", ROOT / "deploy/nginx"
    shared = [moved(line) for line in lines(practice, "http {", "    # A name that is not ours") if "_temp_path" not in line]
    assert shared == lines(deploy / "nginx.conf", "http {", "    # --- TLS")
    portal = [moved(line) for line in lines(practice, "        server_name *.localhost")][1:]
    there = [line for line in lines(deploy / "gatehouse/server.conf") if "497" not in line]
    assert portal[: len(there)] == there and set(portal[len(there) :]) == {"}"}


@pytest.mark.parametrize("path", ["nginx.conf", "deploy/nginx/nginx.conf"])
def test_gixy_finds_nothing(path, tmp_path):
    """The static check of nginx configurations; one finding is meant: the portal's answers keep their own headers."""
    if path.startswith("deploy"):
        sample = ProductionNginx(tmp_path / "nginx")
        sample._write()
        target = sample.folder / "nginx.conf"
    else:
        target = ROOT / path
    gixy = [sys.executable.replace("python3", "gixy").replace("python", "gixy"), "--skips", "add_header_redefinition", target]
    done = subprocess.run(gixy, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
