"""/wilayah/<code>/tps: the special polling stations of a region, typed with who hosts them."""

from __future__ import annotations

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, Length

from app.blueprints.regions.routes import bp
from app.blueprints.regions.view import trail_of
from app.domain import regions, stations
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotFound
from app.domain.regions import Level, RegionRow
from app.domain.stations import Station
from app.extensions import db
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.forms import DeedForm, NoteField, WholeNumberField


class StationForm(DeedForm):
    """A special TPS."""

    region = SelectField("Wilayah", name="wilayah", validators=[DataRequired("Pilih wilayahnya.")])
    number = StringField(
        "Nomor atau sebutan TPS",
        name="nomor",
        description="Misalnya 901, atau Khusus lapas bila nomornya belum ada.",
        validators=[DataRequired("Tuliskan nomor atau sebutannya."), Length(max=20)],
    )
    host_kind = SelectField(
        "Jenis lokasi",
        name="jenis",
        validators=[DataRequired("Pilih jenis lokasinya.")],
        choices=[SelectChoice(code, words) for code, words in stations.HOSTS.items()],
    )
    host_name = StringField("Penyelenggara lokasi", name="lokasi", validators=[Length(max=120)])
    voters = WholeNumberField("Jumlah pemilih", name="pemilih", description="Kosongkan bila belum diketahui.")
    source = StringField(
        "Sumber",
        name="sumber",
        description="Surat, berita acara, atau paparan yang menyebut TPS ini.",
        validators=[DataRequired("Tuliskan sumbernya."), Length(max=300)],
    )

    def station(self) -> Station:
        """What is meant."""
        voters = self.voters.data if isinstance(self.voters.data, int) else None
        texts = [(field.data or "").strip() for field in (self.number, self.host_name, self.source)]
        return Station(self.region.data, texts[0], self.host_kind.data, texts[1], voters, texts[2])


class RemovalForm(DeedForm):
    """Why a TPS is taken out."""

    reason = NoteField(
        "Alasan", name="alasan", validators=[DataRequired("Tuliskan alasannya."), Length(max=300)]
    )


def _managed(code: str) -> RegionRow:
    """A region whose TPS the person keeps; NotFound for any other, and for a province, which has none of its own."""
    region = regions.find(reach.within(Permission.REGION_MANAGE, code))
    if region.level is Level.PROVINCE:
        raise NotFound("TPS dicatat per kabupaten/kota. Pilih salah satunya di halaman Wilayah.")
    return region


def _form(region: RegionRow, **given: object) -> StationForm:
    form = StationForm(**given)
    form.region.choices = [
        SelectChoice(row.code, row.title) for row in (region, *regions.children_of(region.code))
    ]
    return form


def _page(region: RegionRow, form: StationForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "regions/stations.html",
        region=region,
        trail=trail_of(regions.path_of(region.code), "TPS lokasi khusus"),
        form=form,
        special=regions.special_stations(region.code),
        hosts=stations.HOSTS,
    )
    return page, status


@bp.get("/wilayah/<code>/tps")
@requires(Permission.REGION_MANAGE)
def special_stations(code: str) -> ResponseReturnValue:
    """Those that are known, and the form for one more."""
    region = _managed(code)
    return _page(region, _form(region, formdata=None))


@bp.post("/wilayah/<code>/tps")
@requires(Permission.REGION_MANAGE)
def add_station(code: str) -> ResponseReturnValue:
    """Add one; the same sending twice adds it once."""
    region = _managed(code)
    form = _form(region)
    if not form.validate():
        return _page(region, form, 422)
    try:
        if form.is_first_sending():
            stations.add_station(form.station(), by=current_user)
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(region, form, 422)
    flash(f"TPS {form.number.data} tercatat.", "ok")
    return htmx.see_other(url_for(".special_stations", code=code))


@bp.post("/wilayah/<code>/tps/<int:station_id>/keluarkan")
@requires(Permission.REGION_MANAGE)
def remove_station(code: str, station_id: int) -> ResponseReturnValue:
    """Take one out that was entered by mistake, with the reason."""
    region = _managed(code)
    if station_id not in {station.id for station in regions.special_stations(code)}:
        raise NotFound("TPS itu tidak ada di wilayah ini.")
    form = RemovalForm()
    if not form.validate():
        page = _form(region, formdata=None)
        page.form_errors.extend(form.reason.errors)
        return _page(region, page, 422)
    if form.is_first_sending():
        stations.remove_station(station_id, reason=form.reason.data, by=current_user)
    db.session.commit()
    flash("TPS dikeluarkan dari daftar. Keterangannya tetap ada di Jejak.", "ok")
    return htmx.see_other(url_for(".special_stations", code=code))
