"""The entry of the production server: `gunicorn wsgi:app`."""

from app import create_app

app = create_app()
