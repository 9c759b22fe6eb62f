"""Single requests with a browser's cookies, where a page would follow redirects or refuse to send such a thing."""

from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit


def ask(portal, page, address, form=None, headers={}):
    """One GET, or a POST of `form`, as this page's browser; cookies that the answer sets are kept there. Follows nothing."""
    parts = urlsplit(address)
    base = f"{parts.scheme}://{parts.netloc}"
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies(base))
    sent = {"Cookie": cookies} if cookies else {}
    if form is not None:
        sent |= {"Origin": base, "Content-Type": "application/x-www-form-urlencoded"}
    answer = portal.get(
        parts.path + (f"?{parts.query}" if parts.query else ""),
        host=parts.hostname,
        method="GET" if form is None else "POST",
        headers=sent | headers,
        body=None if form is None else urlencode(form),
    )
    for line in answer.headers.get_all("Set-Cookie", []):
        for cookie in SimpleCookie(line).values():
            if cookie.value:
                page.context.add_cookies(
                    [
                        {
                            "name": cookie.key,
                            "value": cookie.value,
                            "url": base.replace("http:", "https:"),
                            "secure": True,
                            "httpOnly": True,
                        }
                    ]
                )
    return answer


def form_token(page):
    """The token that the forms of this page carry."""
    return page.locator("[name=csrf]").first.get_attribute("value")
