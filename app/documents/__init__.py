"""Paper and sheets: each document is a pure function of a snapshot, with no database, request or clock.

`report` makes the snapshot and is the one module here that reads the desk. This door stays light on purpose:
`pdf` and `sheet` pull in heavy libraries, so only the worker's child imports them.
"""
