"""Media files made to do harm, and a program that hands them to the recipes (run it under strace)."""

import json
import struct
import sys
from pathlib import Path

from tests.unit.recipes.media_work import make, run_recipe, tool

from coursepack.model.recipe import Recipe, Refused
from coursepack.recipes.audio import AudioRecipe
from coursepack.recipes.video import VideoRecipe

LADDER: dict[str, object] = {"ladder": [90], "quality": 90}
CLIP = ("-f", "lavfi", "-i", "testsrc2=s=64x36:r=10:d=0.4", "-c:v", "libx264", "-preset", "ultrafast")
TONE = ("-f", "lavfi", "-i", "sine=440:d=0.3")

MPD = (
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"><Period><AdaptationSet '
    'mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>{at}</BaseURL></Representation>'
    "</AdaptationSet></Period></MPD>"
)
LISTS = {
    "hls.mp4": "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{at}\n#EXT-X-ENDLIST\n",
    "hls after space.mp4": "\ufeff \r\n\t#EXTM3U\n#EXTINF:1,\n{at}\n",
    "hls key.m4v": '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{at}"\n#EXTINF:1,\n{at}\n#EXT-X-ENDLIST\n',
    "dash.webm": '<?xml version="1.0"?>\n' + MPD,
    "dash bare.mov": MPD,
    "concat.mp4": "ffconcat version 1.0\nfile '{at}'\n",
    "sdp.mp4": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9999 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    "smil.mp4": '<smil><body><video src="{at}"/></body></smil>',
    "asx.wmv": '<asx version="3"><entry><ref href="{at}"/></entry></asx>',
    "asx upper.wmv": '<ASX VERSION="3"><ENTRY><REF HREF="{at}"/></ENTRY></ASX>',
    "reference.asf": "[Reference]\nRef1={at}\n",
    "pls.mp3": "[playlist]\nFile1={at}\nNumberOfEntries=1\n",
    "xspf.mp3": '<?xml version="1.0"?><playlist><trackList><track><location>{at}</location></track></trackList></playlist>',
    "ram.mp3": "{at}\n",
    "ffmetadata.mp4": ";FFMETADATA1\ntitle={at}\n",
    "cue.wav": 'FILE "{at}" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n',
    "vobsub.mp4": "# VobSub index file, v7\nid: en, index: 0\ntimestamp: 00:00:00:000, filepos: 000000000\n",
    "imf.mxf": '<?xml version="1.0"?><AssetMap xmlns="http://www.smpte-ra.org/schemas/429-9/2007/AM"><Path>{at}</Path></AssetMap>',
}
"""By name; {at} becomes the address of a file outside."""

NAMES = [
    "-i evil.mp4",
    "frame%03d.mp4",
    "concat:a|b.mp4",
    "file:x.mp4",
    "http:x.mp4",
    "new\nline.mp4",
    "it's $(id).mp4",
]


def box(kind: bytes, payload: bytes) -> bytes:
    """An ISO media box."""
    return struct.pack(">I4s", 8 + len(payload), kind) + payload


def with_reference(data: bytes, address: bytes) -> bytes:
    """An MP4 (index last) whose samples are said to lie in another file."""
    parents = (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref")
    entry = data.find(b"url \0\0\0\1") - 4
    new = struct.pack(">I4sI", 12 + len(address) + 1, b"url ", 0) + address + b"\0"
    changed = bytearray(data[:entry] + new + data[entry + 12 :])
    for kind in parents:
        at = data.rfind(kind, 0, entry) - 4
        (size,) = struct.unpack(">I", data[at : at + 4])
        changed[at : at + 4] = struct.pack(">I", size + len(new) - 12)
    return bytes(changed)


def wav(
    *, rate: int = 48_000, channels: int = 1, bits: int = 16, said: int | None = None, size: int = 9_600
) -> bytes:
    """A WAV file whose header says what it is told to."""
    block = channels * bits // 8
    fmt = struct.pack("<HHIIHH", 1, channels & 0xFFFF, rate, rate * block & 0xFFFFFFFF, block & 0xFFFF, bits)
    length = size if said is None else said
    head = b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt " + struct.pack("<I", 16) + fmt
    return head + b"data" + struct.pack("<I", length) + bytes((n * 37) % 251 for n in range(size))


def patched(data: bytes, kind: bytes, skip: int, value: bytes) -> bytes:
    """`data` with `value` written `skip` bytes after the first box called `kind`."""
    at = data.find(kind) + 4 + skip
    return data[:at] + value + data[at + len(value) :]


def odd_files(folder: Path, secret: Path) -> dict[str, bytes]:
    """Real media, bent. The names say how."""
    clip = make(folder.parent / "clip.mp4", *CLIP).read_bytes()
    vp8 = ("-f", "lavfi", "-i", "testsrc2=s=64x36:r=10:d=0.4", "-c:v", "libvpx", "-f", "ivf")
    ivf = make(folder.parent / "clip.ivf", *vp8).read_bytes()
    key = ivf.find(b"\x9d\x01\x2a") + 3
    quick = (
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x36:r=10:d=40",
        "-vf",
        "setpts=N/1000000/TB",
        "-enc_time_base",
        "1/1000000",
    )
    far = (
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x36:r=10:d=0.4",
        "-vf",
        "setpts='PTS+gte(N,2)*100000/TB'",
        "-fps_mode",
        "vfr",
    )
    x264 = ("-c:v", "libx264", "-preset", "ultrafast")
    deep = b"".join(struct.pack(">I4s", 8 * (4_000 - n), b"moov" if n % 2 else b"trak") for n in range(4_000))
    return {
        "reference.mov": with_reference(clip, f"file://{secret}".encode()),
        "reference http.mov": with_reference(clip, b"http://127.0.0.1:9/x.mp4"),
        "huge.ivf": ivf[:key] + struct.pack("<HH", 16_383, 16_383) + ivf[key + 4 :],
        "a million a second.mp4": make(folder.parent / "q.mp4", *quick, *x264, "-frames:v", "200").read_bytes(),
        "two days.mkv": make(folder.parent / "f.mkv", *far, *x264).read_bytes(),
        "samples of nothing.mp4": patched(clip, b"stsz", 8, b"\0\0\0\0" * 3),
        "many samples.mp4": patched(clip, b"stsz", 8, b"\xff\xff\xff\xff"),
        "no time.mp4": patched(clip, b"mdhd", 12, b"\0\0\0\0"),
        "deep.mp4": box(b"ftyp", b"isom\0\0\0\0") + deep,
        "1 Hz.wav": wav(rate=1),
        "10 MHz.wav": wav(rate=10_000_000),
        "4 GHz.wav": wav(rate=0xFFFFFFFF),
        "255 channels.wav": wav(channels=255, size=51_000),
        "no channels.wav": wav(channels=0),
        "0 bits.wav": wav(bits=0),
        "4 GB said.wav": wav(said=0xFFFFFFFF),
        "noise.mp4": box(b"ftyp", b"isom\0\0\0\0") + bytes((n * n * 31 + n) % 256 for n in range(40_000)),
        "noise.ts": b"".join(b"G" + bytes((n * k) % 256 for n in range(187)) for k in range(400)),
        "noise.aac": b"".join(b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(10) for _ in range(300)),
    }  # fmt: skip


def make_files(folder: Path, secret: Path) -> None:
    """Everything, in `folder`. `secret` is what must not be opened."""
    folder.mkdir(parents=True)
    for name, text in LISTS.items():
        at = f"file://{secret}" if "bare" not in name else "http://127.0.0.1:9/x.ts"
        (folder / name).write_bytes(text.replace("{at}", at).encode())
    for name, data in odd_files(folder, secret).items():
        (folder / name).write_bytes(data)
    tone = make(folder.parent / "tone.mp4", *TONE, "-c:a", "aac").read_bytes()
    for name in NAMES:
        (folder / name).write_bytes(tone)
    notes = folder.parent / "notes.txt"
    notes.write_text("x")
    attached = (
        "-attach",
        str(notes),
        "-metadata:s:t",
        "mimetype=text/plain",
        "-metadata:s:t",
        "filename=../../pwned",
    )
    make(folder / "attachment.mkv", *CLIP, *attached)
    with (folder / "sparse.mp4").open("wb") as f:
        f.write(box(b"ftyp", b"isom\0\0\0\0") + b"\0\0\0\1mdat" + struct.pack(">Q", 4 << 30))
        f.truncate(4 << 30)


def outcome(recipe: Recipe, source: Path, place: Path, params: dict[str, object]) -> list[str]:
    """["made"], or the codes with which a file was refused."""
    try:
        run_recipe(recipe, source, place, params=params)
    except Refused as e:
        return [d.code for d in e.diagnostics]
    return ["made"]


def main(folder: str, out: str) -> None:
    """Hands every file in `folder` to both recipes and prints what became of it as JSON."""
    video, audio = VideoRecipe(tool()), AudioRecipe(tool())
    told: dict[str, dict[str, list[str]]] = {}
    for number, source in enumerate(sorted(Path(folder).iterdir())):
        place = Path(out) / str(number)
        told[source.name] = {
            "video": outcome(video, source, place / "v", LADDER),
            "audio": outcome(audio, source, place / "a", {}),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
