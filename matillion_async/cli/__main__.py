"""``python -m matillion_async.cli``."""

from matillion_command import main

main()
