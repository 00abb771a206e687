"""What a reader sees of a published course: one whole release, or a failed assertion."""

from concurrent.futures import ThreadPoolExecutor

from coursepack.model.digest import digest_bytes
from coursepack.publish import commit
from coursepack.publish.manifest import FileFacts, Manifest, read_manifest
from coursepack.publish.target import Target


def read_whole(target: Target, course: str, *, threads: int = 1) -> commit.Pointer | None:
    """The course's pointer, after everything that it names was read and found to be what it says. None: never published."""
    seen = commit.read_pointer(target, course)
    if seen is None:
        return None
    check_whole(target, seen.pointer, threads=threads)
    return seen.pointer


def check_whole(target: Target, pointer: commit.Pointer, *, threads: int = 1) -> Manifest:
    """Asserts that the release that `pointer` names is there, whole."""
    prefix = f"c/{pointer.course}/"
    found = target.get(f"{prefix}m/{pointer.manifest}.json")
    assert found is not None, "the manifest is missing"
    assert digest_bytes(found.data) == pointer.manifest
    manifest = read_manifest(found.data)
    assert (manifest.signed.course, manifest.signed.version) == (pointer.course, pointer.version)

    def check(facts: FileFacts) -> None:
        got = target.get(prefix + facts.address)
        assert got is not None, f"{facts.address} is missing"
        assert digest_bytes(got.data) == facts.digest, f"{facts.address} has other bytes"

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(check, manifest.objects()))
    return manifest
