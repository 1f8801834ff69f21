"""Holds the program to PRIVACY.md: check_privacy.py STIPPLE FOLDER

Every command is run as a client's files would be used, under strace, by a user and in folders that have telling names. No
command may ask for a socket, write outside its output folder, or start another program; and no file that it leaves may hold one
of the names. Needs strace.
"""

import os
import pathlib
import re
import socket
import subprocess
import sys

# What could tell who it was; each stands where a program could pick it up.
CLIENT, REMARK, USER, ELSEWHERE = "jane-roe", "Jane Roe rang", "drmiller", "a-clients-home"
DESIGN = f"""# {REMARK}
$schema: file:///{ELSEWHERE}/schema.json
schemaVersion: 1
title: {REMARK}
client: {{age: 47}}
head: {{age: 50}}
hair: {{density: 30}}
layers: [{{hairline: {{height: 72, density: 150}}}}]
waive: [{{rule: L4, reason: {REMARK}}}]
pictures: {{size: 96, quality: draft, sheetViews: [front]}}
"""
COMMANDS = [
    "init OUT/new.yaml", "schema", "dot", "match --skin II --hair black", "check DESIGN", "plan DESIGN", "info DESIGN",
    "info OUT/scan.obj", "pattern DESIGN --stats -o OUT/points.ply", "field DESIGN --view top -o OUT/field.png",
    "timeline DESIGN --plot OUT/plot.png --times 1y -o OUT/years", "sheet DESIGN --vary seed=1,2 -o OUT/variants.png",
    "animate DESIGN --until 2 -o OUT/fade.png", "report DESIGN -o OUT/report.html",
    "template DESIGN -o OUT/template.pdf", "landmarks OUT/scan.obj -o OUT/marks.png",
    "preview DESIGN -o OUT/pictures", "preview OUT/pictures/after.png --no-metadata -o OUT/bare",
    "batch MANIFEST --keep-going -o OUT/batch", "collect OUT/batch",
]  # fmt: skip
# Told to write, a program may also write to the terminal and to nowhere.
ELSEWHERE_ALLOWED = ("/dev/null", "/dev/tty", "/proc/self/")


def main():
    stipple, work = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve() / CLIENT
    out = work / "out"
    out.mkdir(parents=True)
    design = work / f"{CLIENT}.yaml"
    design.write_text(DESIGN)
    # As PRIVACY.md asks for: numbers in manifests.
    (work / "c1.yaml").write_text(DESIGN)
    (work / "c2.yaml").write_text("layers: 3\n")
    manifest = work / "manifest.jsonl"
    manifest.write_text('{"id": "1", "design": "c1.yaml"}\n{"id": "2", "design": "c2.yaml"}\n')
    corners = "v 0 0 0\nv 100 0 0\nv 0 100 0\nv 0 0 100\n"
    (out / "scan.obj").write_text(f"# {REMARK}\no {CLIENT}\n{corners}f 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n")
    environment = {**os.environ, "USER": USER, "LOGNAME": USER, "HOME": f"/{ELSEWHERE}", "TMPDIR": f"/{ELSEWHERE}"}
    trace = work / "trace"
    for command in COMMANDS:
        words = command.replace("OUT/", "out/").replace("DESIGN", str(design)).replace("MANIFEST", str(manifest)).split()
        run = subprocess.run(
            ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=network,process,open,openat,creat", "-e", "signal=none", "-o", trace, stipple]
            + words,
            cwd=work, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip
        # A tetrahedron is refused as a head, and a job of the batch fails.
        if run.returncode not in (0, 3, 65):
            sys.exit(f"stipple {command} ended with {run.returncode}:\n{run.stderr}")
        calls = trace.read_text(errors="replace").splitlines()
        for call in calls:
            call = re.sub(r"^\d+ +", "", call)
            name = call.split("(")[0]
            if name in ("socket", "socketpair", "connect", "bind", "sendto", "sendmsg", "listen", "accept4"):
                sys.exit(f"stipple {command} asks for the network: {call}")
            if name in ("execve", "execveat", "fork", "vfork") and f'"{stipple}"' not in call:
                sys.exit(f"stipple {command} starts a program: {call}")
            written = re.match(r'\w+\((?:AT_FDCWD, )?"([^"]*)", [^)]*(O_WRONLY|O_RDWR|O_CREAT)', call)
            if written and not written[1].startswith(ELSEWHERE_ALLOWED):
                if not (work / written[1]).resolve().is_relative_to(out):
                    sys.exit(f"stipple {command} writes outside its output: {call}")
            if ELSEWHERE in call and name != "execve":
                sys.exit(f"stipple {command} looks into the home or temporary folder: {call}")
    named = [CLIENT, REMARK, USER, ELSEWHERE, str(work), socket.gethostname()]
    secrets = [word.lower().encode() for word in named if len(word) > 3]
    files = [path for path in out.rglob("*") if path.is_file() and path.name != "scan.obj"]
    for path in files:
        text = path.read_bytes().lower()
        for secret in secrets:
            if secret in text:
                sys.exit(f"{path.relative_to(work)} holds {secret.decode()!r}")
    bare = b"".join(path.read_bytes() for path in (out / "bare").iterdir())
    if b"stipple:design" in bare or b"stipple:seed" in bare:
        sys.exit("--no-metadata leaves the design or its seed")
    if any(path.name.startswith(".") for path in out.rglob("*")):
        sys.exit("hidden files are left")
    print(f"  {len(COMMANDS)} commands: no socket, no other program, nothing written elsewhere; {len(files)} files without a name")


main()
