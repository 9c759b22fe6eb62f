"""How Mozilla's HTTP Observatory scores an answer: its table (github.com/mdn/mdn-http-observatory, read in November 2026)."""

from http.cookies import SimpleCookie

BONUS_FROM = 90
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
UNSAFE = BROAD | {"'unsafe-inline'", "data:"}
PRIVATE_REFERRERS = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def points(answer, over_tls):
    """Each test's points. Without TLS the redirection and HSTS say nothing, and the lines of theirs are left out."""
    fields = {name.lower(): answer.headers.get_all(name) for name in answer.headers}
    policy = directives(fields.get("content-security-policy", []))
    scored = {
        "Content-Security-Policy": policy_points(policy, over_tls),
        "cookies": cookie_points(fields.get("set-cookie", [])),
        "CORS": cors_points(fields),
        "Referrer-Policy": one_of(fields, "referrer-policy", {value: 5 for value in PRIVATE_REFERRERS}, missing=0, other=-5),
        "X-Content-Type-Options": one_of(fields, "x-content-type-options", {"nosniff": 0}, missing=-5, other=-5),
        "frames": frame_points(policy, fields),
        "Cross-Origin-Resource-Policy": one_of(
            fields, "cross-origin-resource-policy", {"same-origin": 10, "same-site": 10, "cross-origin": 0}, 0, other=-5
        ),
        "Cross-Origin-Opener-Policy": one_of(fields, "cross-origin-opener-policy", {"same-origin": 10}, 0, other=0),
        "Cross-Origin-Embedder-Policy": one_of(fields, "cross-origin-embedder-policy", {"require-corp": 10}, 0, other=0),
        "scripts": script_points(answer),
    }
    if over_tls:
        scored["Strict-Transport-Security"] = hsts_points(fields.get("strict-transport-security", []))
    return scored


def score(scored):
    """100 and the losses; the gains count from 90 up."""
    total = 100 + sum(value for value in scored.values() if value < 0)
    return max(0, total + sum(value for value in scored.values() if value > 0)) if total >= BONUS_FROM else max(0, total)


def directives(policies):
    """Of the one policy that there may be; a directive that comes twice is an error."""
    if not policies:
        return None
    assert len(policies) == 1, f"{len(policies)} policies"
    found = {}
    for part in filter(None, map(str.strip, policies[0].split(";"))):
        name, *sources = part.split()
        assert name not in found, f"{name} comes twice"
        found[name] = set(sources)
    return found


def policy_points(policy, over_tls):
    if policy is None:
        return -25
    default = policy.get("default-src", {"*"})
    script, style, objects = (policy.get(name, default) for name in ("script-src", "style-src", "object-src"))
    if script & UNSAFE or objects & BROAD:
        return -20
    if over_tls and any(source.startswith(("http:", "ftp:")) for sources in policy.values() for source in sources):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if style & UNSAFE:
        return 0
    return 10 if policy.get("default-src") == {"'none'"} else 5


def cookie_points(lines):
    worst = 5 if lines else 0
    for line in lines:
        [cookie] = SimpleCookie(line).values()
        if not cookie["secure"]:
            worst = min(worst, -40)
        elif not cookie["httponly"]:
            worst = min(worst, -30)
        elif cookie["samesite"].lower() not in ("lax", "strict"):
            worst = min(worst, -20)
    return worst


def cors_points(fields):
    allowed = fields.get("access-control-allow-origin")
    return -50 if allowed and fields.get("access-control-allow-credentials") else 0


def frame_points(policy, fields):
    if policy and "frame-ancestors" in policy and not policy["frame-ancestors"] & BROAD:
        return 5
    return 0 if fields.get("x-frame-options", [""])[0].upper() in ("DENY", "SAMEORIGIN") else -20


def hsts_points(values):
    if len(values) != 1:
        return -20
    ages = [part.partition("=")[2] for part in values[0].split(";") if part.strip().startswith("max-age")]
    if not ages or not ages[0].isdigit():
        return -20
    return 0 if int(ages[0]) >= 15_768_000 else -10


def script_points(answer):
    """Scripts of our own need no integrity; one from elsewhere would."""
    outside = [part.split(b'"')[0] for part in answer.body.split(b'<script src="')[1:]]
    return -5 if any(not source.startswith(b"/") or source.startswith(b"//") for source in outside) else 0


def one_of(fields, name, known, missing, other):
    values = fields.get(name, [])
    return known.get(values[0], other) if len(values) == 1 else other if values else missing
