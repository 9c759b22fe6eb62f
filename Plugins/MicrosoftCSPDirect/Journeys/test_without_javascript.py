"""The same way, from the sign-in to every customer linked, in a browser that runs no script."""

from playwright.sync_api import expect

from microsoft import OWNER, PATH, accept, add_service, give_code, give_password, leave_for_microsoft, link_all, numbers
from support.browser import sign_in


def test_everything_works_without_javascript(portal, browser_context):
    """Sign in, add, connect, wait for the verdict, link everybody, sign out: pages bring themselves up to date."""
    page = browser_context(javascript=False).new_page()
    sign_in(page, portal.eu, OWNER)
    add_service(page, portal.eu)

    page.goto(f"{portal.eu}{PATH}/authentication")
    page.get_by_label("Microsoft ID", exact=True).fill("nonsense")
    page.get_by_role("button", name="Update").click()
    expect(page.locator(".error-summary")).to_contain_text("There is a problem")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_role("textbox", name="Microsoft ID")).to_have_value("nonsense")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)

    leave_for_microsoft(page, portal.eu)
    give_password(page)
    give_code(page)
    portal.control("/control/faults", service="partnercenter", call="profile", kind="slow", seconds=1)
    accept(page, portal.eu)
    expect(page.get_by_text("Checking the sign-in")).to_be_visible()
    expect(page.get_by_text("Every check has passed")).to_be_visible(timeout=10_000)

    page.get_by_role("link", name="Link Tenant to Organization").click()
    expect(page.get_by_text("62 tenants are not linked to an organization")).to_be_visible(timeout=20_000)
    link_all(page, portal.eu)
    expect(page.get_by_text("Linked 62 tenants.")).to_be_visible(timeout=10_000)
    assert numbers(portal) == (62, 62)

    page.locator("details.user-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.goto(f"{portal.eu}/organizations")
    assert "/sign-in" in page.url
