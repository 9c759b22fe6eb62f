"""An owner invites somebody who sees one organization; roles and groups that are changed hold at once."""

import re

import pytest
from playwright.sync_api import expect

from support.browser import sign_in
from support.pages import faults_of, none

OWNER = "owner@acme.example"
NEW_PASSWORD = "seven green kettles sing"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A portal of this file's own: its people change."""
    from support.portal import Portal

    portal = Portal(tmp_path_factory.mktemp("users") / "state")
    portal.start()
    yield portal
    portal.stop()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_owner_invites_support_for_one_organization(office, browser_context, javascript):
    """The link is there to copy; who follows it sees the one organization, and nothing of the whole broker."""
    page = browser_context(javascript=javascript).new_page()
    email = f"new-{javascript}@acme.example".lower()
    sign_in(page, office.eu, OWNER)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Users").click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("Type an e-mail address")
    page.get_by_label("Name", exact=True).fill("Nora New")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Broker support (view only)").check()
    page.get_by_label("Only the organizations chosen below").check()
    page.get_by_label(re.compile("Northgate Bakery")).check()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"The invitation of {email}")
    link = page.locator("main code").filter(has_text="/invitation/").inner_text()
    expect(page.locator("main")).to_contain_text("Northgate Bakery")
    if javascript:
        none(faults_of(page, "invited"))

    guest = browser_context(javascript=javascript).new_page()
    guest.goto(link)
    guest.get_by_label("Your name").fill("Nora New")
    guest.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    guest.get_by_role("button", name="Accept the invitation").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Home")
    menu = guest.get_by_role("navigation", name="Main").get_by_role("link")
    assert menu.all_inner_texts() == [
        "Home", "Marketplace", "My Services", "E-Store", "Organizations", "Tenants", "Customers",
    ]  # fmt: skip
    guest.goto(f"{office.eu}/organizations")
    expect(guest.locator("main")).to_contain_text("Northgate Bakery")
    assert guest.goto(f"{office.eu}/jobs").status == 404
    page.goto(f"{office.eu}/users?state=active&q={email}")
    expect(page.get_by_role("row", name=re.compile("Nora New"))).to_contain_text("Active")


def test_a_changed_role_holds_in_the_other_browser_at_once(office, page, browser_context):
    """Menus and pages change with the next click, and come back; a disabled person is out."""
    sam = browser_context().new_page()
    sign_in(sam, office.eu, "support@acme.example")
    sign_in(page, office.eu, OWNER)
    page.goto(f"{office.eu}/users")
    page.get_by_role("link", name="Sam Support").click()
    page.get_by_label("Broker manager").check()
    page.get_by_role("button", name="Change role").click()
    expect(page.get_by_role("status").filter(has_text="The role was changed")).to_be_visible()
    assert sam.goto(f"{office.eu}/audit").status == 200
    none(faults_of(page, "person-changed"))
    page.get_by_label("Broker support (view only)").check()
    page.get_by_role("button", name="Change role").click()
    page.get_by_role("status").filter(has_text="The role was changed").wait_for()
    assert sam.goto(f"{office.eu}/audit").status == 404
    page.get_by_role("button", name="Disable").click()
    expect(page.get_by_role("status").filter(has_text="The person was disabled")).to_be_visible()
    sam.goto(office.eu)
    expect(sam.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_role("button", name="Enable").click()
    sign_in(sam, office.eu, "support@acme.example")


def test_a_group_makes_a_provider_access_administrator(office, page, browser_context):
    """The role goes by the name that the provider's users know, and is given and taken with the group."""
    bo = browser_context().new_page()
    sign_in(bo, office.eu, "billing@acme.example")
    sign_in(page, office.eu, OWNER)
    page.get_by_role("link", name="Groups").click()
    page.get_by_role("link", name="Make a group").click()
    page.get_by_label("Name", exact=True).fill("Night shift")
    page.get_by_label(re.compile("^Provider access administrator")).check()
    page.get_by_label(re.compile("billing@acme.example")).check()
    page.get_by_role("button", name="Make the group").click()
    expect(page.get_by_role("status").filter(has_text="The group was made")).to_be_visible()
    none(faults_of(page, "group"))
    bo.goto(office.eu)
    expect(bo.locator("main")).to_contain_text("Provider access administrator")
    assert bo.goto(f"{office.eu}/jobs").status == 200
    page.get_by_role("link", name="Delete…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Delete Night shift")
    expect(page.locator("main")).to_contain_text("1 member is in it no more")
    none(faults_of(page, "group-removal"))
    page.get_by_role("button", name="Delete the group").click()
    expect(page.get_by_role("status").filter(has_text="The group was deleted")).to_be_visible()
    assert bo.goto(f"{office.eu}/jobs").status == 404


def test_the_last_owner_stays(office, page):
    """An administrator who takes away the last owner is told why not, and nothing has changed."""
    sign_in(page, office.eu, "admin@gatehouse.example")
    page.goto(f"{office.eu}/users/user-{OWNER}")
    page.get_by_role("button", name="Disable").click()
    expect(page.locator(".error-summary")).to_contain_text("This is the last owner who can sign in")
    none(faults_of(page, "last-owner"))
