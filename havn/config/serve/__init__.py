"""`havn serve`: a small supervisor that owns the sockets and keeps `live`, `web` and `worker` running.

Nothing in this package imports Django: the supervisor stays a few megabytes for as long as Havn runs.
`command` reads the options, `sockets` and `limits` ask the system for what is needed, `supervisor` starts, watches
and stops, and `child` is the other end of the link inside each process.
"""
