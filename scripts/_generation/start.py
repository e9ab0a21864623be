"""What scripts/generate runs: answers --check at once where nothing has changed since it was answered."""

from __future__ import annotations

import gc
import os
import sys

from scripts._generation import digest


def main(argv: list[str]) -> int:
    """As the main function of the command, whose modules take longer to import than this."""
    if argv == ["--check"] and digest.is_checked():
        print("generated/ is what openapi/ says")
        return 0
    gc.disable()  # there is next to nothing to be found among so much that stays
    sys.modules["httpx._main"] = None  # type: ignore[assignment]  # its command, which httpx does without
    from scripts._generation.__main__ import main as generate

    try:
        code = generate(argv)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads, such as head, has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
