"""Kinds of files by extension."""

_IMAGES_WORDS = """png jpg jpeg jpe jfif gif webp avif svg bmp tif tiff ico apng heic heif jxl"""
IMAGES = frozenset(_IMAGES_WORDS.split())
_VIDEOS_WORDS = """mp4 m4v mov webm mkv ogv avi mpg mpeg wmv flv 3gp ts m2ts mts mxf"""
VIDEOS = frozenset(_VIDEOS_WORDS.split())
_AUDIOS_WORDS = """mp3 m4a m4b aac wav ogg oga opus flac wma mka aif aiff amr ac3"""
AUDIOS = frozenset(_AUDIOS_WORDS.split())
CAPTIONS = ("vtt", "srt", "ttml", "dfxp", "ass", "ssa", "sbv", "xml")
"""In order of preference where two files say the same."""
POSTERS = ("jpg", "jpeg", "png", "webp", "avif")


def extension_of(path: str) -> str:
    """Lower-case extension without the dot, or ""."""
    name = path.rpartition("/")[2]
    head, dot, extension = name.rpartition(".")
    return extension.lower() if dot and head else ""


def is_media(path: str) -> bool:
    """Whether it is a video or audio file by name."""
    extension = extension_of(path)
    return extension in VIDEOS or extension in AUDIOS
