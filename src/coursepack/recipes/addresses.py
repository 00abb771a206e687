"""Addresses between output files: relative and percent-encoded, so that a site works below any prefix and from disk."""

from urllib.parse import quote

# Not ":" - a first segment with a colon would be taken for a scheme (RFC 3986, 4.2).
_SAFE = "/-._~!$'()*,;=@+"


def relative(page: str, target: str, fragment: str = "") -> str:
    """The address of the output file `target` as written in the output file `page` (both below the site's root).

    `fragment` is without "#" and not encoded. The page itself is "#fragment", or "#" alone.
    """
    anchor = "#" + quote(fragment, safe=_SAFE + "?:") if fragment else ""
    if page == target:
        return anchor or "#"
    here, there = page.split("/")[:-1], target.split("/")
    common = 0
    while common < len(here) and common < len(there) - 1 and here[common] == there[common]:
        common += 1
    return quote("../" * (len(here) - common) + "/".join(there[common:]), safe=_SAFE) + anchor
