#!/usr/bin/python3
"""Prints templates of `stipple template` as a printer at 10 dots per mm would, and measures them.

    check_template.py STIPPLE FOLDER

Two samples on A4 and on Letter, as drawn and mirrored: every page of the PDF is rasterised by poppler at 254 dpi, has its paper's size,
and 100 mm of its rulers are 1000 pixels, within 2, on both axes. A template made twice, with other threads, has the same bytes.
Needs poppler-utils and Pillow; ends with an error where anything is not as it should be.
"""

import json
import pathlib
import re
import subprocess
import sys

from PIL import Image

# Pixels, at 10 to the millimetre.
PAPERS = {"a4": (2100, 2970), "letter": (2159, 2794)}
DARK = bytes(0 if value < 128 else 1 for value in range(256))


def check(holds, *what):
    if not holds:
        sys.exit("FAILED: " + " ".join(str(w) for w in what))


def longest(picture):
    """The longest dark run of any row, pixels."""
    width, height = picture.size
    bits = picture.tobytes().translate(DARK)
    runs = (len(run) for y in range(height) for run in re.findall(b"\0+", bits[y * width : (y + 1) * width]))
    return max(runs, default=0)


def measure(file, folder, paper):
    """Sizes and rulers of all pages of a PDF."""
    folder.mkdir(parents=True)
    subprocess.run(["pdftoppm", "-r", "254", "-gray", file, folder / "page"], check=True)
    pages = sorted(folder.glob("page*"))
    rulers = []
    for page in pages:
        picture = Image.open(page)
        width, height = picture.size
        short, long = sorted((width, height))
        check(abs(short - PAPERS[paper][0]) <= 1 and abs(long - PAPERS[paper][1]) <= 1, page, width, height)
        # The strips below and to the left of the drawing hold nothing longer than their rulers.
        across = longest(picture.crop((0, height - 230, width, height - 80)))
        along = longest(picture.crop((0, 0, 165, height)).transpose(Image.Transpose.ROTATE_90))
        check(abs(across - 1000) <= 2 and abs(along - 1000) <= 2, page, "100 mm are", across, "and", along, "pixels")
        rulers.append((across, along))
    return rulers


def main():
    stipple, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for sample, height in [("norwood-3", 70), ("part-width", None)]:
        for paper in PAPERS:
            for mirrored in [[], ["--mirror"]]:
                name = f"{sample}-{paper}" + ("-mirrored" if mirrored else "")
                file = folder / f"{name}.pdf"
                run = [stipple, "template", f"samples/{sample}.yaml", "--paper", paper, *mirrored, "--json"]
                made = json.loads(subprocess.run([*run, "-o", file], check=True, capture_output=True).stdout)
                check(all(piece["stretch"] <= 0.05 for piece in made["pieces"]), name, made["pieces"])
                if height is not None:
                    tape = made["tapes"][0]
                    check(abs(tape["skin"] - height) < 1 and abs(tape["paper"] - height) < 1, name, tape)
                rulers = measure(file, folder / name, paper)
                check(len(rulers) == made["pages"], name, "has", len(rulers), "pages of", made["pages"])
                print(f"  {name}: {len(rulers)} pages, 100 mm are {sorted(set(sum(rulers, ())))} pixels")
        again = folder / "again.pdf"
        subprocess.run([*run, "--threads", "1", "-o", again], check=True, capture_output=True)
        check(again.read_bytes() == file.read_bytes(), "two templates of", sample, "differ")


main()
