"""Slurm with one controller and one node on this machine, without systemd, for as long as a `with` lasts.

Needs slurmctld, slurmd, sinfo and munged. All its files lie in a folder of its own; ports 17817 and 17818 of this machine.
"""

import getpass
import os
import signal
import socket
import subprocess
import sys
import time

CONFIGURATION = """\
ClusterName=stipple
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort=17817
SlurmdPort=17818
AuthType=auth/munge
AuthInfo=socket={run}/munge.sock
CredType=cred/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmUser={user}
SlurmdUser={user}
StateSaveLocation={run}/state
SlurmdSpoolDir={run}/spool
SlurmctldPidFile={run}/slurmctld.pid
SlurmdPidFile={run}/slurmd.pid
SlurmctldLogFile={run}/log/slurmctld.log
SlurmdLogFile={run}/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


class SlurmNode:
    def __init__(self, run):
        self.run = run

    def __enter__(self):
        for name in ("state", "spool", "log"):
            (self.run / name).mkdir(parents=True)
        self.run.chmod(0o755)
        key = self.run / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o600)
        host = socket.gethostname().split(".")[0]
        configuration = self.run / "slurm.conf"
        configuration.write_text(
            CONFIGURATION.format(host=host, run=self.run, user=getpass.getuser(), cpus=len(os.sched_getaffinity(0)))
        )
        os.environ["SLURM_CONF"] = str(configuration)
        # A request to end must stop the daemons too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        try:
            munge = {"key-file": "munge.key", "socket": "munge.sock", "pid-file": "munged.pid", "seed-file": "munge.seed"}
            self.start("munged", "--force", f"--log-file={self.run}/log/munged.log",
                       *(f"--{option}={self.run}/{name}" for option, name in munge.items()))
            self.start("slurmctld", "-c")
            self.start("slurmd", "-c", "-N", host)
            for _ in range(60):
                state = subprocess.run(["sinfo", "-h", "-o", "%T"], capture_output=True, text=True).stdout.strip()
                if state == "idle":
                    return self
                time.sleep(0.5)
            sys.exit(f"FAILED: the node is '{state}', not idle, after 30 s")
        except BaseException:
            for log in sorted((self.run / "log").iterdir()):
                print(f"  {log.name}: " + "\n    ".join(log.read_text().splitlines()[-8:]), file=sys.stderr)
            self.__exit__()
            raise

    def start(self, *command):
        """Each goes into the background by itself. /usr/sbin is not on every path."""
        subprocess.run(command, check=True, env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"})

    def __exit__(self, *_):
        subprocess.run(["scancel", "--me"], capture_output=True)
        for name in ("slurmd", "slurmctld", "munged"):
            try:
                os.kill(int((self.run / f"{name}.pid").read_text()), signal.SIGTERM)
            except (OSError, ValueError):
                pass  # never started, or gone already
