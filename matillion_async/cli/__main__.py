"""``python -m matillion_async.cli``."""

from matillion_async.cli import main

main()
