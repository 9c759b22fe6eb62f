"""The files in deploy/: units that systemd takes, and an installer that puts everything in its place."""

import os
import re
import shutil
import subprocess

import pytest

from support.portal import ROOT

UNITS = ROOT / "deploy/systemd"

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")


@needs_systemd
def test_systemd_takes_the_units(tmp_path):
    """No unknown setting, no wrong value; the programs that they name are the only thing that is missing here."""
    done = subprocess.run(["systemd-analyze", "verify", *UNITS.iterdir()], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "gatehouse" in line and "is not executable" not in line]
    assert complaints == [], done.stderr


@needs_systemd
@pytest.mark.parametrize("unit, most", [("gatehouse.service", 2.0), ("gatehouse-backup.service", 2.5)])
def test_the_services_may_do_little(unit, most):
    """systemd's own judgement: exposure from 0 to 10."""
    command = ["systemd-analyze", "security", "--offline=true", f"--root={ROOT}", str(UNITS / unit)]
    done = subprocess.run([*command[:3], command[4]], capture_output=True, text=True)
    score = float(re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout).group(1))
    print(f"{unit}: {score}")
    assert score <= most


def test_the_units_hold_what_restarts_need():
    """A held socket that is never flushed, a start after every end, settings looked at before a reload, no core dumps."""
    socket = (UNITS / "gatehouse.socket").read_text()
    service = (UNITS / "gatehouse.service").read_text()
    assert "Backlog=511" in socket and "SocketMode=0660" in socket and "FlushPending" not in socket
    for line in ["StandardInput=socket", "Restart=always", "StartLimitIntervalSec=0", "LimitCORE=0", "UMask=0077", "NoNewPrivileges=yes"]:
        assert line in service.splitlines(), line
    reloads = re.findall(r"^ExecReload=(.*)$", service, re.M)
    assert "doctor --settings" in reloads[0] and "kill -TERM" in reloads[1]


def test_the_installer_puts_everything_in_its_place(tmp_path):
    """And again over itself: the program and www/ are replaced, settings and the metrics' token stay."""
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho one\n")
    program.chmod(0o755)
    root = tmp_path / "root"
    install = [ROOT / "deploy/install", program]
    subprocess.run(install, check=True, env=os.environ | {"DESTDIR": str(root)}, capture_output=True)
    token = (root / "etc/gatehouse/metrics.token").read_text()
    assert len(token) > 40 and (root / "etc/gatehouse/metrics.token").stat().st_mode & 0o007 == 0
    assert (root / "usr/local/share/gatehouse/www/errors/502.html").exists()
    assert {path.name for path in (root / "etc/systemd/system").iterdir()} == {path.name for path in UNITS.iterdir()}
    (root / "etc/gatehouse/gatehouse.conf").write_text("GATEHOUSE_STATE=/elsewhere\n")
    program.write_text("#!/bin/sh\necho two\n")
    subprocess.run(install, check=True, env=os.environ | {"DESTDIR": str(root)}, capture_output=True)
    assert "two" in (root / "usr/local/lib/gatehouse/gatehouse").read_text()
    assert (root / "etc/gatehouse/gatehouse.conf").read_text() == "GATEHOUSE_STATE=/elsewhere\n"
    assert (root / "etc/gatehouse/metrics.token").read_text() == token
    missing = subprocess.run([ROOT / "deploy/install", tmp_path / "none"], capture_output=True, text=True)
    assert missing.returncode == 1 and "swift build" in missing.stderr


def test_the_sample_settings_are_settings(tmp_path):
    """Every line of the sample, the commented ones too, is known to the program."""
    sample = re.sub(r"^#(?=GATEHOUSE_)", "", (ROOT / "deploy/gatehouse.conf").read_text(), flags=re.M)
    for name in re.findall(r"=(/etc/gatehouse/\S+)", sample):
        (tmp_path / name.rsplit("/", 1)[1]).write_text("a secret of some length")
    (tmp_path / "gatehouse.conf").write_text(sample.replace("/etc/gatehouse/", f"{tmp_path}/"))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GATEHOUSE_")}
    done = subprocess.run(
        [ROOT / ".build/debug/gatehouse", "doctor", "--settings"],
        env=clean | {"GATEHOUSE_CONFIG": str(tmp_path / "gatehouse.conf")}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
