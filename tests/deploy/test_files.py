"""What an office copies out of deploy/: units that systemd takes, an authority that browsers trust, settings."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import textwrap
from pathlib import Path

import pytest

from app.cli.docs import REAL
from tests.office import GUIDE, HOST, ROOT, blocks, clean_environment, settings_of

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
MOST_EXPOSED = 25
"""Tenths of systemd's own measure, 0 to 100: a service without any of these lines has 96."""


@pytest.fixture
def installed(tmp_path: Path) -> list[Path]:
    """The units as they would stand on this machine."""
    (tmp_path / "desk.env").write_text("DESK_MODE=production\n")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/desk-pilkada", str(ROOT))
        text = text.replace("/etc/desk-pilkada", str(tmp_path))
        (tmp_path / unit.name).write_text(re.sub(r"(?m)^(User|Group)=desk$", r"\1=root", text))
    return [tmp_path / unit.name for unit in UNITS]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_takes_the_units(installed: list[Path]):
    done = subprocess.run(
        ["systemd-analyze", "verify", *installed], capture_output=True, text=True, check=False, timeout=60
    )
    about_ours = [line for line in done.stderr.splitlines() if "desk-" in line]
    assert (done.returncode, about_ours) == (0, [])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
@pytest.mark.parametrize("name", [path.name for path in SERVICES])
def test_a_service_can_do_little_but_its_work(installed: list[Path], name: str):
    unit = next(path for path in installed if path.name == name)
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", unit]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd cannot judge a file")
    assert done.returncode == 0, done.stdout[-200:]


def test_what_a_unit_starts_is_there():
    for unit in SERVICES:
        line = re.search(r"^ExecStart=(\S+)", unit.read_text(encoding="utf-8"), re.MULTILINE)
        assert line, unit.name
        assert Path(line[1].replace("/opt/desk-pilkada", str(ROOT))).exists(), line[1]


def test_no_service_may_write_beside_its_data():
    for unit in SERVICES:
        text = unit.read_text(encoding="utf-8")
        assert "ProtectSystem=strict" in text
        assert "UMask=0077" in text
        (paths,) = re.findall(r"^ReadWritePaths=(.+)$", text, re.MULTILINE)
        assert set(paths.split()) <= {"/var/lib/desk-pilkada", "/var/backups/desk-pilkada"}


def test_a_refused_start_is_not_tried_again():
    from app.starting import EXIT_CODE

    text = (DEPLOY / "systemd" / "desk-web.service").read_text(encoding="utf-8")
    assert f"RestartPreventExitStatus={EXIT_CODE}" in text


def test_the_example_of_settings_and_the_guide_choose_the_same():
    assert settings_of(DEPLOY / "desk.env.example") == REAL
    (told,) = re.findall(r"<<'AKHIR'\n(.*?)\nAKHIR", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert dict(line.split("=", 1) for line in told.splitlines()) == REAL


def test_the_guide_installs_every_file():
    told = "\n".join(commands for _, commands in (*blocks("root"), *blocks("diuji")))
    names = ["systemd/", "nginx/desk.conf", "caddy/Caddyfile", "internal-ca", "flask"]
    assert [name for name in names if f"deploy/{name}" not in told] == []


def shell_blocks() -> list[tuple[str, str]]:
    """(chapter, commands) of every block that the guide's readers type into a shell, root's too."""
    found = []
    for chapter in sorted(GUIDE.parent.glob("*.md")):
        text = chapter.read_text(encoding="utf-8")
        for block in re.findall(r"(?ms)^ *```sh[^\n]*\n(.*?)^ *```$", text):
            found.append((chapter.name, textwrap.dedent(block)))
    return found


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_every_block_of_the_guide_can_be_read_by_a_shell(shell: str):
    """Those that need root are not run by any test; a slip of the pen in them is found here."""
    told = shell_blocks()
    assert len(told) > len(blocks("root")) + len(blocks("diuji"))
    for chapter, commands in told:
        read = subprocess.run([shell, "-n"], input=commands, capture_output=True, text=True, check=False)
        assert (read.returncode, read.stderr) == (0, ""), (chapter, commands)


def test_every_file_that_a_block_takes_from_the_code_is_there():
    named = re.compile(
        r"(?:/opt/desk-pilkada/|(?<![\w/.-]))((?:deploy|scripts|docs|app)/[\w./-]*|requirements[\w.-]*)"
    )
    wanted = {path.rstrip(".") for _, commands in shell_blocks() for path in named.findall(commands)}
    assert {"deploy/flask", "deploy/systemd/desk-backup.timer", "scripts/env.sh"} <= wanted
    assert sorted(path for path in wanted if not (ROOT / path).exists()) == []


def test_every_unit_that_a_block_starts_is_installed_by_one():
    told = "\n".join(commands for _, commands in shell_blocks())
    packages = set(" ".join(re.findall(r"(?m)^apt-get install (.+)$", told)).split())
    verbs = re.compile(r"(?m)^systemctl (?:enable --now|start|stop|status|reload|restart) (.+)$")
    started = {unit for units in verbs.findall(told) for unit in units.split()}
    assert {"desk-web", "desk-backup.timer", "nginx"} <= started
    for unit in started - packages:
        name = unit if "." in unit else f"{unit}.service"
        assert (DEPLOY / "systemd" / name).exists(), unit
        assert f"deploy/systemd/{name} /etc/systemd/system/" in told, unit


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_the_authority_stays_and_its_certificate_is_renewed(tmp_path: Path):
    def make() -> str:
        subprocess.run([DEPLOY / "internal-ca", HOST, tmp_path / "tls"], check=True, capture_output=True)
        return (tmp_path / "tls" / "ca.crt").read_text()

    first, before = make(), (tmp_path / "tls" / "server.crt").read_text()
    assert make() == first
    assert (tmp_path / "tls" / "server.crt").read_text() != before
    for name, mode in (("ca.key", 0o600), ("server.key", 0o600), ("ca.crt", 0o644)):
        assert stat.S_IMODE((tmp_path / "tls" / name).stat().st_mode) == mode
    checked = ["openssl", "verify", "-CAfile", tmp_path / "tls" / "ca.crt", "-verify_hostname", HOST]
    subprocess.run([*checked, tmp_path / "tls" / "server.crt"], check=True, capture_output=True)


SAYS = '#!/bin/sh\nprintf \'%s|\' "$DESK_MODE" "$DESK_DATABASE_URL" "$DESK_HOSTS" "$PWD" "$@"\n'


def test_a_command_has_the_settings_of_the_service_read_as_systemd_reads_them(tmp_path: Path):
    home = tmp_path / "opt"
    (home / "deploy").mkdir(parents=True)
    (home / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(DEPLOY / "flask", home / "deploy")
    (home / ".venv" / "bin" / "flask").write_text(SAYS)
    (home / ".venv" / "bin" / "flask").chmod(0o700)
    settings = tmp_path / "desk.env"
    settings.write_text(
        '# pengaturan\n\n;lain\nDESK_MODE="production"\nDESK_DATABASE_URL=postgresql+psycopg://d:a$b&c@h/d?x=1\n'
        "bukan pengaturan\nDESK_HOSTS='a.internal'"
    )
    done = subprocess.run(
        [home / "deploy" / "flask", "people", "add", "a b"],
        env=clean_environment() | {"DESK_ENV_FILE": str(settings)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("|")[:3] == ["production", "postgresql+psycopg://d:a$b&c@h/d?x=1", "a.internal"]
    assert done.stdout.split("|")[3:] == [str(home), "--app", "wsgi", "people", "add", "a b", ""]


def test_a_command_without_settings_says_whose_they_are(tmp_path: Path):
    done = subprocess.run(
        [DEPLOY / "flask", "desk", "doctor"],
        env=clean_environment() | {"DESK_ENV_FILE": str(tmp_path / "tidak-ada")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Jalankan sebagai akun layanan: sudo -u desk" in done.stderr
