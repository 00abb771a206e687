"""The exception tree and the exit codes of the command line.

A fault of the *course* is a `Diagnostic`, not an exception: these are for what stops a command.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes (contract)."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    ENVIRONMENT = 3
    TARGET = 4
    CONFLICT = 5
    BUG = 70
    INTERRUPTED = 130


class CoursepackError(Exception):
    """Base of all errors that a command reports; `message` says where and what, `hint` what next."""

    exit_code = Exit.BUG

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(CoursepackError):
    """The command line or the workspace settings are wrong."""

    exit_code = Exit.USAGE


class EnvironmentMissing(CoursepackError):
    """A tool, a library or a resource of the machine is missing or refuses to work (disk full included)."""

    exit_code = Exit.ENVIRONMENT


class TargetError(CoursepackError):
    """A publish target or the network failed."""

    exit_code = Exit.TARGET


class ConflictError(CoursepackError):
    """Somebody else changed the target meanwhile."""

    exit_code = Exit.CONFLICT


class Interrupted(CoursepackError):
    """The user or the system asked to stop."""

    exit_code = Exit.INTERRUPTED

    def __init__(self, message: str = "interrupted", hint: str = "") -> None:
        super().__init__(message, hint)
