"""Commands and groups of commands that share the global options and one way to fail."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from matillion_async._errors import MatillionError
from matillion_async._names.suggestions import near
from matillion_async.cli._failures import Failure, UsageFailure, report
from matillion_async.cli._options import GlobalOptions, global_options
from matillion_async.cli._signals import signals
from matillion_async.cli._streams import discard_output, escape_unprintable
from matillion_async.cli._types import TEXT

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

BROKEN_PIPE = 141
"""What a shell reports for a command that was ended by SIGPIPE."""
_OTHER_FILE = (
    "the package matillion_api that comes first on the path was made from another file, and the command line "
    "knows Matillion's API only: run it without the PYTHONPATH that leads there"
)


class Command(click.Command):
    """A command that also takes the global options, except where it has one of the same name."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        for parameter in self.params:
            if parameter.type is click.STRING:
                parameter.type = TEXT
        own = {name for parameter in self.params for name in parameter.opts}
        self.params.extend(option for option in global_options() if own.isdisjoint(option.opts))
        self.epilog = self.epilog or "Global options may stand here too; see matillion --help."

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            known = (name for parameter in self.params for name in parameter.opts)
            longer = [name for name in known if name.startswith(error.option_name)]
            if not longer:
                raise
            text = f"No such option {error.option_name!r}; did you mean {' or '.join(longer)}?"
            raise click.UsageError(text, ctx) from None


class CommandGroup(click.Group):
    """A group of such commands; called with nothing it shows its help and fails."""

    command_class = Command

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **{"no_args_is_help": False, **attributes})
        self.params.extend(global_options())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        words = [*args]
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            places = list(_places(self, ctx, error.option_name))
            if not places:
                raise
            typed = {*words}
            place = max(places, key=lambda each: (len(typed & {*each}), -len(each)))
            text = f"{error.option_name} stands after its command, as in: {ctx.command_path} {' '.join(place)}"
            raise click.UsageError(text, ctx) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        is_known = self.get_command(ctx, name) is not None
        if not is_known and not name.startswith("-") and not ctx.resilient_parsing:
            names = {known: known for known in self.list_commands(ctx)}
            raise click.UsageError(f"No such command {name!r}; {near(name, names)}", ctx)
        return super().resolve_command(ctx, args)


class Root(CommandGroup):
    """The command line as a whole: its groups, each a module that is imported when it is used.

    Args:
        groups: names of modules of this package, with the first sentence of the help of each; each has the command of
            its own name as ``command``.
    """

    def __init__(self, *args: Any, groups: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._summaries = {name: click.Command(name, help=text) for name, text in groups.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._summaries)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        room = formatter.width - 6 - max(map(len, self._summaries))  # as click reckons
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, summary.get_short_help_str(room))
                    for name, summary in self._summaries.items()
                ]
            )

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        groups = [
            CompletionItem(name, help=summary.get_short_help_str())
            for name, summary in self._summaries.items()
            if name.startswith(incomplete)
        ]
        return groups + click.Command.shell_complete(self, ctx, incomplete)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._summaries:
            return None
        module = import_module(f"{__package__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _quiet_end_of_pipe():  # --help is written here
            return super().make_context(*args, **{"obj": GlobalOptions(), **extra})

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _quiet_end_of_pipe():
                return super().invoke(ctx)
        except MatillionError as error:
            options = ctx.ensure_object(GlobalOptions)
            raise Failure.of(error, is_verbose=options.verbose) from None

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Like click's, but an error is one line."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        escape_unprintable()
        with signals.handled():
            try:
                code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            except (click.Abort, KeyboardInterrupt):  # a signal, or the end of input at a prompt
                code = signals.exit_code
            except click.ClickException as error:
                code = _reported(error)
            except (ImportError, AttributeError) as error:
                from matillion_async._foreign import lacks_generated

                if not lacks_generated(error):
                    raise
                code = _reported(UsageFailure(_OTHER_FILE))
            except OSError as error:  # such as a full disk behind stdout
                discard_output()
                where = error.filename or "the output"
                failure = Failure(f"cannot write {where}: {error.strerror or error}")
                code = signals.exit_code if signals.came else _reported(failure)
            if signals.came:
                discard_output()  # while they are handled: nobody may read it any more
        sys.exit(code or 0)


def _places(group: click.Group, ctx: click.Context, option: str) -> Iterator[list[str]]:
    """The words of each command of a group that has an option, as it is typed with it."""
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if isinstance(command, click.Group):
            yield from ([name, *words] for words in _places(command, ctx, option))
        elif command is not None:
            arguments = [each for each in command.params if isinstance(each, click.Argument)]
            words = [name, *(each.human_readable_name for each in arguments), option]
            for found in command.params:
                if option in (*found.opts, *found.secondary_opts):
                    yield [*words, *filter(None, [found.metavar])]


@contextmanager
def _quiet_end_of_pipe() -> Iterator[None]:
    """End the program, as SIGPIPE would, when the reader has enough, as in "| head"."""
    try:
        yield
    except BrokenPipeError:
        discard_output()
        code = signals.exit_code if signals.came else BROKEN_PIPE  # Ctrl-C ends both ends of a pipe
        raise click.exceptions.Exit(code) from None


def _reported(error: click.ClickException) -> int:
    """The exit code of an error that was reported, or that nobody reads."""
    try:
        report(error)
    except BrokenPipeError:
        discard_output()
        return BROKEN_PIPE
    except OSError:  # such as a terminal that was closed
        discard_output()
    return error.exit_code
