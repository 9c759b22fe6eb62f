"""Which address a person works at: regions, a broker's own address, and nothing that a request claims to be."""

import socket
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from support.browser import sign_in
from support.visitor import ask

OWNER = "owner@acme.example"
LIBERTY = "owner@liberty.example"
VISITOR = {"Cookie": "__Host-gatehouse-visitor=always-the-same-visitor"}

CLAIMS = [
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Port": "666"},
    {"X-Forwarded-Prefix": "/evil"},
    {"X-Forwarded-Server": "evil.example"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X-Original-URL": "/healthz"},
    {"X-Rewrite-URL": "/healthz"},
    {"X-Host": "evil.example"},
    {"X-HTTP-Method-Override": "POST"},
    {"Proxy": "http://evil.example"},
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: next(iter(claim)))
@pytest.mark.parametrize("path", ["/sign-in", "/organizations?q=x", "/nothing/here"])
def test_what_headers_claim_changes_nothing(portal, path, claim):
    """check 4: the same answer, byte by byte, as without them."""

    def ask(headers):
        answer = portal.get(path, headers=VISITOR | headers)
        return answer.status, [field for field in answer.headers.items() if field[0] != "Date"], answer.body

    assert ask(claim) == ask({})


def raw(portal, request):
    """The answer to bytes as they are, "PORT" in them replaced."""
    with socket.create_connection(("127.0.0.1", portal.port), timeout=10) as connection:
        connection.sendall(request.replace("PORT", str(portal.port)).encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer.decode(errors="replace")


@pytest.mark.parametrize(
    "head",
    [
        "GET /organizations HTTP/1.1\r\nHost: evil.example",
        "GET /organizations HTTP/1.1\r\nHost: evil.example:PORT",
        "GET http://evil.example/organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost:PORT",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost@evil.example",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost.evil.example",
        "GET /organizations HTTP/1.1\r\nHost: evil.example\r\nHost: eu.gatehouse.localhost:PORT",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost:PORT\r\nHost: evil.example",
        "GET /organizations HTTP/1.1\r\nHost: 127.0.0.1:PORT",
        "GET /organizations HTTP/1.1\r\nHost: [::1]:PORT",
        "GET /organizations HTTP/1.1\r\nHost: 2130706433",
        "GET /organizations HTTP/1.1\r\nHost:",
        "GET /organizations HTTP/1.1\r\nX-None: y",
        "GET /organizations HTTP/1.0",
        "GET /organizations HTTP/1.1\r\nHost: " + "a" * 65_536,
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost/evil.example",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost%00.evil.example",
        "GET http://eu.gatehouse.localhost@evil.example/organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost:PORT",
        "GET http://evil.example:PORT/organizations HTTP/1.1\r\nHost: evil.example",
        "GET //evil.example/organizations HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: eu.gatehouse.localhost",
        "GET /organizations HTTP/1.1\r\nHost: evil.localhost:PORT",
        "GET /organizations HTTP/1.1\r\nHost: localhost:PORT",
        "GET /organizations HTTP/1.1\r\nHost: 0x7f.1:PORT",
        "GET /organizations HTTP/1.1\r\nHost: [::ffff:127.0.0.1]:PORT",
        "GET /organizations HTTP/1.1\r\nHost: eu.gatehouse.localhost, evil.example",
        "GET /organizations HTTP/1.1\r\nHost: xn--evil-9ra.localhost:PORT",
        "CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example:80",
    ],
    ids=lambda head: head[:70].partition(" ")[2].replace("\r\n", " "),
)
def test_a_host_that_is_not_ours_is_refused(portal, head):
    """check 3: 400 or 421, or nginx's own refusal; no address in the answer is what the request claimed."""
    answer = raw(portal, head + "\r\nConnection: close\r\n\r\n")
    assert int(answer.split(" ", 2)[1]) in (400, 405, 414, 421, 431)
    assert "evil" not in answer and "Location" not in answer and "Set-Cookie" not in answer


@pytest.mark.parametrize(
    "host",
    [
        "EU.Gatehouse.LocalHost:PORT",
        "eu.gatehouse.localhost.:PORT",
        "eu.gatehouse.localhost",
        "eu.gatehouse.localhost:1",
        "eu.gatehouse.localhost:PORT:1",
    ],
)
def test_another_spelling_of_our_host_gives_our_own(portal, host):
    """check 3: case, a final dot, another port: the canonical address, or a refusal, and never what was sent."""
    answer = raw(portal, f"GET /sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert int(answer.split(" ", 2)[1]) in (200, 400, 421)
    for word in ("EU.Gatehouse", "localhost.:", ":1/"):
        assert word not in answer


@pytest.mark.parametrize("form", ["eu.gatehouse.localhost", "EU.GATEHOUSE.LOCALHOST"])
def test_an_absolute_request_line_is_read_as_its_host(portal, form):
    """check 3: the request line's name counts, whatever the Host field says, and so does its absence of rights."""
    for host in ["evil.example", f"{form}:{portal.port}"]:
        answer = raw(portal, f"GET http://{form}:PORT/sign-in HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        assert answer.startswith("HTTP/1.1 200") and "evil" not in answer


AT = {OWNER: {"eu": 200, "us": 303, "shop": 200}, LIBERTY: {"eu": 303, "us": 200, "shop": 303}}


@pytest.mark.parametrize("email", AT)
def test_region_by_region_each_broker_works_at_its_own_addresses(portal, browser_context, email):
    """Each person at each address: work at home and on an own branded address, everywhere else the way home."""
    page = browser_context().new_page()
    home = portal.eu if email == OWNER else portal.us
    sign_in(page, home, email)
    if email == OWNER:
        sign_in(page, portal.shop, email)
    for name, status in AT[email].items():
        answer = ask(portal, page, f"{getattr(portal, name)}/marketplace")
        assert answer.status == status, name
        if status == 303:
            assert answer.headers["Location"].startswith("/sign-in?next="), "there is no session here"


def test_check_16_a_cookie_is_worth_nothing_at_another_address(portal, page):
    """check 16: the session of one address, sent to the others by hand, is nobody's; twice in one request it is none."""
    sign_in(page, portal.eu, OWNER)
    [token] = [each["value"] for each in page.context.cookies(portal.eu) if each["name"] == "__Host-gatehouse"]
    cookie = f"__Host-gatehouse={token}"
    assert portal.get("/marketplace", headers={"Cookie": cookie}).status == 200
    for host in ["us.gatehouse.localhost", "shop.acme.localhost"]:
        assert portal.get("/marketplace", host=host, headers={"Cookie": cookie}).status == 303
    assert portal.get("/marketplace", headers={"Cookie": f"{cookie}; __Host-gatehouse=x"}).status == 303
    assert portal.get("/marketplace", headers={"Cookie": f"{cookie}; " + "; ".join(f"c{n}={n}" for n in range(200))}).status in (200, 400, 431)
    assert portal.get("/marketplace", headers={"Cookie": f"a={'b' * 5_000}; {cookie}"}).status in (200, 400, 431)


@pytest.mark.parametrize(
    ("email", "wrong", "right"), [(LIBERTY, "eu", "us"), (OWNER, "us", "eu"), (LIBERTY, "shop", "us")]
)
def test_a_person_at_another_address_is_led_home(portal, page, email, wrong, right):
    """Signed in elsewhere, one ends on the page asked for at the broker's own region; there is no session where one came from."""
    wrong, right = getattr(portal, wrong), getattr(portal, right)
    page.goto(f"{wrong}/organizations?q=a")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill("gatehouse-practice")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{right}/organizations?q=a")
    expect(page.locator("header")).to_contain_text("Liberty IT" if email == LIBERTY else "Acme Cloud")
    assert "__Host-gatehouse" not in [cookie["name"] for cookie in page.context.cookies(wrong)]
    hosts = [row["host"] for row in portal.sqlite("SELECT host FROM session WHERE user_id = ?", f"user-{email}")]
    assert urlsplit(right).hostname in hosts and (wrong == portal.shop or urlsplit(wrong).hostname not in hosts)


def test_an_administrator_works_in_any_region(portal, browser_context):
    """No broker, no home: each region takes the administrator."""
    for base in (portal.eu, portal.us):
        page = browser_context().new_page()
        sign_in(page, base, "admin@gatehouse.example")
        assert page.goto(f"{base}/plugins").status == 200
        assert page.url == f"{base}/plugins"


@pytest.fixture
def at_shop(browser_context, portal):
    """Acme's owner in a browser of their own, signed in at the branded address."""
    page = browser_context().new_page()
    sign_in(page, portal.shop, OWNER)
    return page


def take_ticket(page, portal, path="/organizations"):
    """Follows the hand-over up to its ticket, which isn't used. Returns its address."""
    address = f"{portal.eu}/handover/start?from=shop.acme.localhost&path={path}"
    while "/handover?ticket=" not in address:
        address = ask(portal, page, address).headers["Location"]
    return address


def is_nobody(page, portal):
    page.goto(f"{portal.eu}/")
    return urlsplit(page.url).path == "/sign-in"


def test_a_hand_over_signs_the_same_person_in(portal, at_shop):
    """From the branded address to the region: the same person, the page asked for, a line in the audit."""
    at_shop.goto(take_ticket(at_shop, portal))
    assert at_shop.url == f"{portal.eu}/organizations"
    expect(at_shop.locator("header")).to_contain_text("Olivia Owner")
    [line] = portal.sqlite(
        "SELECT actor, detail FROM audit WHERE action = 'session.hand-over' AND actor = ? ORDER BY at DESC LIMIT 1",
        OWNER,
    )
    assert "shop.acme.localhost" in line["detail"]
    at_shop.goto(f"{portal.shop}/organizations")
    expect(at_shop.locator("header")).to_contain_text("Olivia Owner")


def test_a_hand_over_is_worthless_in_another_browser(portal, at_shop, browser_context):
    """Also in one that has begun a hand-over of its own, and the first browser's still works afterwards."""
    ticket = take_ticket(at_shop, portal)
    thief = browser_context().new_page()
    thief.goto(ticket)
    assert is_nobody(thief, portal)
    ask(portal, thief, f"{portal.eu}/handover/start?from=shop.acme.localhost&path=/")
    thief.goto(ticket)
    assert is_nobody(thief, portal)
    at_shop.goto(ticket)
    assert at_shop.url == f"{portal.eu}/organizations"


def test_a_hand_over_works_once(portal, at_shop):
    """Its address visited again makes no session, neither while signed in nor after signing out."""
    ticket = take_ticket(at_shop, portal)
    at_shop.goto(ticket)
    sessions = portal.sqlite("SELECT hex(token_hash) AS hash FROM session ORDER BY hash")
    at_shop.goto(ticket)
    assert portal.sqlite("SELECT hex(token_hash) AS hash FROM session ORDER BY hash") == sessions
    at_shop.locator("details.user-menu summary").click()
    at_shop.get_by_role("button", name="Sign out").click()
    at_shop.goto(ticket)
    assert is_nobody(at_shop, portal)


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "https://evil.example/", "%2f%2fevil.example", "/%0d%0aSet-Cookie:x=y"],
)
def test_a_hand_over_leads_nowhere_else(portal, at_shop, path):
    """The path is one of ours, or the start page."""
    at_shop.goto(f"{portal.eu}/handover/start?from=shop.acme.localhost&path={path}")
    assert at_shop.url.startswith(f"{portal.eu}/")


def test_a_hand_over_between_strangers_is_refused(portal, at_shop):
    """Unknown origins, and a target that is not one's own region."""
    for host in ["evil.example", "eu.gatehouse.localhost.evil.example", ""]:
        assert portal.get(f"/handover/start?from={host}&path=/").status == 404
    assert at_shop.goto(f"{portal.us}/handover/start?from=shop.acme.localhost&path=/").status == 404
    assert portal.get("/handover/start?from=eu.gatehouse.localhost&path=/", host="shop.acme.localhost").status == 404
