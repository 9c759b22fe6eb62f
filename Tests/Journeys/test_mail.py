"""Mail: the practice mailbox, and the outbox of the portal's administrators."""

from playwright.sync_api import expect

from support.browser import axe, sign_in
from support.pages import none, see_all

ADMIN = "admin@gatehouse.example"


def test_the_practice_mailbox_is_a_click_away(portal, browser_context):
    """For everybody on this machine, signed in or not; accessible, narrow and dark."""
    page = browser_context(scheme="dark", width=320).new_page()
    page.goto(f"{portal.eu}/sign-in")
    page.get_by_role("link", name="Practice mailbox").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Practice mailbox")
    assert axe(page) == []


def test_the_outbox(portal, browser_context):
    """It says that nothing is sent in practice mode, and where the messages are."""
    page = browser_context().new_page()
    sign_in(page, portal.eu, ADMIN)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Mail").click()
    expect(page.locator("main")).to_contain_text("In practice mode nothing is sent")
    none(see_all(page, portal.eu, {"mail": "/mail", "mail-failed": "/mail?state=failed"}, {}, "admin"))
    page.goto(f"{portal.eu}/attention")
    expect(page.get_by_role("heading", level=1)).to_have_text("Needs attention")
