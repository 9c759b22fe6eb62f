"""Who may do what: a page of somebody else's does not exist, and a button that one may not press is not there."""

import os
import re
import subprocess

import pytest
from playwright.sync_api import expect

from support.browser import sign_in
from support.portal import ROOT
from support.visitor import ask, form_token

PROGRAM = ROOT / ".build" / os.environ.get("GATEHOUSE_BUILD", "debug") / "gatehouse"

MAY = {
    "support@acme.example": {
        "seeHome", "seeServices", "seeConnections", "seeOrganizations", "seeTenants", "seeSetups", "seeJobs", "seeStore",
        "seeAttention",
    },
    "anna@northgate.example": {"seeHome", "seeOwnOrganization", "seeStore", "seeUsers", "manageUsers"},
    "carl@northgate.example": {"seeHome", "seeOwnOrganization", "seeStore"},
    "admin@gatehouse.example": {
        "seeHome", "managePlugins", "manageBrokers", "seeUsers", "manageUsers", "seeAttention", "manageAttention", "seeMail", "seeAddresses",
        "seeAudit",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    """Method, path and permission of every route, as the program lists them."""
    environment = {"GATEHOUSE_PRACTICE": "1", "GATEHOUSE_STATE": str(tmp_path_factory.mktemp("routes"))}
    table = subprocess.run([PROGRAM, "routes"], env=environment, check=True, capture_output=True, text=True).stdout
    return [line.split("\t") for line in table.splitlines()]


@pytest.mark.parametrize("email", MAY)
def test_what_a_role_may_not_see_does_not_exist(portal, page, routes, email):
    """Every page and every change outside the role is 404, alike; with a genuine form too."""
    sign_in(page, portal.eu, email)
    form = {"csrf": form_token(page)}
    missing = ask(portal, page, f"{portal.eu}/nothing/here").text
    for method, path, permission in routes:
        if permission == "public" or permission in MAY[email]:
            continue
        address = portal.eu + re.sub(r":\w+", "organization-northgate", path)
        answer = ask(portal, page, address, form if method == "POST" else None)
        assert (answer.status, answer.text) == (404, missing), (method, path)


def test_nobody_sees_nothing(portal, routes):
    """Without a session, every page leads to the sign-in page, and every change too."""
    for method, path, permission in routes:
        if permission != "public":
            answer = portal.get(
                path.replace(":", ""), method=method, headers={"Origin": portal.eu} if method == "POST" else {}
            )
            assert (answer.status, answer.headers["Location"].partition("?")[0]) == (303, "/sign-in"), (method, path)


def test_the_customer_sees_its_own_organization(portal, page):
    """Anna's menu is four entries, and what she sees is Northgate Bakery's."""
    sign_in(page, portal.eu, "anna@northgate.example")
    menu = page.get_by_role("navigation", name="Main").get_by_role("link")
    assert sorted(menu.all_inner_texts()) == ["E-Store", "Home", "My organization", "Users"]
    expect(page.locator("header")).to_contain_text("Anna Northgate")
    menu.filter(has_text="My organization").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northgate Bakery")
    expect(page.locator("main")).to_contain_text("northgate.example")


def test_a_broker_does_not_see_another_ones_things(portal, page):
    """Acme's organization is not there for Liberty, and looks like one that does not exist."""
    sign_in(page, portal.us, "owner@liberty.example")
    other = ask(portal, page, f"{portal.us}/organizations/organization-northgate")
    none = ask(portal, page, f"{portal.us}/organizations/organization-nothing")
    assert (other.status, other.text) == (none.status, none.text) == (404, none.text)
    page.goto(f"{portal.us}/organizations?q=north")
    expect(page.locator("main")).not_to_contain_text("Northgate")
    page.goto(f"{portal.us}/audit")
    expect(page.locator("main")).not_to_contain_text("acme.example")


def test_support_looks_and_touches_nothing(portal, page):
    """No button but "Sign out" that would change something, on any page of the menu."""
    sign_in(page, portal.eu, "support@acme.example")
    paths = [
        link.get_attribute("href") for link in page.get_by_role("navigation", name="Main").get_by_role("link").all()
    ]
    assert paths == [
        "/", "/marketplace", "/services", "/store", "/organizations", "/tenants", "/customers", "/approvals", "/jobs", "/attention",
    ]  # fmt: skip
    for path in paths:
        page.goto(portal.eu + path)
        assert page.locator("form[method=post]").count() == 1, path
        assert page.locator("main form[method=post]").count() == 0, path
        expect(page.locator("main").get_by_role("link", name="Add Service")).to_have_count(0)
