"""The guest's part: the invitation, MFA on the way, the wrong account, and what comes of more or less than was asked."""

import pytest
from playwright.sync_api import expect

from onboarding import (
    ACCOUNT,
    FRESH_GUEST,
    GUEST,
    accept_as_guest,
    approve,
    check_now,
    expect_step,
    give_password,
    heading,
    invitations,
    invite_guest,
    leave_for_microsoft,
    link_pattern,
    press,
    redeem,
    redeem_link,
    request,
    row,
    sign_in_at_microsoft,
    step,
)
from support.pages import faults_of, none


@pytest.fixture
def visitor(browser_context):
    """Somebody without an account."""
    return browser_context().new_page()


@pytest.fixture
def guest(browser_context):
    """The guest account's person, in a browser of its own."""
    return browser_context().new_page()


def expect_access(owner, portal, tenant, words):
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(owner.locator("dl").first).to_contain_text(words)


def test_a_guest_sets_up_its_mfa_on_the_way(portal, owner, customer, visitor, guest):
    """At its first sign-in Microsoft has it set up a second proof; from then on it asks for the code."""
    tenant = invite_guest(portal, owner, customer, visitor, FRESH_GUEST)
    guest.goto(redeem_link(owner, portal.eu, tenant))
    give_password(guest)
    expect(guest.get_by_text("Set up a second proof")).to_be_visible()
    guest.get_by_label("Code").fill("123456")
    press(guest, "Set up and go on")
    press(guest, "Accept")
    guest.wait_for_url("**/approval/*")
    accept_as_guest(guest)
    expect(heading(guest)).to_contain_text("Approved on")
    expect_access(owner, portal, tenant, "Enabled")


def test_consent_on_behalf_of_the_organization_is_warned_of(portal, owner, customer, visitor, guest):
    """A guest with a directory role ticks what it was asked not to: the tenant is enabled, and the tracker says how to undo it."""
    tenant = invite_guest(portal, owner, customer, visitor)
    redeem(guest, redeem_link(owner, portal.eu, tenant))
    portal.control(f"/control/directories/{customer.tenant}/roles", user=GUEST, role="globalAdministrator")
    link = guest.url
    leave_for_microsoft(guest, link, "Accept")
    sign_in_at_microsoft(guest)
    guest.get_by_label("Consent on behalf of your organization").check()
    press(guest, "Accept")
    guest.wait_for_url(link_pattern(link))
    expect(heading(guest)).to_contain_text("Approved on")
    expect_access(owner, portal, tenant, "Enabled")
    expect_step(owner, 6)
    expect(owner.get_by_text("More was granted than was asked for")).to_be_visible()
    expect(owner.locator("main")).to_contain_text("User.Read, on behalf of the organization")
    none(faults_of(owner, "tracker-ticked"))


def test_another_account_gets_nowhere(portal, owner, customer, visitor, guest):
    """At the invitation and at the sign-in: Microsoft or the portal turns it away, says so to both, and the right one goes on."""
    tenant = invite_guest(portal, owner, customer, visitor)
    address = redeem_link(owner, portal.eu, tenant)
    guest.goto(address)
    give_password(guest, ACCOUNT)
    expect(guest.get_by_text("This invitation is for another account")).to_be_visible()
    check_now(owner, portal.eu, tenant)
    expect_step(owner, 3)
    redeem(guest, address)
    link = guest.url

    leave_for_microsoft(guest, link, "Accept")
    give_password(guest, ACCOUNT)
    expect(guest.get_by_text("AADSTS50020")).to_be_visible()
    leave_for_microsoft(guest, link, "Accept")
    sign_in_at_microsoft(guest, customer.administrator)
    press(guest, "Accept")
    guest.wait_for_url(link_pattern(link))
    expect(guest.get_by_text("That was another account")).to_be_visible(timeout=15_000)
    none(faults_of(guest, "guest-other-account"))
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(step(owner, 4)).to_contain_text("Another account signed in than the one that was invited")
    expect(step(owner, 4)).to_contain_text(customer.administrator)
    expect(step(owner, 4)).to_contain_text("Tracking id")
    none(faults_of(owner, "tracker-other-account"))
    assert row(portal, tenant)["step"] == "permissions"

    leave_for_microsoft(guest, link, "Accept")
    press(guest, "Cancel")
    guest.wait_for_url(link_pattern(link))
    expect(guest.get_by_text("It was not accepted")).to_be_visible(timeout=15_000)
    accept_as_guest(guest, link)
    expect(heading(guest)).to_contain_text("Approved on", timeout=15_000)
    expect_access(owner, portal, tenant, "Enabled")


def test_an_invitation_is_sent_again_and_looked_for_at_once(portal, owner, customer, visitor, guest):
    """*Resend the invitation* asks Microsoft once more, and the tracker shows the link that works now; *Check now* does not wait."""
    tenant = invite_guest(portal, owner, customer, visitor)
    first, asked = redeem_link(owner, portal.eu, tenant), invitations(portal)
    press(owner, "Resend the invitation")
    expect(owner.get_by_role("status").first).to_be_visible()
    expect(step(owner, 3)).to_contain_text("Waiting")
    check_now(owner, portal.eu, tenant)
    expect_step(owner, 3)
    assert invitations(portal) == asked + 1, "looking invites nobody"
    again = redeem_link(owner, portal.eu, tenant)
    assert again != first
    redeem(guest, again)
    check_now(owner, portal.eu, tenant)
    expect(step(owner, 4)).to_contain_text("Waiting")
    expect_step(owner, 4)


def test_the_guests_page_is_sent_once_more(portal, owner, customer, visitor, guest, browser_context):
    """Whoever closed the page after the invitation gets a message of the broker's with a new link."""
    tenant = invite_guest(portal, owner, customer, visitor)
    redeem(guest, redeem_link(owner, portal.eu, tenant))
    guest.close()
    check_now(owner, portal.eu, tenant)
    expect(step(owner, 4)).to_contain_text("Waiting")
    link = request(owner, portal.eu, tenant, action="Send it again")
    page = browser_context().new_page()
    accept_as_guest(page, link)
    expect(heading(page)).to_contain_text("Approved on")
    expect_access(owner, portal, tenant, "Enabled")


def test_less_than_asked_is_enabled_with_limitations_until_the_rest_is_given(portal, owner, customer, visitor, guest):
    """What is missing stands there with what it means; *Ask for the rest* goes the way once more, and the tenant is whole."""
    portal.control("/control/application/permissions", withheld="SecurityEvents.Read.All")
    try:
        tenant = invite_guest(portal, owner, customer, visitor)
        redeem(guest, redeem_link(owner, portal.eu, tenant))
        accept_as_guest(guest)
        expect(heading(guest)).to_contain_text("Approved on")
        expect_access(owner, portal, tenant, "Enabled with limitations")
    finally:
        portal.control("/control/application/permissions", withheld="")
    expect(owner.get_by_text("Less was granted than was asked for")).to_be_visible()
    expect(owner.locator("main")).to_contain_text("SecurityEvents.Read.All: Without it, the Secure Score of the tenant can't be read")
    none(faults_of(owner, "tracker-limited"))

    press(owner, "Ask for the rest")
    expect(step(owner, 1)).to_contain_text("Waiting")
    expect(owner.locator("dl").first).to_contain_text("Enabled with limitations")
    approve(visitor, request(owner, portal.eu, tenant), customer.administrator)
    expect(heading(visitor)).to_contain_text("Approved on")
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(step(owner, 4)).to_contain_text("Waiting", timeout=20_000)
    link = request(owner, portal.eu, tenant, action="Send it again")
    leave_for_microsoft(guest, link, "Accept")
    sign_in_at_microsoft(guest)  # which knows what was accepted, and asks no more
    guest.wait_for_url(link_pattern(link))
    expect(heading(guest)).to_contain_text("Approved on")
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect_step(owner, 6)
    expect(owner.locator("dl").first).to_contain_text("Enabled")
    expect(owner.locator("main")).not_to_contain_text("limitations")
    expect(owner.locator("main")).not_to_contain_text("Less was granted")
