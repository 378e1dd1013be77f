"""Paper and sheets: each document is a pure function of a snapshot, with no database, request or clock.

This door stays light on purpose: `pdf` and `sheet` pull in heavy libraries, so only the worker imports them.
"""
