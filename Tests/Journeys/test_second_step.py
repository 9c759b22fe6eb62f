"""An administrator sets up an authenticator app, signs in with it, loses it, and looks after the own account."""

import re
import subprocess
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from support.accounts import PASSWORD, app_code, invite, next_code, open_mail, secret_on
from support.browser import sign_in
from support.keyboard import press, type_into
from support.pages import faults_of, none
from support.portal import ROOT, Portal

BOSS = "boss@example.com"
INVITED = "ina@acme.example"
SESSION = "__Host-gatehouse"
NEW_PASSWORD = "yellow kettle bridge"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A portal with an administrator who is not of the demo world."""
    portal = Portal(tmp_path_factory.mktemp("office") / "state")
    made = subprocess.run(
        [ROOT / ".build/debug/gatehouse", "user", "create", BOSS, "--admin", "--name", "Bea Boss"],
        input=f"{PASSWORD}\n", capture_output=True, text=True, timeout=60,
        env=portal.environment() | {"GATEHOUSE_PRACTICE": "1"},
    )
    assert made.returncode == 0, made.stderr
    portal.invitation = invite(portal.state, INVITED, "broker-owner", "broker-acme")
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture(scope="module")
def app(office, browser):
    """The administrator's app, set up as the portal asks for: its secret, and the recovery codes."""
    page = browser.new_context(color_scheme="dark").new_page()
    sign_in(page, office.eu, BOSS, PASSWORD)
    assert urlsplit(page.url).path == "/account/second-factor", "led there, wherever one wanted to go"
    page.goto(f"{office.eu}/plugins")
    assert urlsplit(page.url).path == "/account/second-factor", "nothing else is open"
    expect(page.get_by_role("img", name="QR code of the key below")).to_be_visible()
    secret = secret_on(page)
    found = faults_of(page, "second-step-setup")
    page.get_by_label("Code that the app shows").fill("000000")
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".error-summary")).to_contain_text("The code is wrong")
    assert secret_on(page) == secret, "what was scanned stays"
    page.get_by_label("Code that the app shows").fill(app_code(secret))
    page.get_by_role("button", name="Switch it on").click()
    page.wait_for_url(f"{office.eu}/account/recovery-codes")
    codes = [item.inner_text() for item in page.locator("main li code").all()]
    assert len(codes) == 10 and all(re.fullmatch(r"([A-Z2-7]{4}-){5}[A-Z2-7]{4}", code) for code in codes)
    found += faults_of(page, "recovery-codes")
    page.reload()
    assert [item.inner_text() for item in page.locator("main li code").all()] == codes, "a reload loses nothing"
    page.get_by_role("button", name="I have kept them").click()
    expect(page.locator("main")).to_contain_text("10 recovery codes are left")
    page.goto(f"{office.eu}/account/recovery-codes")
    assert urlsplit(page.url).path == "/account", "and once kept they are not shown again"
    none(found + faults_of(page, "account-with-app"))
    page.context.close()
    return secret, codes


def test_the_code_is_asked_for(office, app, page):
    """After the password only the code opens the portal, and then the page one wanted."""
    secret, _ = app
    page.goto(f"{office.eu}/plugins")
    page.get_by_label("E-mail").fill(BOSS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sign-in/code**")
    half = [cookie["value"] for cookie in page.context.cookies(office.eu) if cookie["name"] == SESSION]
    assert office.get("/plugins", headers={"Cookie": f"{SESSION}={half[0]}"}).status == 303
    field = page.get_by_label("Code of your authenticator app")
    assert field.get_attribute("autocomplete") == "one-time-code" and field.get_attribute("inputmode") == "numeric"
    found = faults_of(page, "second-step-code")
    field.fill(next_code(secret))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"{office.eu}/plugins")
    assert half[0] not in [cookie["value"] for cookie in page.context.cookies(office.eu)]
    none(found)


def test_a_lost_app_without_javascript(office, app, browser_context):
    """A recovery code gets in once; its person is told by mail, and sees how many are left."""
    _, codes = app
    page = browser_context(javascript=False, width=320).new_page()
    sign_in(page, office.eu, BOSS, PASSWORD)
    page.get_by_role("link", name="Use a recovery code instead").click()
    page.get_by_label("Recovery code").fill(codes[0].lower().replace("-", " "))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"{office.eu}/")
    page.goto(f"{office.eu}/account")
    expect(page.locator("main")).to_contain_text("9 recovery codes are left")
    open_mail(page, office.eu, BOSS, "One of your recovery codes was used")
    expect(page.locator("main")).to_contain_text("took the place of your authenticator app")
    again = browser_context().new_page()
    sign_in(again, office.eu, BOSS, PASSWORD)
    again.get_by_role("link", name="Use a recovery code instead").click()
    again.get_by_label("Recovery code").fill(codes[0])
    again.get_by_role("button", name="Go on").click()
    expect(again.locator(".error-summary")).to_contain_text("was used before")
    none(faults_of(again, "recovery-code-refused"))


def test_signing_in_by_keyboard(office, app, page):
    """Password and recovery code, without a mouse."""
    _, codes = app
    page.goto(f"{office.eu}/sign-in")
    type_into(page, page.get_by_label("E-mail"), BOSS)
    type_into(page, page.get_by_label("Password", exact=True), PASSWORD)
    press(page, page.get_by_role("button", name="Sign in", exact=True))
    press(page, page.get_by_role("link", name="Use a recovery code instead"))
    type_into(page, page.get_by_label("Recovery code"), codes[1])
    press(page, page.get_by_role("button", name="Go on"))
    assert page.url == f"{office.eu}/"


def test_a_forgotten_password(office, app, page, browser_context):
    """The link comes by mail, is looked at fifty times by scanners, works once, and does not go round the app."""
    _, codes = app
    inside = browser_context().new_page()
    sign_in(inside, office.eu, BOSS, PASSWORD)
    page.goto(f"{office.eu}/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("E-mail").fill(BOSS.upper())
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    open_mail(page, office.eu, BOSS, "A new password")
    link = page.locator("main a[href*=password-reset]")
    path = urlsplit(link.get_attribute("href")).path
    for _ in range(25):
        assert office.get(path).status == 200
        assert office.get(path, method="HEAD").status == 200
    link.click()
    expect(page.locator("main")).to_contain_text(BOSS)
    found = faults_of(page, "password-reset")
    page.get_by_label("New password", exact=True).fill("password1234")
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".error-summary")).to_contain_text("easy to guess")
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator(".notice")).to_contain_text("Your new password is set")
    assert office.get(path).status == 404
    inside.goto(f"{office.eu}/sign-in/code")
    assert urlsplit(inside.url).path == "/sign-in", "signed out everywhere"
    sign_in(page, office.eu, BOSS, NEW_PASSWORD)
    assert urlsplit(page.url).path == "/sign-in/code"
    token = path.rsplit("/", 1)[1]
    assert token not in office.log("portal", 500) + office.log("nginx-access", 500)
    none(found)


def test_an_invited_owner(office, browser_context):
    """Fifty looks by mail scanners, then name, password, app, recovery codes, and in; the link is used up. No JavaScript."""
    page = browser_context(javascript=False).new_page()
    for _ in range(25):
        assert office.get(office.invitation).status == 200
        assert office.get(office.invitation, method="HEAD").status == 200
    looked = browser_context().new_page()
    looked.goto(office.eu + office.invitation)
    found = faults_of(looked, "invitation")
    looked.get_by_role("button", name="Accept the invitation").click()
    looked.locator(".error-summary").wait_for()
    none(found + faults_of(looked, "invitation-refused"))
    page.goto(office.eu + office.invitation)
    expect(page.locator("main")).to_contain_text("You were invited to Acme Cloud")
    page.get_by_label("New password", exact=True).fill("acme.example 12")
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.locator(".error-summary")).to_contain_text("Type your name")
    expect(page.locator(".error-summary")).to_contain_text("which are tried first")
    page.get_by_label("Your name").fill("Ina Invited")
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    page.wait_for_url("**/account/second-factor")
    secret = secret_on(page)
    page.get_by_label("Code that the app shows").fill(app_code(secret))
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.locator("main")).to_contain_text("Ina Invited")
    page.goto(f"{office.eu}/organizations")
    expect(page.locator("main")).to_contain_text("Northgate Bakery")
    page.context.clear_cookies()
    assert page.goto(office.eu + office.invitation).status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    sign_in(page, office.eu, INVITED, NEW_PASSWORD)
    page.get_by_label("Code of your authenticator app").fill(next_code(secret))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"{office.eu}/")


def test_ones_own_sign_ins(office, page, browser_context):
    """The list of them names browser and address; one ends another one, or all others."""
    base, email = office.eu, "manager@acme.example"
    others = [browser_context(user_agent=agent).new_page() for agent in ["curl/8.5.0", "Lynx/2.9", "w3m/0.5"]]
    for other in others:
        sign_in(other, base, email)
    sign_in(page, base, email)
    page.locator("details.user-menu summary").click()
    page.get_by_role("link", name="Your account").click()
    rows = page.locator("#sessions tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="This one")).to_contain_text("Chrome on Linux")
    row = rows.filter(has_text="curl")
    expect(row).to_contain_text("127.0.0.1")
    row.get_by_role("button", name="End").click()
    expect(page.locator(".notice")).to_contain_text("The sign-in was ended")
    expect(rows).to_have_count(3)
    others[0].goto(f"{base}/organizations")
    assert urlsplit(others[0].url).path == "/sign-in"
    page.get_by_role("button", name="End all others").click()
    expect(rows).to_have_count(1)
    for other in others[1:]:
        other.goto(f"{base}/organizations")
        assert urlsplit(other.url).path == "/sign-in"
    none(faults_of(page, "account"))


def test_changing_the_password(office, page):
    """The present one is asked for; a demo account's is changed back for those who come after."""
    base, email, old = office.eu, "support@acme.example", "gatehouse-practice"
    sign_in(page, base, email)
    page.goto(f"{base}/account")
    page.get_by_role("link", name="Change your password").click()
    page.get_by_label("Present password", exact=True).fill("wrong")
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.locator(".error-summary")).to_contain_text("The present password is wrong")
    none(faults_of(page, "account-password-wrong"))
    page.get_by_label("Present password", exact=True).fill(old)
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.locator(".notice")).to_contain_text("Your password is changed")
    page.context.clear_cookies()
    sign_in(page, base, email, NEW_PASSWORD)
    assert page.url == f"{base}/"


def test_a_form_of_a_session_that_was_ended_in_another_tab(office, page):
    """Check 14: the person signs in again, and what was typed is still there to be sent."""
    sign_in(page, office.eu, "owner@acme.example")
    page.goto(f"{office.eu}/marketplace")
    page.get_by_role("link", name="See and add").first.click()
    page.get_by_role("link", name=re.compile("^Add")).first.click()
    steps = page.url
    other = page.context.new_page()
    other.goto(f"{office.eu}/")
    other.locator("details.user-menu summary").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/sign-in?next=*held*")
    page.get_by_label("E-mail").fill("owner@acme.example")
    page.get_by_label("Password").fill("gatehouse-practice")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/held/**")
    expect(page.locator("main")).to_contain_text("Nothing is lost")
    page.get_by_role("button", name="Send it").click()
    page.wait_for_url(lambda url: "/held/" not in url and url != steps)
    expect(page.locator(".notice")).to_contain_text("The service was added")
