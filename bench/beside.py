"""Runs our command and a peer's on the same work, in one session, and prints the ratio.

Both are measured as whole processes by the operating system: wall seconds, processor seconds (user + system) and peak
resident memory. The runs alternate (ours, peer, ours, peer, ...), so that a machine that slows down slows both.

Exit status of every bench: 0 the ratios hold, 1 one is missed or a command failed, 2 usage, 3 the peer is absent.
A ratio that was not measured is never printed.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HELD, MISSED, USAGE, ABSENT = 0, 1, 2, 3


@dataclass(frozen=True)
class Cost:
    """What one run of a process took."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


def root() -> Path:
    """The repository."""
    return Path(__file__).resolve().parent.parent


def peer(template: str | None, **values) -> list[str]:
    """The peer's command with {names} filled in; ends the bench with status 3 where it cannot be run."""
    if not template:
        absent("no --peer command was given")
    words = [word.format(**values) for word in shlex.split(template)]
    if shutil.which(words[0]) is None:
        absent(f"{words[0]}: no such program")
    return words


def absent(why: str):
    print(f"peer absent: {why}", file=sys.stderr)
    sys.exit(ABSENT)


def ours(main_class: str, *arguments, jvm=()) -> list[str]:
    """A main class of the bench module on the class path that `bench/build` left."""
    classes = root() / "bench/target/classes"
    libraries = root() / "bench/target/lib"
    if not classes.is_dir() or not libraries.is_dir():
        print("building the bench module first", file=sys.stderr)
        build()
    path = f"{classes}{os.pathsep}{libraries}/*"
    flags = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    return [java(), *flags, *jvm, "-cp", path, f"dev.bulla.bench.{main_class}", *map(str, arguments)]


def java() -> str:
    """The Java that the launcher has found and remembers."""
    remembered = root() / "cli/target/launch"
    if not remembered.is_file():
        subprocess.run([str(root() / "bulla"), "--version"], check=True, stdout=sys.stderr)
    for line in remembered.read_text().splitlines():
        if line.startswith("jdk="):
            return shlex.split(line.removeprefix("jdk="))[0] + "/bin/java"
    sys.exit(f"{remembered} does not say where Java is")


def build():
    """Compiles the bench module and everything under it."""
    command = ["mvn", "-q", "-B", "-f", str(root() / "pom.xml"), "-P", "bench", "package", "-DskipTests", "-pl", "bench", "-am"]
    if subprocess.run(command).returncode != 0:
        sys.exit(MISSED)


def options(description: str) -> argparse.ArgumentParser:
    """What every bench over a repodata.json takes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="the peer's command, with the {names} told above")
    parser.add_argument("--records", type=int, default=600_000)
    parser.add_argument("--generator", type=Path, default=root().parent / "shared/bench/gen_repodata.py")
    parser.add_argument("--runs", type=int, default=1)
    return parser


def generate(generator: Path, out: Path, records: int) -> Path:
    """A repodata.json of so many records, the same in each call."""
    if not generator.is_file():
        print(f"{generator}: no generator there; name one with --generator", file=sys.stderr)
        sys.exit(USAGE)
    subprocess.run([sys.executable, generator, out, "--n", str(records)], check=True, stdout=sys.stderr)
    return out


def run(words: list[str]) -> Cost:
    """One run, measured; what it says on standard error is shown."""
    start = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        print(f"failed with {process.returncode}: {shlex.join(words)}", file=sys.stderr)
        sys.exit(MISSED)
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output.strip())


class Server:
    """Our server on a free loopback port with a data folder of its own; ended by its process handle."""

    def __init__(self, data: Path, *flags: str, jvm: str = ""):
        self.words = [str(root() / "bulla"), "serve", "--data", str(data), "--port", "0", *flags]
        self.environment = {**os.environ, **({"BULLA_JAVA_OPTS": jvm} if jvm else {})}

    def __enter__(self):
        self.process = subprocess.Popen(
            self.words, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=self.environment)
        said = []
        for line in self.process.stderr:
            said.append(line)
            if found := re.search(r" serves http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found.group(1))
                threading.Thread(target=self.process.stderr.read, daemon=True).start()
                return self
        sys.exit("the server did not start: " + "".join(said))

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)


def judge(rows) -> int:
    """Prints the measured ratios and returns the exit status.

    A row is (what, ours, peers, unit, bound): lists of figures of equal meaning, and the largest ratio ours/peer allowed.
    """
    status = HELD
    print(f"{'':28}{'ours':>12}{'peer':>12}   ratio   allowed")
    for what, us, them, unit, bound in rows:
        ratio = median(us) / median(them)
        held = ratio <= bound
        status = status if held else MISSED
        print(f"{what:28}{median(us):>12.2f}{median(them):>12.2f}   {ratio:5.3f}   ≤ {bound:.3f} {unit:8} {'held' if held else 'MISSED'}")
    print(f"median of {len(rows[0][1])} runs each, taken in turn")
    return status
