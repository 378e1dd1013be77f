"""Background work: the worker (`flask pekerja`), what it can make, and the child process that prints.

The web process asks for work by a row (`app.domain.jobs`) and never runs any of it.
"""
