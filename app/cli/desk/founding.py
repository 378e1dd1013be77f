"""`flask desk init`: from an empty data directory to a desk whose first admin can sign in."""

from __future__ import annotations

from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import OperationalError

from app import data
from app.cli.checklists import expect, load_library
from app.cli.desk import plan as plans
from app.cli.desk.asking import Asking
from app.cli.desk.plan import Plan
from app.cli.edge import IsoDate, NotDone, deed
from app.cli.migrations import prepare
from app.cli.regions import SOURCE_VERSION, load_tree, shipped
from app.cli.stages import OF_2024, last_day, steps_of_2024
from app.domain import accounts, reports, stages
from app.extensions import db
from app.words import angka
from config import Settings


@click.command("init")
@click.option("--province", help="Kode provinsi, misalnya 65.")
@click.option("--timezone", help="WIB, WITA, atau WIT; hanya untuk memastikan, zona mengikuti provinsi.")
@click.option("--name", help="Nama pemilihan, misalnya 'Pemilihan Serentak 2029'.")
@click.option("--code", help="Kode pendek pemilihan; bawaan: pilkada-TAHUN.")
@click.option(
    "--voting-day",
    type=IsoDate(),
    multiple=True,
    help="Hari pemungutan suara; disebut dua kali bila sudah lewat atau lebih dari 10 tahun lagi.",
)
@click.option("--in-use-from", type=IsoDate(), help="Hari desk mulai mencatat; bawaan: hari ini.")
@click.option("--races", help="Wilayah yang memilih, kode dipisah koma; bawaan: semua.")
@click.option("--admin", help="Nama akun admin pertama.")
@click.option("--admin-name", help="Nama orangnya.")
@click.option("--admin-document", default="", help="Nomor surat penugasannya.")
@click.option("--password", help="Kata sandi admin; lebih baik tidak di sini: kosong berarti ditanyakan.")
@click.option("--yes", is_flag=True, help="Jangan bertanya: yang tidak disebut memakai bawaannya.")
@with_appcontext
def init(yes: bool, **given: Any) -> None:
    """Siapkan desk yang sungguhan: wilayah, pustaka, pemilihan, isian, dan admin pertama.

    Semua jawaban diperiksa sebelum ada yang ditulis. Menolak bila desk sudah ada; bila terputus di tengah,
    boleh diulang.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    _refuse_unless_new(app)
    asking = Asking(silent=yes)
    plan = read_plan(asking, given)
    click.echo("\n".join(plans.summary(plan)))
    if not asking.agrees("Siapkan desk ini?"):
        raise NotDone("Tidak ada yang ditulis.")
    _migrate(app)
    with deed():
        made = found(plan)
    click.echo(f"Desk {plan.province.name} siap: {angka(made)} isian menunggu.")
    if plan.is_generated:
        click.echo(f"Kata sandi sementara {plan.username}: {plan.password}")
        click.echo("Catat sekarang: tidak ditampilkan lagi, dan harus diganti saat masuk pertama.")
    click.echo("Langkah berikutnya: flask desk doctor, lalu jalankan server dan pekerja.")


def read_plan(asking: Asking, given: dict[str, Any]) -> Plan:
    """Ask for what was not given and check all of it. Raises NotDone."""
    province = asking.about(
        "Kode provinsi (misalnya 65)", "--province", given["province"], plans.read_province
    )
    asking.about(
        f"Zona waktu {province.name}",
        "--timezone",
        given["timezone"],
        lambda text: plans.read_zone(text, province),
        default=province.zone,
    )
    day = asking.about(
        "Hari pemungutan suara (TTTT-BB-HH)",
        "--voting-day",
        given["voting_day"] or None,
        lambda said: plans.read_voting_day(said, province.today),
    )
    name = asking.about(
        "Nama pemilihan",
        "--name",
        given["name"],
        lambda text: plans.read_name(text, 160),
        default=f"Pemilihan Serentak {day.year}",
    )
    code = asking.about(
        "Kode pemilihan", "--code", given["code"], plans.read_code, default=f"pilkada-{day.year}"
    )
    start = asking.about(
        "Mulai mencatat di sini",
        "--in-use-from",
        given["in_use_from"],
        lambda text: plans.read_start(text, day),
        default=min(province.today, last_day(day)).isoformat(),
    )
    desks = asking.about(
        "Wilayah yang memilih",
        "--races",
        given["races"],
        lambda text: plans.read_desks(text, province),
        default=plans.EVERYWHERE,
    )
    username = asking.about("Nama akun admin pertama", "--admin", given["admin"], plans.read_username)
    person = asking.about(
        "Nama orangnya", "--admin-name", given["admin_name"], lambda text: plans.read_name(text, 120)
    )
    password = _password(asking, given["password"], username)
    return Plan(
        province=province,
        code=code,
        name=name,
        voting_day=day,
        in_use_from=start,
        desks=desks,
        username=username,
        person=person,
        document=given["admin_document"],
        password=password or accounts.temporary_password(username),
        is_generated=password is None,
    )


def _password(asking: Asking, given: str | None, username: str) -> str | None:
    def read(text: str) -> str:
        return plans.read_password(text, username)

    if given is not None:
        return asking.about("Kata sandi", "--password", given, read)
    return asking.secret("Kata sandi admin (kosong: dibuat acak)", read)


def _refuse_unless_new(app: Flask) -> None:
    """Raise NotDone unless this is a place for a real desk and none is there yet."""
    settings: Settings = app.config["SETTINGS"]
    if settings.mode == "demo":
        raise NotDone(
            "Tetapkan DESK_MODE=production dahulu; desk yang sungguhan tidak dibuat dalam mode demo."
        )
    if (settings.data_dir / "clock.json").exists():
        raise NotDone(f"{settings.data_dir} berisi hari simulasi sebuah demo. Pilih DESK_DATA yang kosong.")
    try:
        there = inspect(db.engine).has_table("account")
        people = db.session.scalar(select(func.count()).select_from(accounts.Account)) if there else 0
        held = stages.elections() if there else []
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise NotDone(
            f"Basis data tidak dapat dihubungi: {reason}. Periksa DESK_DATABASE_URL dan apakah servernya berjalan."
        ) from None
    db.session.rollback()
    if people or held:
        names = f", pemilihan {held[0].name}" if held else ""
        raise NotDone(
            f"Desk sudah ada di sini: {angka(people or 0)} akun{names}. Masuklah sebagai adminnya, atau pilih "
            "DESK_DATA (dan DESK_DATABASE_URL) yang masih kosong."
        )


def _migrate(app: Flask) -> None:
    from flask_migrate import upgrade

    prepare(app)
    click.echo("Menyiapkan tabel ...")
    upgrade()
    click.echo("Memuat wilayah, pustaka, dan isian ...")


def found(plan: Plan) -> int:
    """Write all of the desk into a migrated, empty database; commits nothing. Returns the number of entries."""
    for scope in plan.scopes:
        load_tree(shipped(scope), SOURCE_VERSION, scope)
    load_library()
    election = stages.create_election(plan.code, plan.name, plan.voting_day, in_use_from=plan.in_use_from)
    stages.load_stages(election, data.rows("app_stages.csv"))
    if plan.voting_day == OF_2024:
        stages.load_steps(election, steps_of_2024())
    stages.add_unknown(stages.days_from_rows(data.rows("libur.csv")), by=None)
    stages.load_races(election, ((desk.code, desk.kind) for desk in plan.desks))
    made = expect((plan.province.code,))
    reports.expect(election, since=plan.in_use_from)
    admin = accounts.create_account(plan.username, plan.person, plan.password, must_change=plan.is_generated)
    accounts.appoint(
        admin.id,
        accounts.Role.ADMIN,
        plan.province.code,
        starts_on=min(plan.in_use_from, plan.province.today),
        document=plan.document,
    )
    return made
