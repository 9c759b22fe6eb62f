"""A mail scanner follows every link before the customer does, and more than once."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from onboarding import add_tenant, approvals, approve, audited, heading, link_pattern, request, row, step

SCANNERS = ["Mozilla/5.0 (compatible; MSIE 9.0)", "curl/8.5", "BarracudaCentral", "Mozilla/5.0 (X11) HeadlessChrome/142.0"]


def test_check_68_a_scanner_that_opens_the_link_decides_nothing(portal, owner, customer, browser_context):
    """check 68: fifty requests from many networks and a headless browser that follows every link: seen, and as good as new."""
    tenant = add_tenant(owner, portal.eu, customer)
    link = request(owner, portal.eu, tenant)
    owner.goto(f"{portal.eu}{tenant}/setup")
    expect(step(owner, 2)).to_contain_text("Sent")
    for number in range(50):
        method = ("GET", "HEAD", "OPTIONS", "GET", "GET")[number % 5]
        address = f"198.51.100.{number}"
        answer = portal.get(
            urlsplit(link).path + ("" if number % 3 else "?utm_source=scan"),
            method=method,
            headers={
                "User-Agent": SCANNERS[number % len(SCANNERS)],
                "X-Forwarded-For": address,
                "X-Real-IP": address,
                "X-Purpose": "preview",
                "Sec-Purpose": "prefetch",
            },
        )
        assert answer.status == 200 or method == "OPTIONS" and answer.status < 500, (method, answer.status)

    page = browser_context(user_agent=SCANNERS[-1]).new_page()
    page.goto(link)
    page.wait_for_load_state("networkidle")
    ways = page.eval_on_selector_all("a[href]", "links => links.map(each => each.href)")
    followed = [way for way in ways if way.startswith(link)]
    assert len(followed) >= 5, "refusing, passing on, and three languages"
    for way in followed:
        page.goto(way)

    [approval] = approvals(portal, tenant)
    assert (approval["state"], approval["opened_at"], approval["answered_at"]) == ("sent", None, None)
    assert portal.sqlite("SELECT * FROM approval_trip") == []
    assert len(audited(portal, "approval.see", tenant)) == 1
    assert row(portal, tenant)["step"] == "approve"
    expect(step(owner, 2)).to_contain_text("Seen")
    expect(step(owner, 2)).to_contain_text("perhaps by a mail scanner")

    person = browser_context().new_page()
    approve(person, link, customer.administrator)
    person.wait_for_url(link_pattern(link))
    expect(heading(person)).to_contain_text("Approved on")
