"""From an empty machine to the first broker's owner at work, without the demo world."""

import re

import pytest
from playwright.sync_api import expect

from support.accounts import PASSWORD, app_code, next_code, secret_on
from support.browser import sign_in
from support.fresh_portal import FreshPortal
from support.pages import faults_of, none

ADMIN, OWNER = "ada@portal.example", "olivia@first.example"
OWNERS_PASSWORD = "yellow kettle bridge"


@pytest.fixture
def fresh(tmp_path):
    """An installation with nothing but its first administrator."""
    portal = FreshPortal(tmp_path / "state")
    made = portal.command("user", "create", ADMIN, "--admin", "--name", "Ada Admin", typed=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    with portal.running():
        yield portal


def set_up_second_step(page):
    """As everybody must who may do much. Returns the app's secret."""
    page.wait_for_url("**/account/second-factor")
    secret = secret_on(page)
    page.get_by_label("Code that the app shows").fill(app_code(secret))
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url("**/account?**")
    return secret


def steps(page, base):
    """How each step of the start page stands, by its title."""
    page.goto(f"{base}/")
    return {
        step.locator("h3").inner_text(): step.locator(".step-head .badge").inner_text().strip()
        for step in page.locator("ol.tracker > li").all()
    }


def test_first_admin_to_first_broker_to_first_sign_in(fresh, browser_context):
    """The command line makes the administrator, whose start page leads on; the owner needs nothing but the link."""
    page = browser_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    sign_in(page, fresh.eu, ADMIN, PASSWORD)
    set_up_second_step(page)
    assert steps(page, fresh.eu) == {
        "Regions": "Set",
        "Redirect addresses": "Not proved yet",
        "Plugin settings": "None is ready",
        "First broker": "None yet",
        "An owner signs in": "Not invited yet",
        "First connection": "Not yet",
    }
    found = faults_of(page, "first-run-empty")
    page.get_by_role("link", name="Copy the addresses").click()
    expect(page.locator("main")).to_contain_text(f"{fresh.us}/connections/return")
    found += faults_of(page, "addresses-empty")
    page.goto(f"{fresh.eu}/")
    page.get_by_role("link", name="Create a broker").click()
    page.get_by_label("Broker's name").fill("First Partner")
    page.get_by_label(re.compile("^US:")).check()
    page.get_by_label("Owner's name").fill("Olivia First")
    page.get_by_label("Owner's e-mail").fill(OWNER)
    found += faults_of(page, "new-broker")
    page.get_by_role("button", name="Create and invite").click()

    shown = page.locator(".alert", has_text=f"The invitation of {OWNER}")
    expect(shown).to_contain_text("This portal sends no mail: pass the link on yourself.")
    link = shown.locator("code").inner_text()
    assert link.startswith(f"{fresh.us}/invitation/") and link.rpartition("/")[2] not in page.url
    shown.get_by_role("button", name="Copy").click()
    expect(shown.get_by_role("button")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == link
    found += faults_of(page, "broker-with-link")
    assert steps(page, fresh.eu)["An owner signs in"] == "Invited"

    owner = browser_context(width=400).new_page()
    for _ in range(2):  # looking uses nothing up
        owner.goto(link)
    owner.get_by_label("New password").fill(OWNERS_PASSWORD)
    owner.get_by_role("button", name="Accept the invitation").click()
    secret = set_up_second_step(owner)
    owner.goto(f"{fresh.us}/")
    expect(owner.locator("main")).to_contain_text("Start with a service")
    assert owner.goto(link).status == 404, "it works once"
    assert steps(page, fresh.eu)["An owner signs in"] == "Done"
    found += faults_of(page, "first-run-owner")

    # And in another browser, with the password and a code, from the wrong region.
    again = browser_context().new_page()
    sign_in(again, fresh.eu, OWNER, OWNERS_PASSWORD)
    again.wait_for_url("**/sign-in/code**")
    again.get_by_label("Code of your authenticator app").fill(next_code(secret))
    again.keyboard.press("Enter")
    again.wait_for_url(f"{fresh.us}/")
    expect(again.locator("header")).to_contain_text("First Partner")
    none(found)
