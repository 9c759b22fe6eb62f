"""The portal is killed while it links: at the N-th write to its files, and through the real stack while a person looks on."""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import time

import pytest
from playwright.sync_api import expect

from microsoft import PATH, audited, link_all, numbers, set_up
from support.lone_nginx import LoneNginx
from support.portal import ROOT, wait_until
from support.visitor import ask, form_token

PROGRAM = ROOT / ".build" / os.environ.get("GATEHOUSE_BUILD", "debug") / "gatehouse"
KILLS = 15


class LonePortal(LoneNginx):
    """`gatehouse serve` by itself behind an nginx, on a state folder that is made anew for each kill."""

    def __init__(self, state, original):
        super().__init__(state)
        self.original = original
        # The addresses of the portal that the state was made with: its sessions and its forms hang on them.
        self.port, self.sandbox_port = original.port, original.sandbox_port
        self.eu = original.eu

    def start_over(self, files):
        """The database and the key as they were before anything was linked."""
        for name in os.listdir(self.state):
            if name.startswith("gatehouse"):
                (self.state / name).unlink()
        for file in files.iterdir():
            shutil.copy2(file, self.state)

    @contextlib.contextmanager
    def serving(self, *wrapper):
        """`gatehouse serve`, perhaps under a tracer, until the block ends or somebody kills it."""
        environment = self.environment() | {"GATEHOUSE_PRACTICE": "1", "GATEHOUSE_SOCKET": str(self.socket)}
        with open(self.state / "logs/portal.log", "ab") as log:
            process = subprocess.Popen(
                [*wrapper, PROGRAM, "serve"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            wait_until(lambda: process.poll() is not None or self.is_ready(), 20, "the portal is ready or dead")
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 15)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait()

    def is_ready(self):
        try:
            return self.get("/readyz").status == 200
        except OSError:
            return False

    def job(self):
        found = self.sqlite("SELECT id, state, done FROM job WHERE kind = 'tenants.link'")
        assert len(found) <= 1, "one job"
        return found[0] if found else None


@pytest.fixture(scope="module")
def prepared(portal, browser, tmp_path_factory):
    """A portal with 62 unlinked tenants, stopped; its files; and a browser at the preview, with the form of Apply."""
    context = browser.new_context()
    page = context.new_page()
    set_up(page, portal)
    page.goto(f"{portal.eu}{PATH}/bulk-links/new")
    form = {"csrf": form_token(page), "plan": page.locator("[name=plan]").get_attribute("value")}
    portal.stop()
    files = tmp_path_factory.mktemp("files")
    for file in portal.state.iterdir():
        if file.is_file() and file.name != "nginx.conf" and not file.name.endswith((".lock", ".pid", ".json")):
            shutil.copy2(file, files)
    alone = LonePortal(tmp_path_factory.mktemp("alone") / "state", portal)
    with alone.running():
        yield alone, files, page, form
    context.close()
    portal.start()


def apply(alone, page, form):
    """Presses Apply. Returns the status, or None when the portal died over it."""
    try:
        status = ask(alone, page, f"{alone.eu}{PATH}/bulk-links", form).status
    except OSError:
        return None
    return status if status in (303, 422) else None


def writes_of_a_whole_run(prepared, folder):
    """How often the busiest thread writes until all is linked: counted, not assumed."""
    alone, files, page, form = prepared
    alone.start_over(files)
    trace = folder / "trace"
    with alone.serving("strace", "-f", "-qq", "-e", "trace=pwrite64", "-o", trace):
        assert apply(alone, page, form) == 303
        wait_until(lambda: alone.job()["state"] == "succeeded", 30, "linked without a kill")
    by_thread = {}
    for line in trace.read_text().splitlines():
        if "pwrite64(" in line:
            thread = line.split()[0]
            by_thread[thread] = by_thread.get(thread, 0) + 1
    return max(by_thread.values())


def test_a_kill_at_any_write_loses_nothing_and_does_nothing_twice(prepared, tmp_path):
    """Killed at the N-th write, from the click on Apply to the end: started again, the job ends by itself with 62 and 62."""
    alone, files, page, form = prepared
    total = writes_of_a_whole_run(prepared, tmp_path)
    assert total > KILLS
    killed = []
    for number in range(KILLS):
        when = 1 + number * (total - 1) // (KILLS - 1)
        alone.start_over(files)
        with alone.serving(
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=pwrite64",
            "-e",
            f"inject=pwrite64:signal=SIGKILL:when={when}",
            "-o",
            "/dev/null",
        ) as process:
            accepted = apply(alone, page, form) if process.poll() is None else None
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=3)
            if process.poll() is not None:
                killed.append(when)
        with alone.serving():
            if accepted == 303:
                assert alone.job(), f"the click was answered, so its job is there (killed at {when})"
            elif not alone.job():
                assert apply(alone, page, form) == 303
            wait_until(lambda: alone.job()["state"] == "succeeded", 20, f"the job ends by itself (killed at {when})")
            seen = ask(alone, page, f"{alone.eu}/jobs/{alone.job()['id']}").text
            assert "62 of 62" in seen and "Linked 62 tenants." in seen
        assert_all_is_linked_once(alone, when)
    assert len(killed) >= KILLS - 4, f"most runs were really cut off: {killed} of {total}"


def assert_all_is_linked_once(portal, when):
    assert numbers(portal) == (62, 62), when
    assert len(set(audited(portal, "tenant.link"))) == len(audited(portal, "tenant.link")) == 62, when
    assert portal.sqlite("SELECT COUNT(DISTINCT organization_id) AS count FROM tenant_link") == [{"count": 62}]
    assert portal.sqlite("SELECT state, COUNT(*) AS count FROM job_item GROUP BY state") == [
        {"state": "succeeded", "count": 62}
    ]
    assert len(audited(portal, "job.start")) == len(set(audited(portal, "job.start")))
    assert len(audited(portal, "job.end")) == len(set(audited(portal, "job.end")))
    assert portal.sqlite(
        "SELECT organization_id FROM tenant_link JOIN tenant ON tenant.id = tenant_id WHERE name = 'Northgate Bakery'"
    ) == [{"organization_id": "organization-northgate"}]
    with contextlib.closing(sqlite3.connect(f"file:{portal.state}/gatehouse.sqlite?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], when
        assert database.execute("PRAGMA foreign_key_check").fetchall() == [], when


def test_a_kill_while_a_person_looks_on(another_portal, browser_context):
    """The page stays open over a kill -9, says nothing untrue, and shows the end; the watcher has started a new portal."""
    page = browser_context().new_page()
    set_up(page, another_portal)
    another_portal.control(
        "/control/faults", service="partnercenter", call="customers", kind="slow", seconds=1.2, times=3
    )
    page.goto(f"{another_portal.eu}{PATH}/tenants")
    page.get_by_role("button", name="Read the list again").click()
    page.wait_for_url("**/jobs/**")
    expect(page.locator("main")).to_contain_text(re.compile("25 done"))
    time.sleep(1)  # the watcher takes a death within a second of the start for a failed start
    another_portal.kill_portal()
    expect(page.get_by_text("Found 62 tenants, 62 of them unlinked.")).to_be_visible(timeout=20_000)

    link_all(page, another_portal.eu)
    another_portal.kill_portal()
    expect(page.get_by_text("Linked 62 tenants.")).to_be_visible(timeout=20_000)
    assert_all_is_linked_once(another_portal, "through the stack")
