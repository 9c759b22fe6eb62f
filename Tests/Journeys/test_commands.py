"""The executable from the command line, and as plain CGI."""

import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import time
from pathlib import Path

import pytest

from support.browser import sign_in
from support.load import Load
from support.portal import Portal, wait_until

ROOT = Path(__file__).parents[2]
GATEHOUSE = ROOT / ".build/debug/gatehouse"


def gatehouse(state, *arguments, practice=True, typed="", **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GATEHOUSE_")}
    settings = {"GATEHOUSE_STATE": str(state), **({"GATEHOUSE_PRACTICE": "1"} if practice else {}), **environment}
    return subprocess.run(
        [GATEHOUSE, *arguments], input=typed, capture_output=True, text=True, timeout=60, env={**clean, **settings}
    )


def test_one_request_as_plain_cgi(tmp_path):
    """The same executable answers one request of a web server that starts it for that."""
    answer = gatehouse(
        tmp_path / "state", GATEWAY_INTERFACE="CGI/1.1", REQUEST_METHOD="GET", REQUEST_URI="/sign-in",
        HTTP_HOST="eu.gatehouse.localhost:8080", SERVER_NAME="eu.gatehouse.localhost", REQUEST_SCHEME="http",
    )
    head, _, body = answer.stdout.partition("\n\n") if "\r\n" not in answer.stdout else answer.stdout.partition("\r\n\r\n")
    assert head.startswith("Status: 200 OK"), answer.stderr
    assert "<h1>Sign in</h1>" in body


def test_plain_cgi_knows_its_hosts(tmp_path):
    """An unknown host is refused there too."""
    answer = gatehouse(
        tmp_path / "state", GATEWAY_INTERFACE="CGI/1.1", REQUEST_METHOD="GET", REQUEST_URI="/sign-in",
        HTTP_HOST="evil.example", SERVER_NAME="evil.example", REQUEST_SCHEME="http",
    )
    assert answer.stdout.startswith("Status: 421")
    assert "evil" not in answer.stdout


def test_the_first_administrator_outside_practice_mode(tmp_path):
    """An empty installation has nobody; the command line makes its first administrator, with a password of some length."""
    state, region = tmp_path / "state", {"GATEHOUSE_REGION_EU": "https://eu.example.com"}
    assert json.loads(gatehouse(state, "user", "list", "--json", practice=False, **region).stdout) == []
    short = gatehouse(state, "user", "create", "boss@example.com", "--admin", practice=False, typed="short\n", **region)
    assert short.returncode == 1 and "at least 12 characters" in short.stderr
    made = gatehouse(state, "user", "create", "Boss@example.com", "--admin", practice=False, typed="correct horse battery\n", **region)
    assert made.returncode == 0, made.stderr
    twice = gatehouse(state, "user", "create", "boss@example.com", "--admin", practice=False, typed="correct horse battery\n", **region)
    assert twice.returncode == 1 and "already" in twice.stderr
    users = json.loads(gatehouse(state, "user", "list", "--json", practice=False, **region).stdout)
    assert [(user["email"], user["role"]) for user in users] == [("boss@example.com", "portal-administrator")]


def test_the_state_folder_is_for_its_owner_only(tmp_path):
    """Database, journal and key can be read by nobody else."""
    gatehouse(tmp_path / "state", "migrate")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "state").iterdir()}
    assert "vault.key" in modes and "gatehouse.sqlite" in modes
    assert all(mode == 0o600 for mode in modes.values()), modes


def test_plugins_and_routes_are_listed(tmp_path):
    """What is compiled in with its abilities, and every route with the permission that it needs."""
    plugins = json.loads(gatehouse(tmp_path / "state", "plugin", "list", "--json").stdout)
    assert all(plugin["abilities"] for plugin in plugins)
    routes = json.loads(gatehouse(tmp_path / "state", "routes", "--json").stdout)
    assert {"method": "GET", "path": "/sign-in", "permission": "public"} in routes
    assert all(route["permission"] for route in routes)


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"GATEHOUSE_WORKERS": "x", "GATEHOUSE_COLOUR": "red"}, ["GATEHOUSE_WORKERS", "GATEHOUSE_COLOUR: there is no such setting"]),
        ({"GATEHOUSE_REGION_EU": "https://eu.example.com"}, ["runs on this machine only"]),
    ],
)
def test_every_wrong_setting_is_told_at_once(tmp_path, settings, words):
    """It does not start, and says why."""
    refused = gatehouse(tmp_path / "state", "migrate", **settings)
    assert refused.returncode == 1
    assert all(word in refused.stderr for word in words), refused.stderr


def test_serving_without_a_socket_is_one_clear_line(tmp_path):
    """It says what is missing and ends, without a dump."""
    refused = gatehouse(tmp_path / "state", "serve")
    assert refused.returncode == 1
    assert "There is no listening socket on file descriptor 0" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1, refused.stderr


def test_a_state_folder_in_use_is_one_clear_line(portal):
    """A second process on the same folder is refused."""
    refused = gatehouse(portal.state, "migrate")
    assert refused.returncode == 1
    assert "is in use by another gatehouse process" in refused.stderr


def test_a_practice_folder_is_not_used_for_real_work(tmp_path):
    """The demo accounts have a well-known password."""
    assert gatehouse(tmp_path / "state", "migrate").returncode == 0
    refused = gatehouse(tmp_path / "state", "migrate", practice=False, GATEHOUSE_REGION_EU="https://eu.example.com")
    assert refused.returncode == 1
    assert "made in practice mode" in refused.stderr


# A running portal, by its admin socket.


def by_command(portal, *arguments, typed=""):
    """A command beside a portal that script/server runs."""
    environment = {key: value for key, value in portal.environment().items() if key.startswith("GATEHOUSE_")}
    return gatehouse(portal.state, *arguments, typed=typed, **environment)


def test_commands_reach_a_portal_that_serves(another_portal, browser_context):
    """An administrator made, somebody disabled, sessions ended: at the next request, without a restart; and audited."""
    process = another_portal.portal_pid()
    support = browser_context().new_page()
    sign_in(support, another_portal.eu, "support@acme.example")
    assert support.goto(f"{another_portal.eu}/tenants").status == 200
    done = by_command(another_portal, "user", "disable", "support@acme.example")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    support.goto(f"{another_portal.eu}/tenants")
    assert "/sign-in" in support.url
    made = by_command(another_portal, "user", "create", "second@example.com", "--admin", typed="correct horse battery\n")
    assert made.returncode == 0, made.stderr
    listed = json.loads(by_command(another_portal, "user", "list", "--json").stdout)
    assert {user["email"]: user["isDisabled"] for user in listed}["support@acme.example"] is True
    assert "second@example.com" in [user["email"] for user in listed]
    ended = by_command(another_portal, "user", "end-sessions", "--all")
    assert ended.returncode == 0
    lines = [json.loads(line) for line in by_command(another_portal, "audit", "export").stdout.splitlines()]
    assert {"user.disable", "user.create", "session.end-all"} <= {line["action"] for line in lines if line["actor"] == "command line"}
    assert another_portal.portal_pid() == process
    assert stat.S_IMODE((another_portal.state / "admin.sock").stat().st_mode) == 0o600


def test_a_switch_by_command_holds_at_once(another_portal):
    """Off when the command returns; on again; the exit code of what is not there is 1."""
    [plugin] = json.loads(by_command(another_portal, "plugin", "list", "--json").stdout)[:1]
    assert by_command(another_portal, "plugin", "disable", plugin["id"]).returncode == 0
    assert another_portal.sqlite("SELECT enabled FROM plugin WHERE id = ?", plugin["id"]) == [{"enabled": 0}]
    assert by_command(another_portal, "plugin", "enable", plugin["id"]).returncode == 0
    assert json.loads(by_command(another_portal, "plugin", "list", "--json").stdout)[0]["enabled"] is True
    nothing = by_command(another_portal, "plugin", "enable", "nothing")
    assert nothing.returncode == 1 and "gatehouse plugin list" in nothing.stderr


def test_commands_work_while_the_portal_is_killed_and_afterwards(another_portal):
    """A kill -9 takes no command down for good: each is answered by the next portal, or carried out without one."""
    for _ in range(3):
        time.sleep(1.2)
        os.kill(another_portal.portal_pid(), signal.SIGKILL)
        listed = by_command(another_portal, "broker", "list", "--json")
        assert listed.returncode == 0, listed.stderr
        assert {broker["id"] for broker in json.loads(listed.stdout)} >= {"broker-acme", "broker-liberty"}
    another_portal.stop()
    alone = by_command(another_portal, "broker", "list")
    assert alone.returncode == 0 and "broker-acme" in alone.stdout


def test_a_backup_under_load_is_restored_elsewhere(another_portal, tmp_path):
    """check 90: taken while requests write, verified, for its owner only; the portal runs on it in another folder."""
    file = tmp_path / "night.backup"
    with Load(another_portal, "/sign-in", rate=100) as load:
        for number in range(3):
            by_command(another_portal, "user", "disable", "billing@acme.example")
            by_command(another_portal, "user", "enable", "billing@acme.example")
            taken = by_command(another_portal, "backup", str(file), *(["--replace"] if number else []), "--json")
            assert taken.returncode == 0, taken.stderr
    assert set(load.results) == {200}, load.results
    manifest = json.loads(taken.stdout)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and not list(tmp_path.glob("*.partial"))
    assert not list(another_portal.state.glob("copy-*"))
    refused = by_command(another_portal, "backup", str(file))
    assert refused.returncode == 1 and "--replace" in refused.stderr

    elsewhere = tmp_path / "elsewhere"
    keyless = gatehouse(elsewhere, "restore", str(file))
    assert keyless.returncode == 1 and "vault.key is missing" in keyless.stderr
    shutil.copy(another_portal.state / "vault.key", elsewhere / "vault.key")
    restored = gatehouse(elsewhere, "restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert "Everybody signs in again" in restored.stdout
    with contextlib.closing(sqlite3.connect(f"file:{elsewhere}/gatehouse.sqlite?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT COUNT(*) FROM session").fetchone() == (0,)
        assert database.execute("SELECT COUNT(*) FROM audit").fetchone()[0] == manifest["auditLines"]
    again = gatehouse(elsewhere, "restore", str(file))
    assert again.returncode == 1 and "--replace" in again.stderr
    copy = Portal(elsewhere)
    copy.start()
    try:
        assert copy.get("/sign-in").status == 200
        assert by_command(copy, "user", "list").returncode == 0
        assert [row["actor"] for row in copy.sqlite("SELECT actor FROM audit WHERE action = 'backup.restore'")] == ["command line"]
        running = by_command(copy, "restore", str(file), "--replace")
        assert running.returncode == 1 and "Stop it first" in running.stderr
    finally:
        copy.stop()


def test_the_doctor_judges_each_part(another_portal, tmp_path):
    """ok, warning or problem with what to do; nginx is asked, and what arrives is compared; the exit code tells."""
    found = by_command(another_portal, "doctor", "--json")
    lines = {line["about"]: line for line in json.loads(found.stdout)}
    assert found.returncode == (1 if any(line["verdict"] == "problem" for line in lines.values()) else 0)
    for part in ["Settings", "State folder", "Key file", "Disk", "libfcgi", "Database", "Jobs", "Vault", "Portal"]:
        assert lines[part]["verdict"] == "ok", lines[part]
    web = [line for about, line in lines.items() if about.startswith("Web server")]
    assert len(web) == 2 and all(line["verdict"] == "ok" for line in web), web
    assert all(line["next"] for line in lines.values() if line["verdict"] == "problem")

    production = by_command(another_portal, "doctor", "--production")
    assert production.returncode == 1
    assert re.search(r"^problem +Demo accounts: \d+ with a password", production.stdout, re.M)
    assert re.search(r"^problem +Restore: nobody has noted", production.stdout, re.M)
    assert by_command(another_portal, "doctor", "--tick", "restore").returncode == 0
    assert re.search(r"^ok +Restore: ", by_command(another_portal, "doctor", "--production").stdout, re.M)

    os.chmod(another_portal.state, 0o755)
    loose = by_command(another_portal, "doctor")
    assert loose.returncode == 1 and "Run: chmod 700" in loose.stdout
    os.chmod(another_portal.state, 0o700)
    wrong = gatehouse(tmp_path / "none", "doctor", "--settings", GATEHOUSE_WORKERS="x")
    assert wrong.returncode == 1 and "GATEHOUSE_WORKERS" in wrong.stderr
    assert gatehouse(tmp_path / "none", "doctor", "--settings").returncode == 0
    assert not (tmp_path / "none").exists(), "looking at the settings opens nothing"


def test_the_doctor_finds_a_web_server_with_bare_parameters(tmp_path):
    """nginx that leaves out where a request comes from, or says another name than its own, is found out."""
    portal = Portal(tmp_path / "state")
    portal.start()
    try:
        config = portal.state / "nginx.conf"
        shipped = config.read_text()
        for changed, words in [
            (re.sub(r"fastcgi_param REMOTE_ADDR .*\n", "", shipped), "REMOTE_ADDR is missing"),
            (shipped.replace("SERVER_NAME       $host", "SERVER_NAME other.localhost"), "does not lead here: it answers 421"),
        ]:
            assert changed != shipped
            config.write_text(changed)
            os.kill(portal.part("nginx"), signal.SIGHUP)
            wait_until(lambda words=words: words in by_command(portal, "doctor").stdout, 10, f"the doctor sees it: {words}")
            assert by_command(portal, "doctor").returncode == 1
    finally:
        portal.stop()


@pytest.mark.parametrize(
    "command",
    [
        [], ["serve"], ["migrate"], ["doctor"], ["user"], ["user", "create"], ["user", "list"], ["user", "sign-in-link"],
        ["user", "disable"], ["user", "enable"], ["user", "end-sessions"], ["user", "reset-second-factor"], ["broker", "list"], ["sso", "show"], ["sso", "suspend"], ["sso", "restore"],
        ["plugin", "list"], ["plugin", "enable"], ["plugin", "disable"], ["job", "list"], ["job", "retry"], ["job", "cancel"],
        ["job", "release"], ["audit", "export"], ["audit", "verify"], ["mail", "bounce"], ["backup"], ["restore"], ["metrics"], ["routes"], ["version"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_explains_itself(tmp_path, command):
    """--help says what it does; a word that it does not know is exit code 64."""
    told = gatehouse(tmp_path / "state", *command, "--help")
    assert told.returncode == 0 and "OVERVIEW" in told.stdout and "USAGE" in told.stdout
    assert gatehouse(tmp_path / "state", *command, "--nonsense").returncode == 64
