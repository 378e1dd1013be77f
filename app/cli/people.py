"""`flask people`: accounts and appointments, for the first admin and for whoever has only a terminal."""

from __future__ import annotations

import datetime as dt
import secrets

import click
from flask import Flask
from flask.cli import AppGroup

from app.cli.edge import IsoDate, deed
from app.domain import accounts, checklists, clock, regions
from app.domain.accounts import Role, Standing
from app.domain.errors import Invalid, NotFound

group = AppGroup("people", help="Akun dan penugasan.")


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(group)


def _person(username: str) -> accounts.Person:
    person = accounts.person_of(username)
    if person is None:
        raise NotFound(f"Akun {username} tidak ada.")
    return person


def _account_id(username: str) -> int:
    return _person(username).id


def _refuse_namesake(username: str, name: str) -> None:
    if username:
        raise Invalid(
            f"{name} mungkin sudah mempunyai akun {username}. Bila orangnya sama, pakai akun itu; bila orang lain, "
            "ulangi dengan --beda-orang."
        )


IS_OTHER = click.option("--beda-orang", "is_other", is_flag=True, help="Orang lain dengan nama yang sama.")


def _today(region_code: str) -> dt.date:
    return clock.today(regions.zone_of(region_code))


def _say_password(password: str, given: str | None) -> None:
    if given is None:
        click.echo(f"Kata sandi sementara: {password}  (harus diganti saat masuk pertama)")


@group.command("add")
@click.argument("username")
@click.argument("name")
@click.option("--password", help="Kata sandi sementara; kosong: dibuat acak dan ditampilkan sekali.")
@IS_OTHER
def add(username: str, name: str, password: str | None, is_other: bool) -> None:
    """Buat akun tanpa hak; hak datang dari penugasan (flask people appoint)."""
    temporary = password or secrets.token_urlsafe(12)
    with deed():
        namesake = "" if is_other else accounts.namesakes.anybody_called(name)
        accounts.create_account(username, name, temporary, must_change=True)
        _refuse_namesake(namesake, name)
    click.echo(f"Akun {username} dibuat.")
    _say_password(temporary, password)


@group.command("appoint")
@click.argument("username")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.argument("region")
@click.option("--unit", "unit_code", help="Kode perangkat daerah (lihat flask people units).")
@click.option("--area", "areas", multiple=True, help="Bidang, misalnya LOG; boleh berulang. Kosong: semua.")
@click.option(
    "--standing",
    type=click.Choice([standing.value for standing in Standing]),
    default=Standing.DEFINITIVE.value,
    show_default=True,
)
@click.option("--position", default="", help="Jabatan seperti pada blok tanda tangan.")
@click.option("--rank", default="", help="Pangkat/golongan.")
@click.option("--nip", default="", help="NIP, 18 angka.")
@click.option("--signs", is_flag=True, help="Menandatangani laporan desk ini.")
@click.option("--on-behalf-of", default="", help="Jabatan yang diatasnamakan (a.n.).")
@click.option("--through", default="", help="Jabatan di antaranya (u.b.); hanya bersama --on-behalf-of.")
@click.option("--from", "starts_on", type=IsoDate(), help="Hari mulai; kosong: hari ini.")
@click.option("--until", "ends_on", type=IsoDate(), help="Hari terakhir; kosong: sampai diakhiri.")
@click.option("--document", default="", help="Nomor surat penugasan.")
@IS_OTHER
def appoint(
    username: str,
    role: str,
    region: str,
    unit_code: str | None,
    areas: tuple[str, ...],
    standing: str,
    position: str,
    rank: str,
    nip: str,
    signs: bool,
    on_behalf_of: str,
    through: str,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    document: str,
    is_other: bool,
) -> None:
    """Beri penugasan bertanggal: peran di wilayah, boleh terbatas pada satu perangkat daerah dan bidang."""
    with deed():
        unknown = set(areas) - set(checklists.AREAS)
        if unknown:
            raise Invalid(f"Bidang {', '.join(sorted(unknown))} tidak ada: {', '.join(checklists.AREAS)}.")
        person = _person(username)
        accounts.namesakes.check_number_is_free(nip, but=person.id)
        if not is_other:
            has_number = bool(nip) or any(
                own.numbers for own in accounts.known.known_accounts({username}, ())
            )
            namesake = accounts.namesakes.namesake_in_desk(
                person.name, region, has_number=has_number, but=username
            )
            _refuse_namesake(namesake.username if namesake else "", person.name)
        made = accounts.appoint(
            person.id,
            Role(role),
            region,
            starts_on=starts_on or _today(region),
            ends_on=ends_on,
            unit_code=unit_code,
            areas=areas,
            standing=Standing(standing),
            position=position,
            rank=rank,
            employee_number=nip,
            signs=signs,
            on_behalf_of=on_behalf_of,
            through=through,
            document=document,
        )
        place = regions.find(region).title
    click.echo(f"Penugasan {made.id}: {username} sebagai {role} di {place} sejak {made.starts_on}.")


@group.command("end")
@click.argument("appointment", type=int)
@click.option("--on", type=IsoDate(), help="Hari terakhir; kosong: kemarin, sehingga haknya hilang sekarang.")
def end(appointment: int, on: dt.date | None) -> None:
    """Akhiri penugasan (nomornya dari flask people list)."""
    with deed():
        last = on or clock.today("Asia/Jakarta") - dt.timedelta(days=1)
        accounts.end_appointment(appointment, on=last)
    click.echo(f"Penugasan {appointment} berakhir sesudah {last}.")


@group.command("disable")
@click.argument("username")
def disable(username: str) -> None:
    """Tutup akun; semua sesinya berakhir sekarang."""
    with deed():
        accounts.disable_account(_account_id(username))
    click.echo(f"Akun {username} ditutup.")


@group.command("reset")
@click.argument("username")
@click.option("--password", help="Kata sandi sementara; kosong: dibuat acak dan ditampilkan sekali.")
def reset(username: str, password: str | None) -> None:
    """Beri kata sandi sementara; semua sesi akun itu berakhir sekarang."""
    temporary = password or secrets.token_urlsafe(12)
    with deed():
        accounts.set_password(_account_id(username), temporary, must_change=True)
    click.echo(f"Kata sandi {username} diganti.")
    _say_password(temporary, password)


@group.command("reset-two-steps")
@click.argument("username")
def reset_two_steps(username: str) -> None:
    """Matikan masuk dua langkah orang yang kehilangan ponsel dan kode cadangan; semua sesinya berakhir."""
    with deed():
        accounts.reset_second_factor(_account_id(username))
    click.echo(f"Masuk dua langkah {username} diatur ulang; ia masuk dengan kata sandi saja.")


@group.command("list")
@click.option("--region", default="", help="Hanya yang bertugas di wilayah ini dan di bawahnya.")
def list_people(region: str) -> None:
    """Daftar akun dengan penugasannya."""
    with deed():
        people = accounts.people_under((region,)) if region else accounts.everyone()
        for account in people:
            state = "  (ditutup)" if account.is_disabled else ""
            click.echo(f"{account.username}  {account.name}{state}")
            for mandate in accounts.mandates_of(account.id):
                until = mandate.ends_on or "sekarang"
                mark = "" if mandate.is_in_force(_today(mandate.region_code)) else "  (tidak berlaku)"
                click.echo(f"    {mandate.id}: {mandate.text}, {mandate.starts_on} sampai {until}{mark}")


@group.command("units")
def list_units() -> None:
    """Daftar perangkat daerah dan lembaga sumber data."""
    with deed():
        for unit in accounts.units():
            click.echo(f"{unit.code:<20}{unit.name}{'  (sumber data)' if unit.is_source_only else ''}")
