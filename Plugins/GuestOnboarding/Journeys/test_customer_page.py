"""What whoever has the link sees and does, without an account: in four languages, on a phone, and when things go wrong."""

import contextlib
import re
import sqlite3
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from onboarding import (
    TEMPORARY,
    accept_as_guest,
    add_tenant,
    approvals,
    approve,
    audited,
    expect_step,
    give_password,
    heading,
    leave_for_microsoft,
    link_pattern,
    press,
    redeem,
    redeem_link,
    request,
    row,
    sign_in_at_microsoft,
    step,
    write_message,
)
from support.accounts import open_mail
from support.browser import axe, sideways_scroll
from support.pages import faults_of, looks_of, none
from support.visitor import ask, form_token


@pytest.fixture
def tenant(portal, owner, customer):
    """Added, and nothing sent yet."""
    return add_tenant(owner, portal.eu, customer)


@pytest.fixture
def link(portal, owner, tenant):
    """As the broker has copied it."""
    return request(owner, portal.eu, tenant)


@pytest.fixture
def visitor(browser_context):
    """Somebody without an account."""
    return browser_context().new_page()


def expect_nothing_approved(portal, tenant):
    """Nothing was given, and the request is as good as before."""
    assert row(portal, tenant)["step"] == "approve"
    assert approvals(portal, tenant)[-1]["state"] in ("sent", "opened")
    assert audited(portal, "approval.approve", tenant) == []


def test_the_page_speaks_the_browsers_language(portal, link, browser_context):
    """German, French and Spanish by the browser's own setting, marked as such; two more links lead to another language."""
    found = []
    for locale, language, title, button, other in [
        ("de-AT", "de", "Acme Cloud möchte", "Genehmigen", "English"),
        ("fr-FR", "fr", "Acme Cloud souhaite", "Approuver", "Deutsch"),
        ("es-MX", "es", "Acme Cloud pide", "Aprobar", "Français"),
        ("it-IT", "en", "Acme Cloud asks", "Approve", "Español"),
    ]:
        page = browser_context(locale=locale).new_page()
        page.goto(link)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(heading(page)).to_contain_text(title)
        expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
        if language != "en":
            found += looks_of(page, f"approval-{language}")
        page.get_by_role("link", name=other, exact=True).click()
        expect(page.get_by_role("contentinfo").locator("[aria-current]")).to_have_text(other)
        expect(page.locator("html")).not_to_have_attribute("lang", language)
    none(found)


def test_the_language_stays_on_the_whole_way(portal, owner, tenant, customer, browser_context):
    """The broker writes in German; a browser without a language of ours gets German to the end, and so do refusing and forwarding."""
    link = request(owner, portal.eu, tenant, language="Deutsch")
    expect(owner.locator(".message").first).to_contain_text("Guten Tag")
    page = browser_context(locale="it-IT", extra_http_headers={"Accept-Language": "it"}).new_page()
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Ablehnen", exact=True).click()
    expect(heading(page)).to_have_text("Die Anfrage von Acme Cloud ablehnen")
    page.get_by_role("link", name="Zurück", exact=True).click()
    page.get_by_role("link", name="Meine Administration fragen").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="Zurück", exact=True).click()
    approve(page, link, customer.administrator, "Genehmigen")
    expect(heading(page)).to_contain_text("Genehmigt am")
    expect(page.get_by_role("heading", name="So nehmen Sie es zurück")).to_be_visible()


def test_a_refusal_needs_a_reason_which_the_broker_reads(portal, owner, tenant, link, visitor, customer):
    """No reason, no refusal; then the tracker stands at its first step with the reason, and a new request goes its way."""
    visitor.goto(link)
    visitor.get_by_role("link", name="Refuse", exact=True).click()
    press(visitor, "Refuse")
    expect(visitor.locator(".error-summary")).to_contain_text("Say in a few words why")
    none(faults_of(visitor, "refusal-empty"))
    expect_nothing_approved(portal, tenant)
    visitor.get_by_label("Why?").fill("We have another partner <b>already</b>")
    press(visitor, "Refuse")
    expect(heading(visitor)).to_contain_text("Refused on")
    none(faults_of(visitor, "refused"))

    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(step(owner, 1)).to_contain_text("We have another partner <b>already</b>")
    expect_step(owner, 1)
    none(faults_of(owner, "tracker-refused"))
    owner.goto(f"{portal.eu}/approvals/{approvals(portal, tenant)[0]['id']}")
    expect(owner.locator("main")).to_contain_text("We have another partner <b>already</b>")
    again = request(owner, portal.eu, tenant)
    visitor.goto(link)
    expect(heading(visitor)).to_contain_text("Refused on")
    approve(visitor, again, customer.administrator)
    expect(heading(visitor)).to_contain_text("Approved on")
    assert [each["state"] for each in approvals(portal, tenant)[:2]] == ["refused", "approved"]


def test_whoever_is_no_administrator_is_told_and_passes_it_on(portal, owner, tenant, link, visitor, customer, browser_context):
    """Microsoft lets no member accept; the page says so, and mails the colleague a link that works."""
    leave_for_microsoft(visitor, link)
    sign_in_at_microsoft(visitor, customer.member)
    visitor.get_by_role("button", name="Go back without giving permissions").click()
    visitor.wait_for_url(link_pattern(link))
    expect(visitor.get_by_text("the account may not accept. Nothing was given.")).to_be_visible()
    none(faults_of(visitor, "approval-no-administrator"))
    expect_nothing_approved(portal, tenant)
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(step(owner, 2)).to_contain_text("It was not accepted on Microsoft's page")
    none(faults_of(owner, "tracker-no-administrator"))

    visitor.get_by_role("link", name="Ask my administrator", exact=True).click()
    visitor.get_by_label("E-mail address of your administrator").fill("not an address")
    press(visitor, "Send")
    expect(visitor.locator(".error-summary")).to_contain_text("Type the whole e-mail address")
    visitor.get_by_label("E-mail address of your administrator").fill(customer.administrator)
    press(visitor, "Send")
    expect(visitor.get_by_text(f"The page is on its way to {customer.administrator}")).to_be_visible()
    none(faults_of(visitor, "forwarded"))

    colleague = browser_context().new_page()
    open_mail(colleague, portal.eu, customer.administrator, f"Your colleague asks you to look: Acme Cloud and {TEMPORARY}")
    [mailed] = re.findall(r"http://\S+/approval/[\w-]{43}", colleague.locator("main").inner_text())
    assert mailed != link, "a link of its own"
    approve(colleague, mailed, customer.administrator)
    expect(heading(colleague)).to_contain_text("Approved on")
    owner.goto(f"{portal.eu}/approvals/{approvals(portal, tenant)[0]['id']}")
    expect(owner.locator("main")).to_contain_text(f"passed on to {customer.administrator}")


def test_a_request_by_mail_reaches_the_customer(portal, owner, tenant, visitor, customer):
    """*Send by mail*: without an address it is refused; the mailbox has the message, its link works, the history names the address."""
    write_message(owner, portal.eu, tenant)
    press(owner, "Send by mail")
    expect(owner.locator(".error-summary")).to_contain_text("whole e-mail address")
    owner.get_by_label("E-mail address").fill(customer.administrator)
    owner.get_by_label("Subject").fill("Would you approve, please?")
    owner.get_by_role("textbox", name="Message").fill("No link in here")
    press(owner, "Send by mail")
    expect(owner.locator(".error-summary")).to_contain_text("Write {link} where the link goes")
    owner.get_by_role("textbox", name="Message").fill("Here it is:\n\n{link}\n\nThank you")
    press(owner, "Send by mail")
    expect(owner.get_by_text(f"The message is on its way to {customer.administrator}")).to_be_visible()
    open_mail(visitor, portal.eu, customer.administrator, "Would you approve, please?")
    [mailed] = re.findall(r"http://\S+/approval/[\w-]{43}", visitor.locator("main").inner_text())
    approve(visitor, mailed, customer.administrator)
    expect(heading(visitor)).to_contain_text("Approved on")


def test_a_kept_text_names_the_tenant_that_it_is_sent_for(portal, owner, more_customers):
    """*Keep this as our text*: the next tenant's message has the broker's words, and never another tenant's name."""
    words = owner.get_by_role("textbox", name="Message")
    first = add_tenant(owner, portal.eu, next(more_customers), name="First & Sons")
    write_message(owner, portal.eu, first, language="Español")
    words.fill("Para First & Sons, de nuestra parte: {link}")
    owner.get_by_label("Keep this as our text").check()
    press(owner, "Copy message to clipboard…")
    expect(owner.locator(".message").first).to_contain_text("Para First & Sons, de nuestra parte: http")
    second = add_tenant(owner, portal.eu, next(more_customers), name="Second Ltd")
    write_message(owner, portal.eu, second, language="Español")
    expect(words).to_have_value("Para Second Ltd, de nuestra parte: {link}")
    expect(owner.get_by_label("Subject")).to_have_value(re.compile("Second Ltd"))


def test_microsofts_page_is_closed_half_way_and_taken_up_again(portal, tenant, link, customer, browser_context):
    """Closed at the password, closed at the consent, cancelled there; each time the link is as good as new, in any browser."""
    context = browser_context()
    for leave_at in ("password", "consent"):
        page = context.new_page()
        leave_for_microsoft(page, link)
        if leave_at == "consent":
            sign_in_at_microsoft(page, customer.administrator)
            expect(page.get_by_role("button", name="Accept")).to_be_visible()
        page.close()
        expect_nothing_approved(portal, tenant)
    page = browser_context().new_page()
    leave_for_microsoft(page, link)
    sign_in_at_microsoft(page, customer.administrator)
    press(page, "Cancel")
    page.wait_for_url(link_pattern(link))
    expect(page.get_by_text("It was not accepted")).to_be_visible()
    expect_nothing_approved(portal, tenant)
    approve(page, link, customer.administrator)
    expect(heading(page)).to_contain_text("Approved on")


def test_another_tenants_administrator_approves_nothing(portal, tenant, link, visitor, more_customers):
    """Microsoft turns the account away, whose page can be left for the link; an answer that names another tenant does not count."""
    other = next(more_customers)
    leave_for_microsoft(visitor, link)
    give_password(visitor, other.administrator)
    expect(visitor.locator("body")).to_contain_text("AADSTS")
    expect_nothing_approved(portal, tenant)

    leave_for_microsoft(visitor, link)
    [state] = re.findall(r"state=([\w-]+)", visitor.url)
    visitor.goto(f"{portal.eu}/connections/return?admin_consent=True&tenant={other.tenant}&state={state}")
    visitor.wait_for_url(link_pattern(link))
    expect(visitor.get_by_text("That was another organization")).to_be_visible()
    expect_nothing_approved(portal, tenant)


def test_an_answer_that_only_says_yes_is_not_believed(portal, owner, tenant, link, visitor, customer):
    """Without a consent at Microsoft, `admin_consent=True` for the right tenant is checked, and the tracker does not move on."""
    leave_for_microsoft(visitor, link)
    [state] = re.findall(r"state=([\w-]+)", visitor.url)
    visitor.goto(f"{portal.eu}/connections/return?admin_consent=True&tenant={customer.tenant}&state={state}")
    expect(heading(visitor)).to_have_text("Being checked")
    none(faults_of(visitor, "approval-checking"))
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(step(owner, 2)).to_contain_text("Microsoft is making it known in the tenant")
    assert row(portal, tenant)["step"] == "approve"
    assert audited(portal, "approval.approve", tenant) == []


def test_an_answer_in_another_browser_does_not_count(portal, tenant, link, visitor, customer, browser_context):
    """What Microsoft gives one browser is worth nothing in another, and nothing a second time."""
    leave_for_microsoft(visitor, link)
    [state] = re.findall(r"state=([\w-]+)", visitor.url)
    stranger = browser_context().new_page()
    stranger.goto(f"{portal.eu}/connections/return?admin_consent=True&tenant={customer.tenant}&state={state}")
    expect(heading(stranger)).to_have_text("The answer was not accepted")
    none(faults_of(stranger, "approval-foreign-answer"))
    expect_nothing_approved(portal, tenant)


def test_a_link_that_leads_nowhere_is_a_calm_page(portal, visitor, link):
    """Forged or cut off: what happened and what to do, in the language of the browser, and not whose link it might be."""
    for wrong in (f"{portal.eu}/approval/{'A' * 43}", link[:-3]):
        answer = visitor.goto(wrong)
        assert answer.status == 404
        expect(heading(visitor)).to_have_text("This link leads nowhere")
        expect(visitor.locator("main")).to_contain_text("Nothing was changed")
        expect(visitor.locator("body")).not_to_contain_text("Acme Cloud")
    none(faults_of(visitor, "approval-nowhere"))


def test_a_withdrawn_request_says_so(portal, owner, tenant, link, visitor, customer):
    """Also to whoever has the page open, or has just accepted at Microsoft: nothing counts any more."""
    visitor.goto(link)
    leave_for_microsoft(visitor, link)
    sign_in_at_microsoft(visitor, customer.administrator)
    owner.goto(f"{portal.eu}/approvals/{approvals(portal, tenant)[0]['id']}")
    owner.get_by_text("Withdraw it").click()
    owner.get_by_label("Why").fill("Sent to the wrong person")
    press(owner, "Withdraw")
    expect(owner.locator("main")).to_contain_text("Sent to the wrong person")
    press(visitor, "Accept")
    visitor.goto(link)
    expect(heading(visitor)).to_have_text("This is not asked for any more")
    expect(visitor.locator("main")).not_to_contain_text("Sent to the wrong person")
    none(faults_of(visitor, "approval-withdrawn"))
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect_step(owner, 1)
    assert audited(portal, "approval.approve", tenant) == []


def test_what_was_approved_stays_to_be_read_and_is_not_done_twice(portal, tenant, link, visitor, customer, browser_context):
    """A page that was open in another window sends its form too late: it finds that all is approved, and so does every later visit."""
    late = browser_context().new_page()
    late.goto(link)
    approve(visitor, link, customer.administrator)
    expect(heading(visitor)).to_contain_text("Approved on")
    press(late, "Approve")
    late.wait_for_url(link_pattern(link))
    expect(heading(late)).to_contain_text("Approved on")
    for path in ("", "/refusal", "/forwarding"):
        late.goto(link + path)
        expect(heading(late)).to_contain_text("Approved on")
        expect(late.locator("main form")).to_have_count(0)
    expect(late.get_by_text("entra.microsoft.com")).to_be_visible()
    assert len(audited(portal, "approval.approve", tenant)) == 1


def test_a_form_made_for_another_tenant_is_refused(portal, tenant, link, visitor, more_customers):
    """A genuine form whose tenant is another one starts no way to Microsoft, and refuses nothing."""
    visitor.goto(link)
    form = {"csrf": form_token(visitor), "tenant": next(more_customers).tenant, "reason": "None"}
    for noun in ("trips", "refusal", "forwarding"):
        answer = ask(portal, visitor, f"{link}/{noun}", form)
        assert answer.status == 303 and urlsplit(answer.headers["Location"]).path == urlsplit(link).path
    assert portal.sqlite("SELECT * FROM approval_trip WHERE approval_id = ?", approvals(portal, tenant)[0]["id"]) == []
    expect_nothing_approved(portal, tenant)


def test_on_a_phone_it_takes_three_taps(portal, tenant, link, customer, browser_context):
    """The link in the message, *Approve*, and *Accept* at Microsoft; between them only what one types. Nothing sticks out."""
    page = browser_context(width=360, height=740, has_touch=True, is_mobile=True, device_scale_factor=2).new_page()
    page.set_content(f'<meta name="viewport" content="width=device-width"><p><a href="{link}">{link}</a></p>')
    page.get_by_role("link").tap()
    page.wait_for_url(link_pattern(link))
    expect(heading(page)).to_contain_text("Acme Cloud asks")
    assert axe(page) + sideways_scroll(page) == []
    button = page.get_by_role("button", name="Approve", exact=True)
    assert button.bounding_box()["height"] >= 36
    button.tap()
    page.wait_for_url("**/entra/**")
    page.get_by_label("Account").fill(customer.administrator)
    page.get_by_label("Password").fill("gatehouse-practice")
    page.get_by_label("Password").press("Enter")
    page.get_by_label("Code").fill("123456")
    page.get_by_label("Code").press("Enter")
    page.get_by_role("button", name="Accept", exact=True).tap()
    page.wait_for_url(link_pattern(link))
    expect(heading(page)).to_contain_text("Approved on")
    assert axe(page) + sideways_scroll(page) == []


def test_customer_and_guest_need_no_javascript(portal, owner, tenant, link, customer, browser_context):
    """Pages that move on by themselves do so without a script: to Microsoft, back, and from the guest's page to the end."""
    page = browser_context(javascript=False).new_page()
    page.goto(link)
    page.get_by_role("link", name="Refuse", exact=True).click()
    press(page, "Refuse")
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_role("link", name="Back", exact=True).click()
    approve(page, link, customer.administrator)
    expect(heading(page)).to_contain_text("Approved on")
    guest = browser_context(javascript=False).new_page()
    redeem(guest, redeem_link(owner, portal.eu, tenant))
    accept_as_guest(guest)
    expect(heading(guest)).to_contain_text("Approved on")
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(owner.locator("dl").first).to_contain_text("Enabled")


def test_an_old_link_says_so_and_the_wait_goes_on(portal, owner, tenant, link, visitor, customer):
    """After its 30 days the page says what to do, the broker sees that it is over, and makes a new one with one click."""
    visitor.goto(link)
    portal.stop()
    with contextlib.closing(sqlite3.connect(portal.state / "gatehouse.sqlite")) as database, database:
        days = 31 * 86_400 * 1_000_000
        database.execute("UPDATE approval_link SET created_at = created_at - ?, expires_at = expires_at - ?", (days, days))
    portal.start()
    press(visitor, "Approve")
    expect(heading(visitor)).to_have_text("This link is too old")
    none(faults_of(visitor, "approval-expired"))
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(step(owner, 2)).to_contain_text("Link expired")
    expect_step(owner, 2)
    none(faults_of(owner, "tracker-expired"))
    again = request(owner, portal.eu, tenant, action="Make a new link")
    expect(owner.locator("dl").first).not_to_contain_text("Link expired")
    approve(visitor, again, customer.administrator)
    expect(heading(visitor)).to_contain_text("Approved on")
    assert len(approvals(portal, tenant)) in (1, 2) and approvals(portal, tenant)[0]["state"] == "approved"
