"""The keys of `coursepack.yaml`."""

from coursepack.settings.fields import WEB_ADDRESS, Key, Language, Number, Pattern, Table, Text

# The output and cache folders are written to, and emptied: never the workspace itself or anything above it.
_INSIDE = Pattern(
    r"(?!/)(?!.*(?:^|/)\.\.(?:/|$))(?!\.?/?$)[^\\:]{1,200}",
    "folder/below",
)

# A workspace may itself be the folder of courses.
_SOURCES = Pattern(
    r"(?!/)(?!.*(?:^|/)\.\.(?:/|$))[^\\:]{1,200}",
    "folder/below, .",
)

WORKSPACE = Table(
    {
        "sources": Key(_SOURCES, "Folder of course folders."),
        "output": Key(_INSIDE, "Folder that builds are written to."),
        "cache": Key(_INSIDE, "Folder of the store: what was built before."),
        "language": Key(Language(), "Language of messages: en, zh-Hans."),
        "ffmpeg": Key(Text(1000), "Path of a system ffmpeg to use in place of the one that comes along."),
        "jobs": Key(Number(0, 1024, whole=True), "Parallel steps; 0 for the number of cores."),
        "asr_model": Key(
            Text(1000), "Speech recognition for `captions draft`: a model's folder, size or id."
        ),
        "site_url": Key(
            WEB_ADDRESS,
            "Address that courses are published below: a course without `url` is at `<site_url>/c/<id>/`.",
        ),
        "provider": Key(Text(300), "The organisation named in catalogue records of courses that name none."),
    }
)
