"""The command line ``heshu``. A command is a module of this folder that defines ``COMMAND``; it is imported when it is wanted."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import pkgutil
import sys

import click

import extract
from extract.cli import _streams
from extract.errors import HeshuError, InternalError

CLEAN, FOUND, UNREADABLE, INTERRUPTED = 0, 1, 2, 130


class _Commands(click.Group):
    """The commands of this folder, in the order of their names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").COMMAND
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            from extract.settings import nearest

            ctx.fail(f"no command {args[0]!r}; {nearest(args[0], known)}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 nothing found, 1 errors found (with --strict also warnings), 2 something could not be read.",
)
@click.version_option(extract.__version__, prog_name="heshu", message="%(prog)s %(version)s")
def COMMANDS() -> None:  # noqa: N802 (as the COMMAND of each module)
    """核数 heshu: reads the numbers in Chinese reports and catches those that contradict each other."""


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    _streams.prepare()
    # Modules, models and dictionaries are a million values that stay: looked through for garbage as seldom as can be.
    gc.set_threshold(500_000)
    try:
        code = COMMANDS.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = UNREADABLE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "heshu"
        complain(f"{error.format_message().rstrip('.')} (see {command} --help)")
        code = UNREADABLE
    except click.ClickException as error:
        complain(error.format_message())
        code = UNREADABLE
    except HeshuError as error:
        complain(error)
        code = UNREADABLE
    except click.Abort:
        complain("interrupted")
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away (heshu … | head): nobody is left to tell.
        _let_go()
        code = CLEAN
    except Exception as error:
        # Outside any document: 1 would say that findings were made.
        complain(foreseen(error) or InternalError.of("", error))
        if foreseen(error):
            _let_go()
        code = UNREADABLE
    sys.exit(code)


def foreseen(error: Exception) -> HeshuError | None:
    """The line for a standard stream that is closed or takes no more, which is known by having no name; ``None`` for any other error."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
        return HeshuError("standard output", f"not written, {error.strerror}", "make room, or name another place")
    if isinstance(error, OSError) and error.errno == errno.EBADF and error.filename is None:
        return HeshuError("standard input or output", "closed", "name a file")
    return None


def _let_go() -> None:
    """Let what standard output did not take go nowhere: Python would try, and fail, again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(line: object) -> None:
    """One line on standard error; with ``--debug`` on the command line, an internal error with its traceback before it."""
    if isinstance(line, InternalError) and "--debug" in sys.argv:
        print(line.traceback, end="", file=sys.stderr)
        line = f"{line.where}: {line.what}" if line.where else line.what
    print(f"heshu: {_streams.one_line(str(line))}", file=sys.stderr)
