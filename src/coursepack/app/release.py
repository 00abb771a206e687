"""Bundles to disk, and the `release.json` that describes them."""

import posixpath
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from coursepack import __version__
from coursepack.build.pack import finish_file, write_folder, write_zip
from coursepack.catalogue.record import MediaFeatures, record
from coursepack.formats.layout import Format
from coursepack.model.bundle import Bundle, Entry, Release, Written
from coursepack.model.codes import diagnostic
from coursepack.model.course import Course
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import digest_json, digest_stream
from coursepack.model.step import Artefact, Plan
from coursepack.store.blobs import Blobs

RELEASE_SCHEMA = 1
RELEASE_FILE = "release.json"
_MB = 1_000_000


class BundleWriter:
    """Writes the bundles of one course and remembers them for the release."""

    def __init__(self, folder: Path, blobs: Blobs, before: Mapping[str, Written]) -> None:
        self._folder = folder
        self._blobs = blobs
        self._before = before
        self.bundles: list[Bundle] = []
        self.outputs: dict[str, Written] = {}
        self.findings: list[Diagnostic] = []

    def write(self, form: Format, plan: Plan, artefacts: Mapping[str, Artefact], course: Course) -> None:
        """Writes one bundle."""
        entries = form.arrange(plan, artefacts)
        if form.name == "web":
            self._write_web(entries)
        else:
            self._write_archive(form.name, entries, course)

    def _write_web(self, entries: tuple[Entry, ...]) -> None:
        before = {p.removeprefix("web/"): s for p, s in self._before.items() if p.startswith("web/")}
        written = write_folder(entries, self._blobs, self._folder / "web", before)
        self.outputs |= {f"web/{path}": w for path, w in written.items()}
        size = sum(e.size for e in entries)
        self.bundles.append(Bundle("web", "web", size, digest_json(entries), entries))

    def _write_archive(self, name: str, entries: tuple[Entry, ...], course: Course) -> None:
        info = course.info
        file = f"{info.id}-{info.version}.{name}.zip"
        manifest = {
            "schema": 1,
            "course": info.id,
            "version": info.version,
            "files": [{"path": e.path, "size": e.size, "sha256": e.digest} for e in entries],
        }
        extra = {"manifest.json": msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"}
        path = self._folder / file
        old = self._before.get(file)
        made_of = digest_json([entries, manifest])
        if old is None or old.digest != made_of or not _stands(path, old):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_zip(entries, self._blobs, path, extra)
            self._drop_older(name, file, info.id)
        stat = path.stat()
        self.outputs[file] = Written(made_of, stat.st_size, stat.st_mtime_ns)
        with path.open("rb") as f:
            digest = digest_stream(f)
        self.bundles.append(Bundle(name, file, stat.st_size, digest, entries))
        budget = info.media.budget_mb
        if name == "mobile" and budget and stat.st_size > budget * _MB:
            size_mb = f"{stat.st_size / _MB:.1f}"
            self.findings.append(diagnostic("CP601", "course.yaml", size_mb=size_mb, budget_mb=f"{budget:g}"))

    def write_page(self, name: str, made_of: str, page: Callable[[], bytes]) -> None:
        """Writes a page for the author beside the bundles, unless what it is made of is as before."""
        path = self._folder / name
        old = self._before.get(name)
        if old is None or old.digest != made_of or not _stands(path, old):
            self._folder.mkdir(parents=True, exist_ok=True)
            finish_file(path, page())
        stat = path.stat()
        self.outputs[name] = Written(made_of, stat.st_size, stat.st_mtime_ns)

    def _drop_older(self, name: str, file: str, course: str) -> None:
        # Archives of earlier versions that we wrote; anything else in the folder is not ours.
        for path in self._before:
            if path != file and path.startswith(f"{course}-") and path.endswith(f".{name}.zip"):
                (self._folder / posixpath.basename(path)).unlink(missing_ok=True)

    def finish(self, course: Course, have: MediaFeatures, tools: Mapping[str, str]) -> Release:
        """Writes `release.json`, last: it speaks only of what is there."""
        info = course.info
        release = Release(
            schema=RELEASE_SCHEMA,
            course=info.id,
            version=info.version,
            languages=tuple(e.language for e in course.editions),
            bundles=tuple(self.bundles),
            tools={"coursepack": __version__, **tools},
            record=record(course, have),
        )
        data = msgspec.json.format(msgspec.json.encode(release, order="sorted"), indent=1) + b"\n"
        path = self._folder / RELEASE_FILE
        if not path.exists() or path.read_bytes() != data:
            self._folder.mkdir(parents=True, exist_ok=True)
            finish_file(path, data)
        stat = path.stat()
        self.outputs[RELEASE_FILE] = Written("", stat.st_size, stat.st_mtime_ns)
        return release


def _stands(path: Path, known: Written) -> bool:
    try:
        stat = path.stat()
    except OSError:
        return False
    return (stat.st_size, stat.st_mtime_ns) == (known.size, known.mtime_ns)
