"""The plan as data: steps, their inputs, and the artefacts they make."""

from typing import Any, Literal

import msgspec

from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_json

Lane = Literal["video", "media", "text"]
"""Which queue a step waits in. video: an encoder that uses all cores; media: one core, threads; text: Python work."""


class SourceInput(msgspec.Struct, frozen=True, tag="source"):
    """A file of the course."""

    name: str
    """How the recipe calls it: "source", "captions/0"; unique in the step."""
    path: str
    digest: Digest


class BlobInput(msgspec.Struct, frozen=True, tag="blob"):
    """Bytes that are already in the store (a lesson's body)."""

    name: str
    digest: Digest


class StepInput(msgspec.Struct, frozen=True, tag="step"):
    """The artefact of another step. Where that failed, the recipe sees an artefact with `failed` set."""

    name: str
    step: str
    """`Step.id`."""


Input = SourceInput | BlobInput | StepInput


class Step(msgspec.Struct, frozen=True):
    """A pure function of its inputs. Same key, same artefact."""

    id: str
    """Unique in the plan and readable: "video:01-scan/media/pay.mp4"."""
    kind: str
    """The recipe."""
    label: str
    """For people: what progress shows."""
    params: dict[str, Any]
    """JSON values only; all that the recipe needs beside the inputs."""
    inputs: tuple[Input, ...] = ()
    lane: Lane = "media"


class Plan(msgspec.Struct, frozen=True):
    """Steps in an order in which each comes after those it takes inputs from."""

    steps: tuple[Step, ...]


class ArtefactFile(msgspec.Struct, frozen=True):
    """One file of an artefact. `name` is a relative posix path, safe in a URL without encoding."""

    name: str
    digest: Digest
    size: int
    media_type: str


class Artefact(msgspec.Struct, frozen=True):
    """What a step made. Its digest is that of its canonical JSON without the diagnostics."""

    files: tuple[ArtefactFile, ...] = ()
    facts: dict[str, Any] = {}
    """One of the structs of `model.media` as builtins, by step kind."""
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False
    """The input's fault, said in `diagnostics`; there are no files. Kept, so that it is not tried again."""

    def file(self, name: str) -> ArtefactFile:
        """The file called `name`; KeyError when there is none."""
        for f in self.files:
            if f.name == name:
                return f
        raise KeyError(name)


def artefact_digest(artefact: Artefact) -> Digest:
    """The address of an artefact: unchanged bytes and facts stop the rebuild of all that depends on it."""
    return digest_json((artefact.files, artefact.facts, artefact.failed))


def output_folder(base: str, artefact: Artefact) -> str:
    """Where a bundle puts an artefact's files: the content is in the name, so caches may keep it for ever."""
    return f"{base}-{artefact_digest(artefact)[:12]}"
