"""Where secrets are to be found after a whole day's work: in the key file and as ciphertext, and nowhere else."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from microsoft import OWNER, PATH, accept_without_returning, give_code, give_password, leave_for_microsoft, set_up, wait_for_jobs

from support.browser import PASSWORD, sign_in
from support.portal import ROOT, Portal

METRICS = "canary-metrics-token-5a1f"
TYPED = "canary-wrong-password-9c2e"
MADE = "canary-admin-password-7b3d"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "metrics.token").write_text(METRICS)
    portal = Portal(folder / "state", GATEHOUSE_METRICS_TOKEN_FILE=str(folder / "metrics.token"))
    portal.start()
    yield portal
    if portal.processes():
        portal.stop()


def command(portal, *arguments, typed=""):
    return subprocess.run(
        [ROOT / ".build/debug/gatehouse", *arguments],
        input=typed, capture_output=True, text=True, timeout=60, env=portal.environment() | {"GATEHOUSE_PRACTICE": "1"},
    )  # fmt: skip


def credential(portal):
    """The refresh token, opened as only the holder of the key file can: AES-256-GCM, bound to its row."""
    [row] = portal.sqlite("SELECT id, credential FROM provider_grant WHERE is_current")
    sealed = bytes(row["credential"])
    key = AESGCM((portal.state / "vault.key").read_bytes())
    return key.decrypt(sealed[1:13], sealed[13:], f"provider_grant:{row['id']}".encode()).decode()


def test_check_123_secrets_are_nowhere_but_as_ciphertext(portal, browser_context, tmp_path):
    """check 123: tokens, codes, passwords, cookies and links, after successes and failures: no file, log, page, export, backup or process has one."""
    page = browser_context().new_page()
    page.goto(f"{portal.eu}/sign-in")
    page.get_by_label("E-mail").fill(OWNER)
    page.get_by_label("Password").fill(TYPED)
    page.get_by_label("Password").press("Enter")
    page.locator(".error-summary").wait_for()
    set_up(page, portal)
    leave_for_microsoft(page, portal.eu)
    give_password(page)
    if page.get_by_label("Code").count():
        give_code(page)
    answer = accept_without_returning(page)
    [code] = parse_qs(urlsplit(answer).query)["code"]
    [state] = parse_qs(urlsplit(answer).query)["state"]
    portal.get(f"/connections/return?code={code}&state=x{state}")  # refused: another state
    page.goto(answer)
    page.goto(f"{portal.eu}{PATH}/authentication")
    wait_for_jobs(portal)
    made = command(portal, "user", "create", "canary@example.com", "--admin", typed=MADE + "\n")
    assert made.returncode == 0, made.stderr
    link = command(portal, "user", "sign-in-link", OWNER, "--json")
    address = json.loads(link.stdout)["address"]
    portal.get(urlsplit(address).path)
    portal.get("/metrics", headers={"Authorization": f"Bearer {METRICS}"})
    portal.kill_portal()
    backup = tmp_path / "canary.backup"
    assert command(portal, "backup", str(backup)).returncode == 0

    secrets = {
        "the refresh token": credential(portal),
        "the code": code,
        "the state": state,
        "the wrong password": TYPED,
        "the administrator's password": MADE,
        "the session": next(each["value"] for each in page.context.cookies(portal.eu) if each["name"] == "__Host-gatehouse"),
        "the link": address.rsplit("/", 1)[1],
        "the metrics' token": METRICS,
        "the key": (portal.state / "vault.key").read_bytes(),
    }
    assert all(len(secret) > 10 for secret in secrets.values())

    found = []

    def search(place, content):
        found.extend(f"{name} in {place}" for name, secret in secrets.items() if (secret if isinstance(secret, bytes) else secret.encode()) in content)

    files = [path for path in portal.state.rglob("*") if path.is_file() and path.name not in ("vault.key", "sandbox.json", "sandbox.log")]
    assert {"gatehouse.sqlite", "gatehouse.sqlite-wal", "portal.log", "nginx-access.log"} <= {path.name for path in files}
    for path in [*files, backup, portal.output]:
        search(path, path.read_bytes())
    for pid in portal.processes():
        for name in ("environ", "cmdline"):
            search(f"/proc/{pid}/{name}", Path(f"/proc/{pid}/{name}").read_bytes())
    for name, output in {"audit": command(portal, "audit", "export"), "jobs": command(portal, "job", "list", "--state", "succeeded", "--json"), "metrics": command(portal, "metrics"), "doctor": command(portal, "doctor", "--json"), "users": command(portal, "user", "list", "--json")}.items():
        search(f"gatehouse {name}", (output.stdout + output.stderr).encode())
    for path in ["/", "/services", PATH, f"{PATH}/authentication", "/jobs", "/audit", "/tenants", "/account"]:
        page.goto(portal.eu + path)
        search(f"page {path}", page.content().encode())
        for job in re.findall(r'href="(/jobs/[0-9a-f-]+)"', page.content())[:5]:
            page.goto(portal.eu + job)
            search(f"page {job}", page.content().encode())
    assert not found, "\n".join(found)


def test_core_dumps_are_off(portal):
    """check 123: a crash leaves no memory on the disk."""
    limits = Path(f"/proc/{portal.portal_pid()}/limits").read_text()
    assert re.search(r"^Max core file size +0 +0 ", limits, re.M)


def test_the_practice_password_stands_in_no_row(portal):
    """Passwords are kept as scrypt hashes, each with its cost and a salt."""
    rows = portal.sqlite("SELECT password FROM portal_user")
    assert len(rows) > 5 and all(row["password"].startswith("scrypt$") for row in rows)
    assert not any(PASSWORD in row["password"] for row in rows)
