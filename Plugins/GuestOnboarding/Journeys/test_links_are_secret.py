"""Where the secrets of an onboarding are to be found afterwards: in the message and as hashes or ciphertext, and nowhere else."""

import os
import re
import subprocess
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from playwright.sync_api import expect

from onboarding import (
    accept_as_guest,
    add_tenant,
    approvals,
    approve,
    heading,
    press,
    redeem,
    redeem_link,
    request,
    step,
)
from support.accounts import open_mail
from support.portal import ROOT


def refresh_tokens(portal):
    """As only the holder of the key file can open them: AES-256-GCM, bound to their row."""
    key = AESGCM((portal.state / "vault.key").read_bytes())
    for row in portal.sqlite("SELECT id, credential FROM provider_grant"):
        sealed = bytes(row["credential"])
        yield key.decrypt(sealed[1:13], sealed[13:], f"provider_grant:{row['id']}".encode()).decode()


def audit_as_csv(portal):
    program = ROOT / f".build/{os.environ.get('GATEHOUSE_BUILD', 'debug')}/gatehouse"
    exported = subprocess.run(
        [program, "audit", "export"], capture_output=True, timeout=60, env=portal.environment() | {"GATEHOUSE_PRACTICE": "1"}
    )
    assert exported.returncode == 0, exported.stderr
    return exported.stdout


def test_links_tokens_and_codes_stand_nowhere(portal, owner, customer, browser_context):
    """After the whole way: no log, no row, no page, no audit line and no Referer elsewhere has a link, a code, a state or a refresh token."""
    base, sent = portal.eu, []

    def listen(context):
        context.on("request", lambda each: sent.append((each.url, each.all_headers().get("referer", ""))))
        return context

    listen(owner.context)
    outside = listen(browser_context())
    tenant = add_tenant(owner, base, customer)
    link = request(owner, base, tenant)
    page = outside.new_page()
    page.goto(link)
    page.get_by_role("link", name="Ask my administrator", exact=True).click()
    page.get_by_label("E-mail address of your administrator").fill(customer.administrator)
    press(page, "Send")
    expect(page.get_by_text("The page is on its way")).to_be_visible()
    open_mail(page, base, customer.administrator, "Your colleague asks you to look: Acme Cloud and Their temporary name")
    [forwarded] = re.findall(r"http://\S+/approval/[\w-]{43}", page.locator("main").inner_text())
    approve(page, forwarded, customer.administrator)
    expect(heading(page)).to_contain_text("Approved on")
    owner.goto(f"{base}{tenant}/setup")
    expect(step(owner, 3)).to_contain_text("Waiting")
    guest = outside.new_page()
    redeem(guest, redeem_link(owner, base, tenant))
    guests = guest.url
    accept_as_guest(guest)
    expect(heading(guest)).to_contain_text("Approved on")
    owner.goto(f"{base}{tenant}/setup")
    expect(step(owner, 5)).to_contain_text("Done")

    answers = [parse_qs(urlsplit(url).query) for url, _ in sent if "/connections/return" in url]
    codes = [code for answer in answers for code in answer.get("code", [])]
    states = [state for answer in answers for state in answer.get("state", [])]
    assert len(answers) == 2 and len(codes) == 1 and len(states) == 2
    tokens = [token for token in refresh_tokens(portal) if len(token) > 60]
    assert len(tokens) >= 2, "the broker's and the guest's"
    links = {name: address.rpartition("/")[2] for name, address in {"link": link, "forwarded link": forwarded, "guest's link": guests}.items()}
    secrets = {name: token.partition("?")[0] for name, token in links.items()}
    secrets |= {f"code {code[:6]}": code for code in codes}
    secrets |= {f"state {state[:6]}": state for state in states}
    secrets |= {f"refresh token {token[:6]}": token for token in tokens}
    assert all(len(secret) >= 43 for secret in secrets.values())

    found = []

    def search(place, content):
        found.extend(f"{name} in {place}" for name, secret in secrets.items() if secret.encode() in content)

    files = [path for path in portal.state.rglob("*") if path.is_file() and path.name not in ("sandbox.json", "sandbox.log")]
    assert {"gatehouse.sqlite", "gatehouse.sqlite-wal", "portal.log", "nginx-access.log"} <= {path.name for path in files}
    for path in files:
        search(path.name, path.read_bytes())
    search("the audit", audit_as_csv(portal))
    for path in [tenant, f"{tenant}/setup", "/approvals", "/audit", "/jobs", "/attention", "/tenants", "/customers"] + [
        f"/approvals/{each['id']}" for each in approvals(portal, tenant)
    ]:
        owner.goto(base + path)
        search(path, owner.content().encode())
    for host, referer in ((urlsplit(url).netloc, referer) for url, referer in sent):
        if host != urlsplit(base).netloc:
            search(f"the Referer of a request to {host}", referer.encode())
    for visited in (page, guest):
        assert not set(parse_qs(urlsplit(visited.url).query)) & {"code", "state", "tenant", "admin_consent"}
    assert not found, "\n".join(sorted(set(found)))
    hashes = portal.sqlite("SELECT token_hash FROM approval_link")
    assert len(hashes) >= 3 and all(len(each["token_hash"]) == 32 for each in hashes)


def test_the_customers_page_is_kept_by_nobody(portal, owner, customer):
    """No cache, no frame of another site and no Referer there gets the address of a link."""
    link = request(owner, portal.eu, add_tenant(owner, portal.eu, customer))
    headers = portal.get(urlsplit(link).path).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin", "strict-origin", "origin")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
