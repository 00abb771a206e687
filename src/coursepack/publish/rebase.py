"""The home page of a release as it stands at the pointer, made from the one that lies in its page set.

A roll-back has no build: this is how it gets the page. The same bytes as `Prepared.home` gave when the release was published.
"""

from coursepack.publish import addresses
from coursepack.publish.manifest import Manifest
from coursepack.publish.rewrite import rewrite_html


def home_from_page(page: bytes, manifest: Manifest) -> str:
    """`page`: the bytes of `r/<release>/index.html`. References that are no object of the release stay as they are."""
    base = addresses.page_address(manifest.signed.release, addresses.POINTER)
    known = {f.address for f in manifest.objects()} | {addresses.WORKER}

    def resolve(reference: str) -> str | None:
        try:
            found = addresses.local_path(reference, base)
        except addresses.OutsideSite:
            return None
        if found is None or found[0] not in known:
            return None
        address, tail = found
        if address == base:
            return addresses.POINTER + tail
        return addresses.relative(address, addresses.POINTER) + tail

    return rewrite_html(page.decode("utf-8", "surrogateescape"), resolve)
