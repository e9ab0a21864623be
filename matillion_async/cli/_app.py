"""The command line: its name, help and groups. A new group is a module here, and its line in GROUPS."""

from __future__ import annotations

import click

from matillion_async._version import __version__
from matillion_async.cli._commands import Root

GROUPS = {
    "projects": "List, create and delete projects.",
    "environments": "List and delete environments.",
    "pipelines": "List published pipelines.",
    "run": "Run PIPELINE and wait for its end.",
    "executions": "List, show, cancel and wait for executions of pipelines.",
    "schedules": "List, show, create, change, pause and delete schedules.",
    "artifacts": "Publish versions of a project, promote, show and list them.",
    "variables": "List, set, create and delete project variables, and their values per environment.",
    "connections": "List and delete connections.",
    "secrets": "List secret references, which name secrets and hold none.",
    "agents": "List, create, change and delete agents, and tell them what to do.",
    "streaming": "List, show, start and stop streaming pipelines.",
    "ai": "Give AI agents something to do, follow them, answer and stop them.",
    "audit": "Export audit events.",
    "lineage": "Export lineage events.",
    "consumption": "Show the credits that the account has used.",
    "users": "List users of the directory.",
    "groups": "List groups of the directory.",
    "api": "Call what has no command of its own: METHOD and a PATH that begins with /v1/.",
    "token": "Write an access token to stdout, for curl, Postman and other tools.",
    "share": "Show who shares the limit of the account.",
    "doctor": "Look at each step from the settings to a first listing, and say what to do about what fails.",
    "openapi": "Write the OpenAPI document of the API to stdout, for Postman and other tools.",
    "sandbox": "Serve a sandbox of the API on this machine until Ctrl-C.",
}
"""What the first help page says of each, so that it need not import them all; the first sentence of its help."""

_HELP = """Work with Matillion's Data Productivity Cloud.

Credentials come from MATILLION_CLIENT_ID and MATILLION_CLIENT_SECRET, the region from MATILLION_REGION. On a
terminal a missing secret is asked for; it is never an argument.

Listings are tables on a terminal and JSON anywhere else; --json and --csv choose.

\b
Examples:
  matillion projects list
  matillion --sandbox environments list Sales
  matillion environments list Sales --csv > environments.csv
  matillion run daily.orch.yaml --project Sales --environment Production --var day=2026-03-01

\b
Exit codes:
  0    done
  1    the API refused the request, the pipeline ended other than with SUCCESS, the AI agent failed or asks
       something, you declined a prompt, or the output could not be written
  2    wrong usage or configuration
  3    a run, or the task of an AI agent, did not end in the time it was given with --wait-timeout; it goes on
  4    no usable response from the network or the server; the message says if the request may have been carried out
  130  stopped with Ctrl-C; 143 with SIGTERM, 129 with SIGHUP
  141  the reader of the output went away, as in "| head"
"""

_EPILOG = """Shell completion: add eval "$(_MATILLION_COMPLETE=bash_source matillion)" to ~/.bashrc; with zsh_source
to ~/.zshrc; or _MATILLION_COMPLETE=fish_source matillion | source to the configuration of fish."""

matillion = Root(
    name="matillion",
    help=_HELP,
    epilog=_EPILOG,
    groups=GROUPS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
click.version_option(__version__, prog_name="matillion", message="%(prog)s %(version)s")(matillion)
