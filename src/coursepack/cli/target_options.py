"""The options of every command that talks to a target, and the target they lead to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from coursepack.publish.target import Target

F = TypeVar("F", bound=Callable[..., Any])


def target_options(function: F) -> F:
    """--endpoint-url; hand it to `opened`."""
    return click.option("--endpoint-url", help="Address of an S3-compatible server.")(function)


def opened(target: str, *, endpoint_url: str | None) -> "Target":
    """The target of a command line."""
    from coursepack.publish.targets import open_target

    return open_target(target, endpoint_url=endpoint_url)
