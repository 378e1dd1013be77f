"""Some weeks of work in the entries of a bench desk, so that no page is measured on untouched rows alone.

Of every ten entries that have opened and that the demo left alone, three stay untouched, one is under way, two wait for
the supervisor and four are verified. Run as `python -m bench.filling` on DESK_DATA / DESK_DATABASE_URL.
"""

from __future__ import annotations

from sqlalchemy import text

from app import create_app
from app.extensions import db

SHARES = (("proses", "= 3"), ("selesai", "IN (4, 5)"), ("selesai_diverifikasi", ">= 6"))
FILL = """
UPDATE checklist_entry SET standing = '{standing}', filled_by_name = 'Petugas contoh',
    filled_at = '2024-11-24 02:00:00.000000'
WHERE version = 1 AND standing = 'belum' AND opens_on <= '2024-11-25' AND id % 10 {part}
"""


def main() -> None:
    """Fill, commit, and let the database know its new shape."""
    app = create_app()
    with app.app_context():
        for standing, part in SHARES:
            db.session.execute(text(FILL.format(standing=standing, part=part)))
        db.session.commit()
        if db.engine.dialect.name == "postgresql":  # what its autovacuum does a little later by itself
            with db.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


if __name__ == "__main__":
    main()
