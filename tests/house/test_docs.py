"""The documents tell the truth: their commands, paths, links, names and tables are those of the code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask

from app.cli import docs as generated
from tests import cast
from tests.house.tree import ROOT, texts

MARKDOWN = {path: text for path, text in texts() if path.endswith(".md") and not path.startswith("app/")}
TOLD = [path for path in MARKDOWN if path != "CHANGELOG.md"]


def code_of(text: str) -> Iterator[str]:
    """Every line of a fenced block and every stretch of `code` in a document."""
    outside = []
    for number, part in enumerate(re.split(r"^```.*$", text, flags=re.MULTILINE)):
        if number % 2:
            yield from part.splitlines()
        else:
            outside.append(part)
    for stretch in re.findall(r"`([^`]+)`", "\n".join(outside)):
        yield " ".join(stretch.split())


def said(pattern: str) -> list[tuple[str, str]]:
    """(document, match) for what the code of any document says."""
    return [
        (path, found)
        for path, text in MARKDOWN.items()
        for line in code_of(text)
        for found in re.findall(pattern, line)
    ]


# --- Commands -----------------------------------------------------------------------------------------------


def resolved(app: Flask, words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that these words name, and what is left of them. Raises AssertionError where there is none."""
    command: click.Command = app.cli
    left = list(words)
    context = click.Context(command)
    while isinstance(command, click.Group) and left and re.fullmatch(r"[a-z][a-z-]*", left[0]):
        found = command.get_command(context, left[0])
        assert found is not None, f"there is no command `flask {' '.join(words)}`"
        command, context = found, click.Context(found)
        left.pop(0)
    return command, left


@pytest.mark.one_database
def test_every_flask_command_in_the_documents_exists_with_its_options(app: Flask):
    commands = said(r"(?:^|\s)flask ((?!di\b)[a-z].*)$")
    assert len(commands) > 20
    for path, line in commands:
        words = line.split("#")[0].split()
        command, left = resolved(app, words)
        known = {option for parameter in command.params for option in parameter.opts}
        used = [word for word in left if word.startswith("--") and word not in ("--help", "--check")]
        assert [option for option in used if option not in known] == [], (path, line)


@pytest.mark.one_database
def test_every_command_of_the_desk_explains_itself(app: Flask):
    ours = (
        "audit",
        "cadangan",
        "checklists",
        "demo",
        "desk",
        "docs",
        "evidence",
        "kerawanan",
        "library",
        "pemilihan",
        "people",
        "progress",
    )
    groups = [app.cli.get_command(click.Context(app.cli), name) for name in (*ours, "wilayah")]
    assert None not in groups
    for group in groups:
        assert isinstance(group, click.Group)
        for name in group.commands:
            answer = app.test_cli_runner().invoke(args=[str(group.name), name, "--help"])
            assert answer.exit_code == 0, (group.name, name)


@pytest.mark.one_database
def test_the_guide_for_admins_names_every_command_of_the_desk(app: Flask):
    told = MARKDOWN["docs/panduan/06-admin.md"] + MARKDOWN["docs/map.md"] + MARKDOWN["CONTRIBUTING.md"]
    flasks_own = {"db", "routes", "run", "shell"}
    names = []
    context = click.Context(app.cli)
    for name in app.cli.list_commands(context):
        if name not in flasks_own:
            command = app.cli.get_command(context, name)
            parts = command.commands if isinstance(command, click.Group) else [""]
            names += [f"flask {name} {part}".strip() for part in parts]
    assert len(names) > 20
    assert [name for name in names if name not in told] == []


def test_every_make_command_in_the_documents_exists():
    targets = set(
        re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = said(r"(?:^|\s)make ([a-z][a-z-]*)")
    assert len(named) > 5
    assert [(path, word) for path, word in named if word not in targets] == []


# --- Names --------------------------------------------------------------------------------------------------


def test_every_path_in_the_documents_exists():
    absent = []
    for path in TOLD:
        for code in code_of(MARKDOWN[path]):
            for name in re.findall(
                r"(?:app|tests|scripts|docs|migrations|bench)/[\w./-]*\w(?![\w*<{-])", code
            ):
                if not (ROOT / name).exists() and "NNNN" not in name:
                    absent.append((path, name))
    assert absent == []


def test_every_link_between_documents_resolves():
    broken = []
    for path, text in MARKDOWN.items():
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            name, _, anchor = target.partition("#")
            if "://" in name:
                continue
            place = ((ROOT / path).parent / name).resolve() if name else ROOT / path
            if not place.exists() or (anchor and anchor not in anchors(place)):
                broken.append((path, target))
    assert broken == []


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as its hosts make them."""
    heads = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_map_shows_every_room_and_every_table(session: Any):
    from tests.tables import every_table

    told = MARKDOWN["docs/map.md"]
    rooms = [p.name for p in (ROOT / "app" / "domain").iterdir() if (p / "__init__.py").exists()]
    files = [p.name for p in (ROOT / "app" / "domain").glob("*.py") if p.name != "__init__.py"]
    doors = [p.name for p in (ROOT / "app" / "blueprints").iterdir() if (p / "__init__.py").exists()]
    own = {"job", "worker_beat", "submission"}  # tables of files beside the rooms
    tables = [table.name for table in every_table() if table.name not in own]
    assert [name for name in (*rooms, *files, *doors, *tables) if f"`{name}`" not in told] == []


def test_the_map_shows_every_floor():
    told = MARKDOWN["docs/map.md"]
    floors = [p.name for p in (ROOT / "app").iterdir() if (p / "__init__.py").exists() and p.name != "data"]
    floors += [p.name for p in (ROOT / "app").glob("*.py")]
    assert [name for name in floors if f"app/{name}" not in told] == []


def test_a_code_name_of_the_glossary_exists():
    source = "\n".join(
        text
        for path, text in texts()
        if path.startswith("app/") and path.endswith((".py", ".html")) and not path.endswith("cli/docs.py")
    )
    ours = MARKDOWN["docs/glossary.md"].split("\n## Words for rooms")[0]
    cells = re.findall(r"^\|[^|]*\| (`[^|]*`) \|", ours, re.MULTILINE)
    names = [name.split(".")[-1] for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    assert len(names) > 60
    words = set(re.findall(r"\w+", source))
    unknown = [name for name in names if name not in words]  # but two words joined by a hyphen are looked for
    assert [name for name in unknown if not re.search(rf"\b{re.escape(name)}\b", source)] == []


def test_the_glossary_knows_every_standing_role_and_way_to_hold_an_office():
    from app.domain import accounts, checklists

    told = MARKDOWN["docs/glossary.md"]
    words = [s.label for s in checklists.Standing] + [r.value for r in accounts.Role]
    words += [s.value for s in accounts.Standing]
    assert [word for word in words if word not in told] == []


def test_a_button_or_place_that_the_guide_names_in_bold_is_in_the_application():
    shown = " ".join(text for path, text in texts() if path.startswith("app/") and not path.endswith(".csv"))
    shown = " ".join(shown.split()).lower()
    named = {
        (path, words)
        for path, text in MARKDOWN.items()
        if path.startswith("docs/panduan/")
        for words in re.findall(r"\*\*([^*]+)\*\*", " ".join(text.split()))
    }
    assert len(named) > 30
    assert sorted((path, words) for path, words in named if words.lower() not in shown) == []


def test_the_accounts_of_the_readme_are_in_the_demo(session: Any):
    told = re.findall(r"^\| `([a-z]+\.[a-z]+)` \|", MARKDOWN["README.md"], re.MULTILINE)
    assert len(told) == 5
    for username in told:
        assert cast.person(username).appointments, username


# --- What the code writes -----------------------------------------------------------------------------------


@pytest.mark.one_database
@pytest.mark.parametrize("name", sorted(generated.PAGES))
def test_a_generated_page_is_what_the_code_says(app: Flask, name: str):
    answer = app.test_cli_runner().invoke(args=["docs", name, "--check"])
    assert answer.exit_code == 0, answer.output


@pytest.mark.one_database
def test_a_page_that_lags_behind_is_told_and_written(app: Flask, tmp_path: Path, monkeypatch: Any):
    monkeypatch.setattr(generated, "path_of", lambda name: tmp_path / f"{name}.md")
    run = app.test_cli_runner().invoke
    (tmp_path / "settings.md").write_text("# Lama\n")
    assert run(args=["docs", "settings", "--check"]).exit_code == 1
    assert (tmp_path / "settings.md").read_text() == "# Lama\n"
    assert run(args=["docs", "settings"]).exit_code == 0
    assert run(args=["docs", "settings", "--check"]).exit_code == 0


@pytest.mark.one_database
def test_every_address_says_who_may_come_in(app: Flask):
    with app.app_context():
        assert "NOT SAID" not in generated.permissions_page()


def test_every_variable_that_is_read_is_told():
    readers = [ROOT / "config.py", ROOT / "gunicorn.conf.py", *(ROOT / "scripts").glob("*.py")]
    readers += [*(ROOT / "scripts").glob("*.sh"), ROOT / "Makefile"]
    read = {
        name
        for reader in readers
        for name in re.findall(r"\b(DESK_[A-Z_]+|PORT)\b", reader.read_text(encoding="utf-8"))
    }
    told = MARKDOWN["docs/settings.md"] + MARKDOWN["CONTRIBUTING.md"]
    assert sorted(name for name in read if f"`{name}`" not in told) == []


# --- Decisions, changes -------------------------------------------------------------------------------------


def decisions() -> list[str]:
    return sorted(path for path in MARKDOWN if path.startswith("docs/decisions/"))


def test_decisions_are_numbered_without_gaps():
    numbers = [int(Path(path).name[:4]) for path in decisions()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", decisions())
def test_a_decision_has_a_context_a_choice_and_a_price(path: str):
    text = MARKDOWN[path]
    assert text.startswith(f"# {Path(path).name[:4]} ")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Choice", "Price"]
    assert len(text.splitlines()) <= 18


def test_a_decision_that_is_cited_exists():
    known = {Path(path).name[:4] for path in decisions()}
    cited = {
        (path, number)
        for path, text in texts()
        for number in re.findall(r"decisions/(\d{4})\b", text)
        if path != "tests/house/test_docs.py"
    }
    assert {(path, number) for path, number in cited if number not in known} == set()


def test_the_version_is_one():
    from app.web.context import VERSION

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert VERSION in MARKDOWN["CHANGELOG.md"]
