"""The command and its options."""

from __future__ import annotations

import os
import sys

import click

from matillion_async import __version__
from matillion_async.cli._context import EXIT_SAID_NO, Settings
from matillion_async.cli._environments import environments
from matillion_async.cli._projects import projects
from matillion_async.cli._sandbox import sandbox

EXIT_INTERRUPTED = 130

EPILOG = """\b
Example:
  matillion projects list --json

\b
The settings come from MATILLION_CLIENT_ID, MATILLION_CLIENT_SECRET, MATILLION_REGION and others;
the secret only from there, or from a prompt on a terminal.

\b
Exit codes: 0 done; 1 the API or the network said no; 2 wrong usage or settings.

\b
Completion in bash: eval "$(_MATILLION_COMPLETE=bash_source matillion)"
"""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--client-id", help="API credentials; the secret is asked for, or in the environment."
)
@click.option("--region", help="eu1, us1 or au1: where the account lives.")
@click.option("--base-url", help="In place of a region.")
@click.option("--timeout", type=float, help="Seconds for one attempt.")
@click.option("--deadline", type=float, help="Seconds for a whole call, waiting included.")
@click.option("--sandbox", "in_sandbox", is_flag=True, help="Run against a sandbox of the API.")
@click.option("-v", "--verbose", is_flag=True, help="Tell the details of an error.")
@click.version_option(__version__, package_name="matillion-async")
@click.pass_context
def cli(
    context: click.Context,
    client_id: str | None,
    region: str | None,
    base_url: str | None,
    timeout: float | None,
    deadline: float | None,
    in_sandbox: bool,
    verbose: bool,
) -> None:
    """Work with Matillion's Data Productivity Cloud (Maia) from the command line."""
    options = {
        "client_id": client_id,
        "region": region,
        "base_url": base_url,
        "timeout": timeout,
        "deadline": deadline,
    }
    context.obj = Settings(options, in_sandbox, verbose)


cli.add_command(projects)
cli.add_command(environments)
cli.add_command(sandbox)


def run() -> int:
    """Run the command line; returns the exit code."""
    try:
        cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        click.echo(f"matillion: {error.format_message()}; see matillion --help", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("matillion: interrupted", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone, which is no error of theirs; nothing is left to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_SAID_NO
    return 0
