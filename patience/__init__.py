"""The server's worker process: gunicorn's threads, but no thread ever waits for somebody's line.

The main loop takes a request in as it comes and hands it to a thread when it is whole; what an answer's reader does not
take at once goes out from the main loop too. So a slow line costs a socket and nobody's time, and threads are for work.
Whoever dawdles beyond the limits is hung up on. What is large waits in a temporary file.

gunicorn 27's own threaded worker lends a thread to each line for as long as it takes: sixteen slow lines stop a desk.
`lines.py` is one line and the request that comes on it, `chunks.py` finds the end of a body in pieces, `worker.py` is
the main loop. Decision 0029.
"""
