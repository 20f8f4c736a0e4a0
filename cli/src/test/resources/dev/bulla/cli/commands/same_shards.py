"""Compares the shards of a channel with those that conda-index makes: same_shards.py CHANNEL_URL FOLDER SUBDIR...

Downloads the packages that the channel lists, lets conda-index write their shards, and compares record by record, but for
indexed_timestamp, which only one of the two writes, and run_exports. A record that does not say on what it depends, or
its build number, says the same as one with the default. Ends with status 1 where anything differs.
"""

import runpy
import sys
import types
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

import msgpack

try:
    import compression.zstd as zstd
except ImportError:
    import backports.zstd as zstd

url, copies, subdirs = sys.argv[1], Path(sys.argv[2]) / "channel", sys.argv[3:]
DEFAULTS = {"depends": [], "build_number": 0}
NOT_COMPARED = ("indexed_timestamp", "run_exports")


def stand_in_for_conda():
    """Of conda, which PyPI does not have, conda-index needs two names, and neither for what is done here."""
    from rattler import Version

    names = {"conda": {}, "conda.models": {}, "conda.models.version": {"VersionOrder": Version},
             "conda.base": {}, "conda.base.constants": {"PLATFORM_DIRECTORIES": tuple(subdirs)}}
    for name, members in names.items():
        module = types.ModuleType(name)
        module.__path__ = []
        vars(module).update(members)
        sys.modules[name] = module


def get(path: str) -> bytes:
    with urllib.request.urlopen(f"{url}/{path}", timeout=60) as answer:
        return answer.read()


def unpacked(frame: bytes) -> dict:
    return msgpack.unpackb(zstd.decompress(frame), raw=False)


def records(read, subdir: str) -> dict:
    """File name -> record of all shards, which read() finds by their place below the subdir."""
    index = unpacked(read(f"{subdir}/repodata_shards.msgpack.zst"))
    assert index["version"] == 1 and index["info"]["subdir"] == subdir, index["info"]
    found = {}
    for name, sha256 in index["shards"].items():
        folder = urljoin(f"{subdir}/", index["info"]["shards_base_url"])
        shard = unpacked(read(f"{folder}{sha256.hex()}.msgpack.zst"))
        for section, extension in (("packages", ".tar.bz2"), ("packages.conda", ".conda")):
            for file_name, record in shard[section].items():
                assert record["name"] == name and file_name.endswith(extension), (name, file_name)
                said = {key: value for key, value in record.items() if key not in NOT_COMPARED}
                found[file_name] = DEFAULTS | said
    return found


def main() -> int:
    served = {subdir: records(get, subdir) for subdir in subdirs}
    for subdir in subdirs:
        (copies / subdir).mkdir(parents=True)
        for file_name in served[subdir]:
            (copies / subdir / file_name).write_bytes(get(f"{subdir}/{file_name}"))
    stand_in_for_conda()
    sys.argv = ["conda_index", str(copies), "--no-write-monolithic", "--write-shards", "--no-rss", "--threads", "1"]
    runpy.run_module("conda_index", run_name="__main__")
    different = 0
    for subdir in subdirs:
        theirs = records(lambda path: (copies / path).read_bytes(), subdir)
        for name in sorted(served[subdir].keys() | theirs.keys()):
            if served[subdir].get(name) != theirs.get(name):
                different += 1
                print(name, "ours:", served[subdir].get(name), "conda-index:", theirs.get(name), sep="\n  ")
    print(sum(map(len, served.values())), "records,", different, "different")
    return 1 if different or not any(served.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
