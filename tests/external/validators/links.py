"""Links of a finished site, without a browser: files, fragments, other hosts, addresses that break below a prefix."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

_FETCHED = {"src", "srcset", "poster", "data", "data-hls", "action", "formaction", "manifest", "background"}
_FETCHING_LINKS = {
    "stylesheet",
    "icon",
    "manifest",
    "preload",
    "modulepreload",
    "prefetch",
    "dns-prefetch",
    "preconnect",
}


@dataclass
class Page(HTMLParser):
    """The addresses and ids of one page."""

    text: str
    ids: set[str] = field(default_factory=set)
    duplicates: set[str] = field(default_factory=set)
    followed: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if identity := given.get("id"):
            (self.duplicates if identity in self.ids else self.ids).add(identity)
        if tag == "a" and "name" in given:
            self.ids.add(given["name"])
        for name in _FETCHED & given.keys():
            self.fetched += _candidates(given[name]) if name == "srcset" else [given[name]]
        if "href" in given:
            fetching = tag == "link" and _FETCHING_LINKS & set(given.get("rel", "").lower().split())
            (self.fetched if fetching or tag in ("image", "use") else self.followed).append(given["href"])
        self.fetched += re.findall(r"url\(\s*[\"']?([^\"')]+)", given.get("style", ""))

    handle_startendtag = handle_starttag


def _candidates(srcset: str) -> list[str]:
    return [part.split()[0] for part in srcset.split(", ") if part.split()]


def link_problems(folder: Path) -> list[str]:
    """Everything wrong with the addresses in the pages below `folder`, as "page: what"."""
    root = folder.resolve()
    pages = {
        p.relative_to(root).as_posix(): Page(p.read_text(encoding="utf-8"))
        for p in sorted(root.rglob("*.html"))
    }
    assert pages, f"no page below {folder}"
    problems: list[str] = []
    for name, page in pages.items():
        problems += [f"{name}: id {i} twice" for i in sorted(page.duplicates)]
        problems += [f"{name}: fetches {a} from elsewhere" for a in page.fetched if _leaves(a)]
        for address in page.followed + page.fetched:
            if what := _broken(address, name, pages, root):
                problems.append(f"{name}: {address} {what}")
    reached = _reached(pages)
    return problems + [f"{name}: no link leads here" for name in pages if name not in reached]


def _leaves(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def _target(address: str, page: str) -> str:
    path = unquote(urlsplit(address).path)
    target = normpath(join(dirname(page), path)) if path else page
    return join(target, "index.html") if path.endswith("/") or target == "." else target


def _broken(address: str, page: str, pages: dict[str, Page], root: Path) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    if parts.path.startswith("/"):
        return "starts at the root of the host: breaks below a prefix"
    target = _target(address, page)
    if target.startswith("..") or not (root / target).is_file():
        return "is not there"
    fragment = unquote(parts.fragment)
    media = re.fullmatch(r"(t|xywh|track)=.*", fragment) and target not in pages
    if fragment and not media and target in pages and fragment not in pages[target].ids:
        return f"leads to no #{fragment}"
    return ""


def _reached(pages: dict[str, Page]) -> set[str]:
    reached, todo = {"404.html"}, ["index.html"]
    while todo:
        name = todo.pop()
        if name in reached or name not in pages:
            continue
        reached.add(name)
        todo += [_target(a, name) for a in pages[name].followed if not _leaves(a)]
    return reached
