"""Look whether what the package depends on can be installed where these checks do not run: no compiler needed there.

    python scripts/_wheels_elsewhere.py

For Python 3.14, with and without the GIL, on Linux, macOS and Windows: the pinned packages, extras but for Airflow included, all as wheels.
Nothing is installed. One line for each; the exit code is 1 if one of them has a package without a wheel.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLATFORMS = {
    "x86_64-manylinux_2_28": (
        "manylinux_2_28_x86_64",
        "manylinux_2_17_x86_64",
        "manylinux2014_x86_64",
    ),
    "aarch64-apple-darwin": ("macosx_11_0_arm64",),
    "windows": ("win_amd64",),
}
"""As uv names them, and the tags of wheels that pip takes there."""
PYTHON = "3.14"


def extras() -> list[str]:
    """All but Airflow, which brings hundreds of packages, and runs where it says."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [name for name in project["optional-dependencies"] if name != "airflow"]


def resolved(platform: str) -> str:
    """The pins of all that is installed on a platform, each of which has a wheel for it."""
    command = [sys.executable, str(ROOT / "scripts/_uv.py"), "compile", "--quiet", "--no-header"]
    command += ["--no-annotate", "--only-binary", ":all:", "--python-version", PYTHON]
    command += ["--python-platform", platform, *(f"--extra={extra}" for extra in extras())]
    for name in ("dev", "highest"):
        command += ["--constraint", str(ROOT / f"constraints/{name}.txt")]
    return _run([*command, str(ROOT / "pyproject.toml")])


def look_without_gil(pins: str, tags: tuple[str, ...]) -> None:
    """Let pip find wheels of the pins for the Python without GIL, for which uv cannot resolve without having it."""
    with tempfile.TemporaryDirectory() as folder:
        (file := Path(folder) / "pins.txt").write_text(pins, encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps"]
        command += ["--ignore-installed", "--only-binary", ":all:", "--target", folder]
        command += [
            "--python-version",
            PYTHON,
            "--implementation",
            "cp",
            "--requirement",
            str(file),
        ]
        command += ["--abi", f"cp{PYTHON.replace('.', '')}t", "--abi", "none"]
        _run([*command, *(part for tag in tags for part in ("--platform", tag))])


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def look(platform: str) -> str:
    """What is there for a platform, or what is missing."""
    try:
        pins = resolved(platform)
        look_without_gil(pins, PLATFORMS[platform])
    except RuntimeError as error:
        return f"FAILED {platform}: {error}"
    return f"ok     {platform}: {len(pins.splitlines())} packages, for {PYTHON} and {PYTHON}t"


def main() -> int:
    with ThreadPoolExecutor(len(PLATFORMS)) as threads:
        lines = list(threads.map(look, PLATFORMS))
    print("\n".join(lines))
    return int(any(line.startswith("FAILED") for line in lines))


if __name__ == "__main__":
    sys.exit(main())
