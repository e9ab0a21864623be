"""Run the benchmarks and print their tables; each is a module here, and runs in a process of its own.

scripts/bench                            all of them, in about half an hour
scripts/bench --quick                    with fewer repeats, in about three
scripts/bench --write                    also put the tables into their pages, most into docs/performance.md
scripts/bench NAME [--quick] [--write]   one; NAME --help shows further options
scripts/bench --list                     their names

A benchmark is a module whose name has no underscore in front. It has a function ``run(options) -> Report``, and
``add_options(parser)`` if it takes options besides ``--quick``.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import shlex
import subprocess
import sys
import time
from pathlib import Path

from benchmarks._document import DOCUMENTS, document_of, with_result

HERE = Path(__file__).resolve().parent


def benchmarks() -> dict[str, str]:
    """The benchmarks and the first line of what each says of itself."""
    return {
        path.stem: (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition(
            "\n"
        )[0]
        for path in sorted(HERE.glob("[!_]*.py"))
    }


def run_all(options: list[str]) -> int:
    """Run one after the other; returns the first exit code that is not 0."""
    for name, summary in benchmarks().items():
        print(f"\n## {name}: {summary}\n", flush=True)
        started = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks", name, *options]
        if code := subprocess.run(command, cwd=HERE.parent, check=False).returncode:
            return code
        print(f"{name}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return 0


def run_one(name: str, arguments: list[str]) -> int:
    """Run one benchmark in this process, print its report, and keep it if that was asked for."""
    module = importlib.import_module(f"benchmarks.{name}")
    parser = argparse.ArgumentParser(
        prog=f"scripts/bench {name}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="fewer repeats")
    parser.add_argument("--write", action="store_true", help="put it into its page of docs/")
    if hasattr(module, "add_options"):
        module.add_options(parser)
    options = parser.parse_args(arguments)
    report = f"{module.run(options)}{_how(arguments)}"
    print(report, flush=True)
    if options.write:
        document = document_of(name, DOCUMENTS)
        text = document.read_text(encoding="utf-8")
        document.write_text(with_result(text, name, report), encoding="utf-8")
    return 0


def _how(arguments: list[str]) -> str:
    """A line for a report that was not measured as its page says: with fewer repeats, or in part."""
    chosen = [argument for argument in arguments if argument != "--write"]
    return f"\n\n*Measured with `{shlex.join(chosen)}`.*" if chosen else ""


def main() -> int:
    known = benchmarks()
    arguments = sys.argv[1:]
    names = [argument for argument in arguments if not argument.startswith("-")]
    if not names and set(arguments) <= {"--quick", "--write"}:
        return run_all(arguments)
    if arguments == ["--list"]:
        for name, summary in known.items():
            print(f"{name:<10} {summary}")
        return 0
    if not names:
        print(__doc__)
        return 0 if arguments in (["--help"], ["-h"]) else 2
    if arguments[0] not in known:
        print(f"no benchmark {arguments[0]!r}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    return run_one(arguments[0], arguments[1:])


if __name__ == "__main__":
    sys.exit(main())
