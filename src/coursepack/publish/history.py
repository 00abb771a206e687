"""What was published of a course: the commits that its pointer remembers, and how people name one of them."""

import difflib
import re
from collections.abc import Iterator

import msgspec

from coursepack.errors import TargetError, UsageError
from coursepack.publish.commit import Past, Pointer, Seen, read_pointer
from coursepack.publish.manifest import Manifest, fetch_manifest
from coursepack.publish.target import Target

_ENTRIES = "catalogue/e/"
_HEX = re.compile(r"[0-9a-f]{6,64}")


class Facts(msgspec.Struct, frozen=True):
    """One commit of a course. Sizes in bytes."""

    course: str
    serial: int
    version: str
    release: str
    manifest: str
    time: str
    """RFC 3339, UTC; "" when the pointer does not say."""
    current: bool
    whole: bool
    """Its manifest is there; False after a prune."""
    title: str = ""
    languages: tuple[str, ...] = ()
    pages: int = 0
    objects: int = 0
    size: int = 0
    signed: bool = False


def courses(target: Target) -> Iterator[str]:
    """Ids of all courses that have a catalogue entry. One LIST for each thousand."""
    for stat in target.list(_ENTRIES):
        name = stat.key.rpartition("/")[2]
        if name.endswith(".json"):
            yield name.removesuffix(".json")


def seen_of(target: Target, course: str) -> Seen:
    """The pointer of `course`. Raises `UsageError` naming near ones when it was never published."""
    seen = read_pointer(target, course)
    if seen is not None:
        return seen
    there = list(courses(target))
    near = difflib.get_close_matches(course, there, 3, 0.5) or there[:3]
    hint = "There are: " + ", ".join(near) if near else "Nothing is published there yet."
    raise UsageError(f"{target.url} has no course {course!r}", hint)


def commits(pointer: Pointer) -> tuple[Past, ...]:
    """The current commit and those that the pointer remembers, newest first."""
    p = pointer
    return (Past(p.serial, p.version, p.release, p.manifest, p.nonce, p.time), *p.history)


def releases(target: Target, course: str) -> tuple[Facts, ...]:
    """The remembered commits of `course`, newest first. One GET for the pointer, and one for each manifest."""
    seen = seen_of(target, course)
    known: dict[str, Manifest | None] = {}
    found = []
    for past in commits(seen.pointer):
        if past.manifest not in known:
            known[past.manifest] = _manifest(target, course, past.manifest)
        found.append(_facts(course, past, known[past.manifest], current=past.serial == seen.pointer.serial))
    return tuple(found)


def _manifest(target: Target, course: str, digest: str) -> Manifest | None:
    try:
        fetched = fetch_manifest(target, course, digest)
    except TargetError as e:
        if "damaged" in e.message:
            return None
        raise
    return fetched[0] if fetched else None


def _facts(course: str, past: Past, manifest: Manifest | None, *, current: bool) -> Facts:
    plain = Facts(
        course,
        past.serial,
        past.version,
        past.release,
        past.manifest,
        past.time,
        current,
        manifest is not None,
    )
    if manifest is None:
        return plain
    objects = manifest.objects()
    return msgspec.structs.replace(
        plain,
        title=str(manifest.signed.record.get("name", "")),
        languages=manifest.signed.languages,
        pages=sum(f.media_type.startswith("text/html") for f in manifest.signed.files.values()),
        objects=len(objects),
        size=sum(f.size for f in objects),
        signed=bool(manifest.signatures),
    )


def find_commit(pointer: Pointer, spec: str) -> Past:
    """The commit that `spec` names: a serial number, a version, six or more digits of the manifest's digest or of the
    release's name, `current`, or `previous` (the newest with another manifest than the current one).

    Of several with one version, or one manifest, the newest. Raises `UsageError` that lists what there is.
    """
    there = commits(pointer)
    if spec == "current":
        return there[0]
    if spec == "previous":
        found = [p for p in there if p.manifest != pointer.manifest]
    else:
        found = [p for p in there if str(p.serial) == spec] or [p for p in there if p.version == spec]
        if not found and _HEX.fullmatch(spec):
            found = [p for p in there if p.manifest.startswith(spec) or p.release.startswith(spec)]
    if (
        len({p.manifest for p in found}) > 1
        and all(str(p.serial) != spec for p in found)
        and spec != "previous"
    ):
        raise UsageError(f"{spec!r} names several releases of {pointer.course!r}", _which(found))
    if not found:
        what = "there is no release before the current one" if spec == "previous" else f"no release {spec!r}"
        raise UsageError(f"{pointer.course!r}: {what}", _which(list(there)))
    return found[0]


def _which(found: list[Past]) -> str:
    return "Name one by its number: " + ", ".join(f"{p.serial} (version {p.version})" for p in found)
