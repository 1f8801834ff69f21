"""Runs `stipple preview` and checks what it leaves: check_preview.py STIPPLE DESIGN FOLDER

Every promised picture must be there and be a sound PNG (checksums, and data that fills the size), nothing else may
be there, and the run must stay within its memory. Wall time is printed, not judged.
"""

import pathlib
import resource
import struct
import subprocess
import sys
import time
import zlib

PICTURES = ["after.png", "before.png", "sheet.png", "year-1.png", "year-3.png", "year-5.png"]
MEMORY_LIMIT_MB = 300
SAMPLES = {0: 1, 2: 3, 6: 4}  # per pixel, by colour type


def check_png(path):
    data = path.read_bytes()
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        sys.exit(f"{path.name}: not a PNG")
    at, packed, kind = 8, b"", b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        if zlib.crc32(kind + body) != checksum:
            sys.exit(f"{path.name}: wrong checksum in {kind.decode()}")
        if kind == b"IHDR":
            width, height, depth, colour_type = struct.unpack(">IIBB", body[:10])
        if kind == b"IDAT":
            packed += body
        at += 12 + length
    if kind != b"IEND":
        sys.exit(f"{path.name}: no end chunk")
    rows = zlib.decompress(packed)
    if len(rows) != height * (1 + width * SAMPLES[colour_type] * depth // 8):
        sys.exit(f"{path.name}: data does not fill {width} x {height}")
    if len(set(rows)) < 32:
        sys.exit(f"{path.name}: fewer than 32 different bytes, an empty picture")
    return f"{path.name} {width}x{height} {len(data) // 1024} KB"


def main():
    stipple, design, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    start = time.monotonic()
    run = subprocess.run([stipple, "preview", design, "-o", str(folder)], capture_output=True, text=True)
    seconds = time.monotonic() - start
    if run.returncode != 0:
        sys.exit(f"preview ended with {run.returncode}:\n{run.stderr}")
    found = sorted(p.name for p in folder.iterdir())
    if found != PICTURES:
        sys.exit(f"preview wrote {', '.join(found)}; promised are {', '.join(PICTURES)}")
    for name in PICTURES:
        print(" ", check_png(folder / name))
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  preview: {seconds:.2f} s, {megabytes:.0f} MB at most")
    if megabytes > MEMORY_LIMIT_MB:
        sys.exit(f"more than {MEMORY_LIMIT_MB} MB")


main()
