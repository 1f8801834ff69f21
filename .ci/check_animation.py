"""Reads an animated PNG with a decoder that is not ours (Pillow) and holds it against the pictures of a preview.

    check_animation.py STIPPLE DESIGN FOLDER
"""

import pathlib
import subprocess
import sys

from PIL import Image, ImageChops

stipple, design, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
movie = folder / "fade.png"
subprocess.run([stipple, "animate", design, "--size", "128", "--until", "3", "-o", movie], check=True, capture_output=True)
subprocess.run([stipple, "preview", design, "--size", "128", "-o", folder], check=True, capture_output=True)

with Image.open(movie) as found:
    assert found.is_animated and found.info.get("loop") == 0, "it is not shown over and over"
    assert found.n_frames == 8, f"{found.n_frames} pictures instead of 8"
    # before, after, then every half year
    times = {0: ("before", 1500), 1: ("after", 1500), 3: ("year-1", 400), 7: ("year-3", 2000)}
    seen = []
    for number in range(found.n_frames):
        found.seek(number)
        picture = found.convert("RGB")
        seen.append(picture)
        if number in times:
            name, milliseconds = times[number]
            assert found.info["duration"] == milliseconds, f"picture {number}: {found.info['duration']} ms"
            with Image.open(folder / f"{name}.png") as still:
                far = ImageChops.difference(picture, still.convert("RGB")).getbbox()
            assert far is None, f"picture {number} is not that of {name}.png"
    assert all(a.tobytes() != b.tobytes() for a, b in zip(seen, seen[1:])), "two pictures are the same"
print(f"  {movie.name}: 8 pictures, read by Pillow {Image.__version__}, the same as the preview's")
