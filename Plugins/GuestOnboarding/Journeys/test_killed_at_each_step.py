"""kill -9 while a set-up stands at each of its steps, and right after each action: it goes on where it stood."""

import re

import pytest
from playwright.sync_api import expect

from onboarding import (
    add_tenant,
    approvals,
    audited,
    copy_message,
    expect_step,
    heading,
    invitations,
    leave_for_microsoft,
    link_pattern,
    press,
    redeem_link,
    row,
    sign_in_at_microsoft,
    step,
    write_message,
)


@pytest.fixture
def kill(portal, owner):
    """Kills the portal while a tenant's set-up waits, and sees that its tracker is the same afterwards."""

    def tracker():
        text = owner.locator("ol.tracker").inner_text()
        return [line for line in text.splitlines() if line.strip() and not line.startswith("The portal looks")]

    def kill(tenant, at):
        owner.goto(f"{portal.eu}{tenant}/setup")
        if at <= 5:
            expect(step(owner, at)).to_contain_text("Waiting")
        expect_step(owner, at)
        before = tracker()
        portal.kill_portal()
        owner.goto(f"{portal.eu}{tenant}/setup")
        expect_step(owner, at)
        assert tracker() == before

    return kill


def test_check_77_a_kill_at_each_step_skips_nothing_and_does_nothing_twice(portal, owner, customer, browser_context, kill):
    """check 77: before and after each action of each of the four; the invitation is asked for once, and each step is done once."""
    base = portal.eu
    tenant = add_tenant(owner, base, customer)
    kill(tenant, at=1)
    write_message(owner, base, tenant)
    link = copy_message(owner)
    portal.kill_portal()
    kill(tenant, at=2)

    administrator = browser_context().new_page()
    leave_for_microsoft(administrator, link)
    portal.kill_portal()
    sign_in_at_microsoft(administrator, customer.administrator)
    press(administrator, "Accept")
    administrator.wait_for_url(link_pattern(link))
    portal.kill_portal()
    administrator.goto(link)
    expect(heading(administrator)).to_contain_text("Approved on", timeout=20_000)
    kill(tenant, at=3)
    assert invitations(portal) == 1

    guest = browser_context().new_page()
    guest.goto(redeem_link(owner, base, tenant))
    portal.kill_portal()
    sign_in_at_microsoft(guest)
    press(guest, "Accept")
    guest.wait_for_url("**/approval/*")
    owner.goto(f"{base}{tenant}/setup")
    expect(step(owner, 4)).to_contain_text("Waiting", timeout=20_000)
    kill(tenant, at=4)
    leave_for_microsoft(guest, guest.url, "Accept")
    portal.kill_portal()
    portal.control("/control/faults", service="graph", call="organization", kind="slow", seconds=2)
    sign_in_at_microsoft(guest)
    press(guest, "Accept")
    guest.wait_for_url("**/approval/*")
    owner.goto(f"{base}{tenant}/setup")
    expect(owner.locator("ol.tracker > li[aria-current]")).to_contain_text(re.compile("Finalize|Permissions"))
    portal.kill_portal()
    owner.goto(f"{base}{tenant}/setup")
    expect(step(owner, 5)).to_contain_text("Done", timeout=30_000)
    expect(heading(owner)).to_have_text(f"Set-up of {customer.name}", timeout=15_000)
    kill(tenant, at=6)

    assert invitations(portal) == 1
    assert row(portal, tenant)["access"] == "enabled"
    assert [each["state"] for each in approvals(portal, tenant)] == ["approved", "approved"]
    assert len(audited(portal, "approval.answer", tenant)) == 2
    assert len(audited(portal, "approval.approve", tenant)) == 2
    assert len(audited(portal, "tenant.link", tenant)) == 1
    for steps in portal.sqlite("SELECT step, COUNT(*) AS count FROM setup_step GROUP BY step"):
        assert steps["count"] == 1
    assert portal.sqlite("SELECT * FROM setup_event") == [], "no event is left over"
    assert portal.sqlite("PRAGMA foreign_key_check") == []


def test_a_kill_while_microsoft_is_being_asked_loses_nothing(portal, owner, customer, browser_context):
    """Killed with the invitation in the air: it is asked for again, since nobody knows, and there is one guest all the same."""
    base, asked = portal.eu, invitations(portal)
    tenant = add_tenant(owner, base, customer)
    write_message(owner, base, tenant)
    link = copy_message(owner)
    page = browser_context().new_page()
    leave_for_microsoft(page, link)
    sign_in_at_microsoft(page, customer.administrator)
    portal.control("/control/faults", service="graph", call="invitations", kind="slow", seconds=3)
    press(page, "Accept")
    page.wait_for_url(link_pattern(link))
    expect(heading(page)).to_contain_text("Approved on")
    portal.kill_portal()
    owner.goto(f"{base}{tenant}/setup")
    expect(step(owner, 3)).to_contain_text("Waiting", timeout=20_000)
    expect_step(owner, 3)
    assert redeem_link(owner, base, tenant)
    assert invitations(portal) - asked in (1, 2)
    assert len(audited(portal, "approval.approve", tenant)) == 1
