"""Where the parts of a published course live. The one place that knows the layout (docs/design/publishing.md).

"Address" here is a key below the course's own prefix `c/<course>/`: "b/ab/abcd….css", "r/<release>/01/02.html".
"""

import hashlib
import posixpath
import re
from urllib.parse import quote, unquote

from coursepack.errors import TargetError
from coursepack.model.digest import Digest, digest_json

POINTER = "index.html"
"""The only object of a course that changes with its releases: its home page, and the commit point."""

WORKER = "sw.js"
"""The service worker: it governs what lies in its folder and below, so it lies beside the pointer, and browsers look for
a new one at the address of the old. It knows nothing of any release: its bytes change with coursepack, not with courses.
"""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"[a-z0-9]{1,8}")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_MAX_ID_BYTES = 100


def course_prefix(course: str) -> str:
    """`c/<course>/`. Raises `TargetError` for an id that is no plain file name."""
    plain = (
        not re.search(r"[\x00-\x1f\x7f/\\]", course)
        and not course.startswith(".")
        and course.strip() == course
    )
    if not course or not plain or len(course.encode("utf-8", "surrogatepass")) > _MAX_ID_BYTES:
        raise TargetError(f"{course!r} cannot be used as a course id", "Set a plain `id` in course.yaml.")
    return f"c/{course}/"


def check_digest(value: str) -> Digest:
    """`value` when it is a digest, or `TargetError`: it becomes part of a key."""
    if not _DIGEST.fullmatch(value):
        raise TargetError(f"{value[:80]!r} is not a SHA-256 digest", "Build the course again, then publish.")
    return Digest(value)


def blob_address(digest: str, path: str) -> str:
    """The address of immutable bytes.

    The suffix of the file is kept, in lower case: web servers and browsers that open a folder target from disk know
    types by suffix alone (Chromium takes no style sheet from `file:` without it).
    """
    name = path.rpartition("/")[2]
    _, dot, suffix = name.rpartition(".")
    suffix = suffix.lower()
    end = f".{suffix}" if dot and _SUFFIX.fullmatch(suffix) else ""
    return f"b/{digest[:2]}/{check_digest(digest)}{end}"


def manifest_address(digest: str) -> str:
    """The address of a release manifest."""
    return f"m/{check_digest(digest)}.json"


def page_address(release: str, path: str) -> str:
    """The readable address of a page."""
    return f"r/{release}/{path}"


def release_name(pages: dict[str, Digest]) -> str:
    """The name of a set of pages, from the digests of their published bytes: same pages, same addresses."""
    return digest_json(pages)[:16]


def entry_key(course: str) -> str:
    """The key of a course's catalogue entry."""
    return f"catalogue/e/{hashlib.sha256(course.encode()).hexdigest()[:2]}/{course}.json"


def journal_key(time: str, course: str, nonce: str) -> str:
    """The key of a journal record; sorts by time."""
    return f"catalogue/log/{time}-{course}-{nonce}.json"


def relative(address: str, page: str) -> str:
    """The percent-encoded relative reference from the object at `page` to the one at `address`."""
    return quote(posixpath.relpath(address, posixpath.dirname(page) or "."))


class OutsideSite(Exception):
    """A reference that leads out of the site's own folder."""


def local_path(reference: str, base: str) -> tuple[str, str] | None:
    """(bundle path, "?query#fragment") that `reference` names in the document at bundle path `base`.

    None for what is not a file of the site: other hosts, schemes, fragments of the same page. A folder means its
    `index.html`. Raises `OutsideSite` for a path that starts at the host's root or leaves the site by `..`.
    """
    reference = reference.strip("\t\n\f\r ")
    cut = re.search(r"[?#]", reference)
    path, tail = (reference[: cut.start()], reference[cut.start() :]) if cut else (reference, "")
    if not path or path.startswith("//") or _SCHEME.match(path):
        return None
    if path.startswith("/"):
        raise OutsideSite(reference)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path)))
    if target == ".." or target.startswith("../"):
        raise OutsideSite(reference)
    if target == "." or path.endswith(("/", "/.", "/..")) or path in (".", ".."):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target, tail
