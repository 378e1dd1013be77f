"""The entry of the production server: `gunicorn wsgi:app`. A real desk that is not safe to serve ends here."""

import os

from app import create_app, starting

app = create_app()
if (
    os.environ.get("FLASK_RUN_FROM_CLI") != "true"
):  # Flask says so for its commands, which mend what is refused here
    starting.refuse_unsafe(app)
