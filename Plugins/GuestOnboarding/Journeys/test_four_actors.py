"""The whole way in the browser: the broker, the customer's administrator, the guest, and the broker again."""

from playwright.sync_api import expect

from onboarding import (
    GUEST,
    PATH,
    TEMPORARY,
    accept_as_guest,
    add_tenant,
    copy_message,
    expect_step,
    heading,
    leave_for_microsoft,
    link_pattern,
    look_up,
    press,
    redeem_link,
    sign_in_at_microsoft,
    step,
    write_message,
)
from support.keyboard import press as press_by_keyboard
from support.keyboard import reach, type_into
from support.pages import faults_of, none


def test_broker_customer_guest_and_broker_bring_a_tenant_to_the_customers(portal, owner, customer, browser_context):
    """Each in a browser of its own; the broker's tracker follows by itself, and every page on the way is accessible."""
    base, found = portal.eu, []
    owner.goto(f"{base}{PATH}/intakes/new")
    found += faults_of(owner, "intake-form")
    look_up(owner, base, customer)
    expect(owner.get_by_text("Name at Microsoft")).to_be_visible()
    expect(owner.locator("main")).to_contain_text(customer.name)
    found += faults_of(owner, "intake-found")
    press(owner, "Add tenant")
    owner.wait_for_url("**/setup?**")
    tenant = owner.url.partition(base)[2].partition("/setup")[0]

    # The broker's tracker stays open in a window of its own, and is never loaded again until all is done.
    tracker = owner.context.new_page()
    tracker.goto(f"{base}{tenant}/setup")
    tracker.evaluate("window.isTheSamePage = true")
    expect(step(tracker, 1)).to_contain_text("Waiting")
    expect_step(tracker, 1)
    found += faults_of(tracker, "tracker-request")
    write_message(owner, base, tenant)
    found += faults_of(owner, "message-form")
    press(owner, "Preview")
    expect(owner.get_by_role("heading", name="Preview")).to_be_visible()
    found += faults_of(owner, "message-preview")
    link = copy_message(owner)
    found += faults_of(owner, "message-copied")
    expect(step(tracker, 2)).to_contain_text("Sent")
    expect_step(tracker, 2)

    administrator = browser_context().new_page()
    administrator.goto(link)
    expect(heading(administrator)).to_have_text(f"Acme Cloud asks to look after {TEMPORARY} at Microsoft")
    expect(administrator.locator("main")).to_contain_text(customer.tenant)
    expect(administrator.locator("main")).to_contain_text(GUEST)
    found += faults_of(administrator, "approval-asked")
    expect(step(tracker, 2)).to_contain_text("Seen")
    for name in ("Refuse", "Ask my administrator"):
        administrator.get_by_role("link", name=name, exact=True).click()
        found += faults_of(administrator, f"approval-{name}")
        administrator.goto(link)
    leave_for_microsoft(administrator, link)
    expect(step(tracker, 2)).to_contain_text("Opened")
    sign_in_at_microsoft(administrator, customer.administrator)
    press(administrator, "Accept")
    administrator.wait_for_url(link_pattern(link))
    expect(heading(administrator)).to_contain_text("Approved on")
    expect(administrator.get_by_role("heading", name="How to take it back")).to_be_visible()
    found += faults_of(administrator, "approval-approved")

    expect(step(tracker, 3)).to_contain_text("Waiting")
    expect_step(tracker, 3)
    found += faults_of(tracker, "tracker-invitation")
    redeemed_at = redeem_link(owner, base, tenant)
    guest = browser_context().new_page()
    guest.goto(redeemed_at)
    sign_in_at_microsoft(guest)
    press(guest, "Accept")
    guest.wait_for_url("**/approval/*")
    expect(heading(guest)).to_have_text(f"One more step for {TEMPORARY}")
    found += faults_of(guest, "guest-asked")
    expect(step(tracker, 4)).to_contain_text("Waiting", timeout=20_000)
    expect_step(tracker, 4)
    found += faults_of(tracker, "tracker-permissions")
    assert tracker.evaluate("window.isTheSamePage"), "it followed by itself"
    accept_as_guest(guest)
    expect(heading(guest)).to_contain_text("Approved on")
    expect(guest.get_by_text("The portal does the rest by itself")).to_be_visible()
    found += faults_of(guest, "guest-accepted")

    expect(step(tracker, 5)).to_contain_text("Done", timeout=20_000)
    expect(heading(tracker)).to_have_text(f"Set-up of {customer.name}")
    expect(tracker.locator("main")).not_to_contain_text(TEMPORARY)
    expect_step(tracker, 6)
    expect(tracker.locator("dl").first).to_contain_text("Enabled")
    found += faults_of(tracker, "tracker-enabled")

    [history] = [each["id"] for each in portal.sqlite("SELECT id FROM approval WHERE step = 'approve'")]
    for name, path in {
        "approval-history": f"/approvals/{history}",
        "approvals": "/approvals",
        "customers": "/customers",
        "tenants": "/tenants",
        "tenant": tenant,
        "disabling": f"{tenant}/setup/disabling",
        "removal": f"{tenant}/removal",
    }.items():
        owner.goto(base + path)
        found += faults_of(owner, name)
    owner.goto(f"{base}/tenants")
    line = owner.get_by_role("row").filter(has_text=customer.name)
    expect(line).to_contain_text("Microsoft 365")
    expect(line).to_contain_text("Linked")
    owner.goto(f"{base}/customers")
    expect(owner.locator("main")).to_contain_text(customer.tenant)
    [organization] = portal.sqlite(
        """
        SELECT organization.name FROM tenant_link JOIN organization ON organization.id = organization_id
        WHERE tenant_id = ?
        """,
        tenant.rpartition("/")[2],
    )
    assert organization["name"] == customer.name
    tracker.close()
    none(found)


def test_a_wrong_address_is_told_at_once_and_a_tenant_is_added_once(portal, owner, customer):
    """A foreign guest, a domain that nobody has, the own tenant, and one that is there already: told before anything is added."""
    base = portal.eu
    look_up(owner, base, customer, guest="somebody@elsewhere.example")
    expect(owner.locator(".error-summary")).to_contain_text("elsewhere.example is no verified domain of your own tenant")
    expect(owner.get_by_label("Tenant id or domain")).to_have_value(customer.tenant)
    none(faults_of(owner, "intake-refused"))
    for typed, words in {
        "nobody.example": "Microsoft knows no tenant with nobody.example",
        "acmecloud.example": "That is your own tenant",
    }.items():
        owner.get_by_label("Tenant id or domain").fill(typed)
        owner.get_by_label("Guest account e-mail").fill(GUEST)
        press(owner, "Look it up")
        expect(owner.locator(".error-summary")).to_contain_text(words)
    owner.get_by_label("Tenant id or domain").fill(f"https://www.{customer.domain}/about")
    press(owner, "Look it up")
    press(owner, "Add tenant")
    owner.wait_for_url("**/setup?**")
    look_up(owner, base, customer)
    expect(owner.get_by_text("This tenant is there already")).to_be_visible()
    none(faults_of(owner, "intake-known"))


def test_the_message_and_the_customers_page_need_no_mouse(portal, owner, customer, browser_context):
    """Tab, typing and Enter: the broker writes and copies, the customer refuses nothing, signs in and approves."""
    base = portal.eu
    tenant = add_tenant(owner, base, customer)
    owner.goto(f"{base}{tenant}/setup")
    press_by_keyboard(owner, owner.get_by_role("link", name="Request customer approval"))
    type_into(owner, owner.get_by_label("E-mail address"), customer.administrator)
    type_into(owner, owner.get_by_label("Subject"), "Two minutes, please")
    press_by_keyboard(owner, owner.get_by_role("button", name="Preview"))
    expect(owner.locator(".message")).to_contain_text("{link}")
    press_by_keyboard(owner, owner.get_by_role("button", name="Copy message to clipboard…"))
    link = owner.locator(".copyable code", has_text="/approval/").inner_text()
    reach(owner, owner.get_by_role("button", name="Copy message"))

    page = browser_context().new_page()
    page.goto(link)
    press_by_keyboard(page, page.get_by_role("link", name="Ask my administrator"))
    press_by_keyboard(page, page.get_by_role("link", name="Back", exact=True))
    press_by_keyboard(page, page.get_by_role("link", name="Refuse"))
    type_into(page, page.get_by_label("Why?"), "Not this year")
    press_by_keyboard(page, page.get_by_role("link", name="Back", exact=True))
    press_by_keyboard(page, page.get_by_role("button", name="Approve"))
    page.wait_for_url("**/entra/**")
    expect(page.get_by_label("Account")).to_be_focused()
    page.keyboard.type(customer.administrator)
    page.keyboard.press("Tab")
    page.keyboard.type("gatehouse-practice")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_be_focused()
    page.keyboard.type("123456")
    page.keyboard.press("Enter")
    press_by_keyboard(page, page.get_by_role("button", name="Accept"))
    page.wait_for_url(link_pattern(link))
    expect(heading(page)).to_contain_text("Approved on")
