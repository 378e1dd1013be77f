"""What the browser asks: one package a room."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Register every room's blueprint and mark Flask's own static view."""
    from app.blueprints.account.routes import bp as account
    from app.blueprints.audit.routes import bp as audit
    from app.blueprints.auth.routes import bp as auth
    from app.blueprints.checklists.routes import bp as checklists
    from app.blueprints.desk.routes import bp as desk
    from app.blueprints.elections.routes import bp as elections
    from app.blueprints.figures.routes import bp as figures
    from app.blueprints.health.routes import bp as health
    from app.blueprints.help.routes import bp as help_pages
    from app.blueprints.holidays.routes import bp as holidays
    from app.blueprints.identity_cards.routes import bp as identity_cards
    from app.blueprints.imports.routes import bp as imports
    from app.blueprints.incidents.routes import bp as incidents
    from app.blueprints.letterheads.routes import bp as letterheads
    from app.blueprints.library.routes import bp as library
    from app.blueprints.logistics.routes import bp as logistics
    from app.blueprints.meetings.routes import bp as meetings
    from app.blueprints.neutrality.routes import bp as neutrality
    from app.blueprints.office.routes import bp as office
    from app.blueprints.outreach.routes import bp as outreach
    from app.blueprints.papers.routes import bp as papers
    from app.blueprints.people.routes import bp as people
    from app.blueprints.regions.routes import bp as regions
    from app.blueprints.registers.routes import bp as registers
    from app.blueprints.reports.routes import bp as reports
    from app.blueprints.security.routes import bp as security
    from app.blueprints.situation.routes import bp as situation
    from app.blueprints.stages.routes import bp as stages
    from app.blueprints.support.routes import bp as support
    from app.blueprints.units.routes import bp as units

    rooms = (
        auth,
        account,
        desk,
        checklists,
        regions,
        figures,
        letterheads,
        units,
        stages,
        holidays,
        elections,
        audit,
        papers,
        reports,
        imports,
        people,
        library,
        neutrality,
        situation,
        registers,
        logistics,
        incidents,
        security,
        identity_cards,
        outreach,
        support,
        meetings,
        office,
    )
    for bp in (*rooms, health, help_pages):
        app.register_blueprint(bp)
