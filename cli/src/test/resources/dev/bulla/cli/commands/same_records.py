"""Asks py-rattler's gateway for all records of a channel, once by shards and once by whole lists: same_records.py URL FOLDER.

Prints how many records both found; where they differ, the first differences, and ends with status 1. Left out is what
only shards carry beside the record, run_exports, and a .tar.bz2 of which there is a .conda: of whole lists the gateway
does not read those.
"""

import asyncio
import json
import os
import sys

from rattler import Client, Gateway, SourceConfig

url, folder = sys.argv[1], sys.argv[2]
SUBDIRS = ["linux-64", "noarch"]


async def records(sharded):
    config = SourceConfig(sharded_enabled=sharded)
    gateway = Gateway(cache_dir=f"{folder}/cache-{sharded}", default_config=config, client=Client.default_client(max_retries=0))
    names = [name.source for name in (await gateway.names([url], SUBDIRS)).names]
    found = {}
    for part in await gateway.query([url], SUBDIRS, names, recursive=False):
        for record in part:
            text = json.loads(record.to_json())
            text.pop("run_exports", None)
            found[f"{record.subdir}/{record.file_name}"] = text
    return {name: text for name, text in found.items() if name.replace(".tar.bz2", ".conda") not in found.keys() - {name}}


async def main():
    shards, lists = await records(True), await records(False)
    different = [name for name in sorted(shards.keys() | lists.keys()) if shards.get(name) != lists.get(name)]
    for name in different[:5]:
        print(name, "in shards:", shards.get(name), "in lists:", lists.get(name), sep="\n  ")
    print(len(shards), "records in shards,", len(lists), "in lists,", len(different), "different")
    return 1 if different or not shards else 0


status = 3
try:
    status = asyncio.run(main())
except Exception as e:
    print(type(e).__name__, e)
sys.stdout.flush()
os._exit(status)  # this version may crash while the interpreter ends
