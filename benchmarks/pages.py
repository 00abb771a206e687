"""Lighthouse (mobile) on pages of a built course, several runs each, best performance of them.

    python benchmarks/pages.py build/pay-safely/web [--page index.html ...] [--runs 3]

Prints one line a page: the four scores, layout shift and bytes before anything is played. Run it on an idle machine: the
performance score falls with the load.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.external.validators.lighthouse import CATEGORIES, lighthouse
from tests.external.validators.server import serving


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="a built web folder")
    parser.add_argument("--page", action="append", help="page below it; can be given again")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    pages = given.page or sorted(p.relative_to(given.site).as_posix() for p in given.site.rglob("*.html"))
    print(f"{'page':44} {' '.join(f'{c:>14}' for c in CATEGORIES)} {'shift':>7} {'bytes':>9}")
    with serving(given.site, compress=True) as site:
        for page in pages:
            runs = [lighthouse(site.page(page)) for _ in range(given.runs)]
            best = max(runs, key=lambda r: r.scores["performance"])
            scores = " ".join(f"{best.scores[c]:>14}" for c in CATEGORIES)
            print(f"{page:44} {scores} {best.layout_shift:7.3f} {best.transfer_bytes:9}", flush=True)
            for what in best.failed:
                print(f"    {what}")


if __name__ == "__main__":
    main()
