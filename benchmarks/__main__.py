"""Run the benchmarks: every module here that defines ``main`` is one, in a process of its own.

python -m benchmarks                     run all, with their defaults
python -m benchmarks --list              name them
python -m benchmarks NAME [OPTION...]    run one; NAME --help shows its options
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def benchmarks() -> dict[str, str]:
    """The benchmarks and the first line of what each says of itself."""
    found: dict[str, str] = {}
    for path in sorted(HERE.glob("[!_]*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
        if "main" in names:
            found[path.stem] = (ast.get_docstring(module) or "").partition("\n")[0]
    return found


def main() -> int:
    known = benchmarks()
    name, *options = sys.argv[1:] or ["--all"]
    if name in ("--help", "-h", "--list"):
        if name != "--list":
            print(__doc__)
        for known_name, summary in known.items():
            print(f"{known_name:<12} {summary}")
        return 0
    if name not in known and name != "--all":
        print(f"no benchmark {name!r}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    for chosen in known if name == "--all" else [name]:
        if name == "--all":
            print(f"\n== {chosen}: {known[chosen]}\n", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{chosen}", *options]
        if code := subprocess.run(command, cwd=HERE.parent, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
