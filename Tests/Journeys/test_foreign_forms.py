"""A form that another site's page sends, or that was made for another session, changes nothing."""

import os
import re
import subprocess

import pytest
from playwright.sync_api import expect

from support.browser import sign_in
from support.portal import ROOT
from support.visitor import form_token

OWNER = "owner@acme.example"
PROGRAM = ROOT / ".build" / os.environ.get("GATEHOUSE_BUILD", "debug") / "gatehouse"


@pytest.fixture(scope="module")
def posts(tmp_path_factory):
    """The path of every route that changes something, as the program itself lists them."""
    environment = {"GATEHOUSE_PRACTICE": "1", "GATEHOUSE_STATE": str(tmp_path_factory.mktemp("routes"))}
    table = subprocess.run([PROGRAM, "routes"], env=environment, check=True, capture_output=True, text=True).stdout
    paths = [line.split("\t")[1] for line in table.splitlines() if line.startswith("POST\t")]
    assert "/sign-out" in paths and "/sign-in" in paths and len(paths) > 10
    return [re.sub(r":\w+", "organization-northgate", path) for path in paths]


@pytest.fixture
def owner(page, portal):
    """Signed in, with the token of a form of that session."""
    sign_in(page, portal.eu, OWNER)
    page.goto(f"{portal.eu}/organizations")
    return page


def state(portal):
    tables = [
        row["name"]
        for row in portal.sqlite("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'session'")
    ]
    return {table: portal.sqlite(f"SELECT COUNT(*) AS count FROM {table}") for table in tables}


@pytest.mark.parametrize(
    ("origin", "token"),
    [
        ("http://evil.localhost", "right"),
        ("{us}", "right"),
        ("{shop}", "right"),
        ("null", "right"),
        (None, "right"),
        ("{eu}", "missing"),
        ("{eu}", "empty"),
        ("{eu}", "made up"),
        ("{eu}", "twice"),
        ("{eu}", "of another session"),
    ],
)
def test_every_change_wants_its_own_page(portal, owner, posts, browser_context, origin, token):
    """403 for each route, from a foreign site, a sibling, our branded address, with no, a wrong and somebody else's token."""
    right = form_token(owner)
    body = {
        "right": f"csrf={right}",
        "missing": "",
        "empty": "csrf=",
        "made up": f"csrf={'A' * 43}",
        "twice": f"csrf={right}&csrf={right}",
    }
    if token == "of another session":
        other = browser_context().new_page()
        sign_in(other, portal.eu, "support@acme.example")
        body[token] = f"csrf={form_token(other)}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if origin:
        headers["Origin"] = origin.format(eu=portal.eu, us=portal.us, shop=portal.shop)
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in owner.context.cookies(portal.eu))
    before = state(portal)
    for path in posts:
        answer = portal.get(path, method="POST", headers=headers | {"Cookie": cookies}, body=body[token])
        assert answer.status == (400 if token == "twice" else 403), path
        assert "Nothing was changed." in answer.text, path
    assert state(portal) == before
    assert owner.goto(f"{portal.eu}/organizations").status == 200, "still signed in"


@pytest.mark.parametrize("site", ["http://evil.localhost", "{us}", "{shop}"])
def test_another_sites_page_can_send_nothing(portal, owner, site):
    """A real page elsewhere that posts to us in the browser of a signed-in owner."""
    address = f"{site.format(us=portal.us, shop=portal.shop)}/trap"
    form = f'<form method="post" action="{portal.eu}/sign-out"><input name="csrf" value="{form_token(owner)}"><button>Win a prize</button></form>'
    owner.route(address, lambda route: route.fulfill(content_type="text/html", body=form))
    owner.goto(address)
    with owner.expect_response(f"{portal.eu}/sign-out") as answer:
        owner.get_by_role("button").click()
    assert answer.value.status in (303, 403)
    owner.goto(f"{portal.eu}/organizations")
    expect(owner.locator("header")).to_contain_text("Olivia Owner")


def test_an_old_page_after_a_new_sign_in(portal, owner):
    """A form from before signing in again is refused, and says what to do."""
    owner.locator("details.user-menu summary").click()
    other = owner.context.new_page()
    owner.context.clear_cookies()
    sign_in(other, portal.eu, OWNER)
    owner.get_by_role("button", name="Sign out").click()
    expect(owner.locator("main")).to_contain_text("It was made for another session")
    expect(owner.locator("main")).to_contain_text("reload the page")


def test_a_body_that_is_no_form(portal, owner, posts):
    """JSON, plain text and files are no ways around it."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in owner.context.cookies(portal.eu))
    before = state(portal)
    for kind, body in [
        ("application/json", "{}"),
        ("text/plain", f"csrf={form_token(owner)}"),
        ("multipart/form-data; boundary=x", "--x--"),
    ]:
        for path in posts:
            answer = portal.get(
                path, method="POST", headers={"Cookie": cookies, "Origin": portal.eu, "Content-Type": kind}, body=body
            )
            assert answer.status == 400, (path, kind)
    assert state(portal) == before
