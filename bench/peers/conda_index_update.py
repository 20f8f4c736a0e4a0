"""One more package in a channel that conda-index has indexed already: the wall seconds of its update.

  conda_index_update.py CHANNEL SUBDIR REPODATA PACKAGE

Makes a channel folder in which conda-index knows the records of REPODATA (of which it has no files, so it is told to
keep what is missing), adds the file PACKAGE, and runs it twice from the same state: with repodata.json.zst and without.
Prints {"zst": SECONDS, "plain": SECONDS}.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from conda_index.index.sqlitecache import CondaIndexCache

BUILT = 1_700_000_000
FLAGS = ["--update-only", "--no-rss", "--threads", "1"]


def main() -> int:
    channel, subdir, repodata, package = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    fill(channel, subdir, json.loads(repodata.read_bytes()))
    database = channel / subdir / ".cache/cache.db"
    kept = channel / "cache.db.kept"
    shutil.copyfile(package, channel / subdir / package.name)
    shutil.copyfile(database, kept)
    seconds = {"zst": update(channel, subdir, "--zst")}
    shutil.copyfile(kept, database)
    seconds["plain"] = update(channel, subdir)
    print(json.dumps(seconds))
    return 0


def fill(channel: Path, subdir: str, repodata: dict):
    (channel / subdir).mkdir(parents=True)
    cache = CondaIndexCache(channel_root=channel, subdir=subdir)
    records = list({**repodata["packages"], **repodata["packages.conda"]}.items())
    with cache.db as db:
        db.executemany("INSERT INTO index_json (path, index_json) VALUES (?, ?)",
                       ((name, json.dumps(record)) for name, record in records))
        for stage in ("fs", "indexed"):
            db.executemany("INSERT INTO stat (stage, path, mtime, size, sha256, md5) VALUES (?, ?, ?, ?, ?, ?)",
                           ((stage, name, BUILT, record["size"], record["sha256"], record["md5"]) for name, record in records))
    cache.close()


def update(channel: Path, subdir: str, *flags: str) -> float:
    command = [sys.executable, "-m", "conda_index", str(channel), "--subdir", subdir, *FLAGS, *flags]
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=sys.stderr)
    return time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main())
