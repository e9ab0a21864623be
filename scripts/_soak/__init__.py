"""A soak: a client under random faults for as long as is wanted, and an oracle that knows what the server saw.

Who is who: ``world`` is what the API knows, ``service`` decides what becomes of each request, by the faults that
``faults`` injects, and ``wire`` and ``in_process`` are its two doors, over real sockets and in virtual time. ``users`` make
the calls, ``oracle`` judges how each ends, and ``witness`` holds that against what reached the server. ``leftovers``
looks at what stays behind, ``soak`` runs it all, and ``report`` tells of it.
"""
