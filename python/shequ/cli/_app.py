# SPDX-License-Identifier: BSD-3-Clause
"""The frame of the command: language, help, errors as one paragraph, exit codes."""

# Annotations are evaluated here and now, since those of the commands hold texts of the chosen language.
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from shequ._core import __version__
from shequ._errors import Error, Lang
from shequ._messages import check_lang, default_lang, text
from shequ.cli import UNUSABLE
from shequ.cli._audit import add_audit
from shequ.cli._demo import add_demo
from shequ.cli._doctor import add_doctor
from shequ.cli._grids import add_grids
from shequ.cli._norms import add_norms
from shequ.cli._notice import add_notice
from shequ.cli._output import lang_option
from shequ.cli._scenario import add_scenario
from shequ.cli._sheet import add_sheet
from shequ.cli._staff import add_staff
from shequ.cli._template import add_template

__all__ = ["create_app", "language_of"]

# typer keeps these classes in different places from version to version; its public BadParameter leads to them.
_USAGE_ERROR: Any = typer.BadParameter.__base__
_CLICK_ERROR: Any = _USAGE_ERROR.__base__

STOPPED = 130  # exit code of a program that Ctrl-C ended


def language_of(arguments: Sequence[str]) -> Lang:
    """Return the language that `--lang` asks for wherever it stands, else that of the system."""
    for i, argument in enumerate(arguments):
        value = argument[7:] if argument.startswith("--lang=") else ""
        if argument == "--lang" and i + 1 < len(arguments):
            value = arguments[i + 1]
        if value == "zh":
            return "zh"
        if value == "en":
            return "en"
    return default_lang()


class _Localised:
    """Help in the language of the command; mixed into the classes of typer."""

    lang: Lang = "en"

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", text("cli.usage", self.lang), 1)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = text("cli.help_option", self.lang)
            option.rich_help_panel = text("cli.options", self.lang)
        return option


class _Command(_Localised, TyperCommand):
    pass


class _Group(_Localised, TyperGroup):
    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; a mistake of the user ends it with one paragraph and exit code 2."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except Error as error:
            code = self._refuse(error.message(self.lang))
        except _USAGE_ERROR as error:
            command = error.ctx.command_path if error.ctx is not None else "shequ"
            code = self._refuse(_usage_message(error, self.lang), text("cli.try_help", self.lang, command=command))
        except _CLICK_ERROR as error:
            code = self._refuse(error.format_message())
        except OSError as error:
            code = self._refuse(f"{error.filename or ''} {error.strerror or error}".strip())
        except (typer.Abort, KeyboardInterrupt):
            sys.stderr.write(text("cli.stopped", self.lang) + "\n")
            code = STOPPED
        sys.exit(code if isinstance(code, int) else 0)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command; name the nearest ones where there is none."""
        if args and self.get_command(ctx, args[0]) is None:
            near = get_close_matches(args[0], self.list_commands(ctx))
            hint = text("cli.did_you_mean", self.lang, names=", ".join(near)) if near else ""
            raise _USAGE_ERROR(text("cli.no_command", self.lang, name=args[0]) + hint, ctx)
        return super().resolve_command(ctx, args)

    def _refuse(self, *sentences: str) -> int:
        sys.stderr.write(text("cli.error", self.lang) + "\n".join(sentences) + "\n")
        return UNUSABLE


def _usage_message(error: Any, lang: Lang) -> str:
    """Say what is wrong with the arguments, in the language of the command."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        names = ", ".join(error.possibilities or ())
        hint = text("cli.did_you_mean", lang, names=names) if names else ""
        return text("cli.no_option", lang, name=error.option_name) + hint
    name = "/".join(error.param.opts) if getattr(error, "param", None) is not None else ""
    if kind == "MissingParameter" and error.param is not None:
        return text("cli.missing", lang, name=name if name.startswith("-") else error.param.metavar or name)
    if kind == "BadParameter" and name:
        return text("cli.bad_value", lang, name=name)
    message: str = error.format_message()
    return message


def create_app(lang: Lang) -> typer.Typer:
    """Build the command with its help in `lang`.

    Parameters
    ----------
    lang : "zh" or "en"
        Language of help and output.

    Returns
    -------
    typer.Typer
        The application with all subcommands.
    """

    class Command(_Command):
        pass

    class Group(_Group):
        pass

    Command.lang = Group.lang = lang
    app = typer.Typer(
        name="shequ",
        cls=Group,
        help=text("cli.help", lang),
        add_completion=False,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        options_metavar=text("cli.options_metavar", lang),
        subcommand_metavar=text("cli.command_metavar", lang),
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    options = text("cli.options", lang)

    def show_version(wanted: bool) -> None:
        if wanted:
            typer.echo(f"shequ {__version__}")
            raise typer.Exit

    @app.callback()
    def root(
        ctx: typer.Context,
        language: Annotated[str, lang_option(lang)] = lang,
        _version: Annotated[
            bool,
            typer.Option(
                "--version",
                help=text("cli.version_option", lang),
                callback=show_version,
                is_eager=True,
                rich_help_panel=options,
            ),
        ] = False,
    ) -> None:
        check_lang(language)
        if ctx.invoked_subcommand is None:
            typer.echo(ctx.get_help())

    def command(name: str) -> Any:
        return app.command(
            name,
            cls=Command,
            help=text(f"cli.{name}.help", lang),
            short_help=text(f"cli.{name}.short", lang),
            options_metavar=text("cli.options_metavar", lang),
            rich_help_panel=text("cli.commands", lang),
        )

    for add in (
        add_demo,
        add_template,
        add_audit,
        add_doctor,
        add_staff,
        add_sheet,
        add_grids,
        add_notice,
        add_norms,
        add_scenario,
    ):
        add(command, lang)
    return app
