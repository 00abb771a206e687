"""Says what `make demo` has built: the file of each course to open, and where to look next."""

import json
from pathlib import Path

BUILD = Path("build")


def main() -> None:
    """Reads the release records below build/."""
    print("\nBuilt. Open in a browser:")
    for record in sorted(BUILD.glob("*/release.json")):
        release = json.loads(record.read_text(encoding="utf-8"))
        course = record.parent
        title = release.get("record", {}).get("name") or release["course"]
        print(f"\n  {title} ({', '.join(release['languages'])})")
        for bundle in release["bundles"]:
            path = course / bundle["path"]
            shown = path / "index.html" if path.is_dir() else path
            print(f"    {bundle['format']:<8} {shown.resolve()}  ({bundle['size'] / 1e6:.1f} MB)")
    print(
        "\nVideo streams in several sizes when served: .venv/bin/coursepack preview course_sources/<course>"
    )


if __name__ == "__main__":
    main()
