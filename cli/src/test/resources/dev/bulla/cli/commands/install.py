"""Solves and installs with py-rattler: install.py CHANNEL_URL FOLDER SPEC...; prints the names, then what went wrong."""

import asyncio
import os
import sys

from rattler import Client, Gateway, SourceConfig, Subdir, install, solve

channel, folder, specs = sys.argv[1], sys.argv[2], sys.argv[3:]


async def main():
    client = Client.default_client(max_retries=0)
    config = SourceConfig(sharded_enabled=os.environ.get("SHARDS", "1") == "1")
    gateway = Gateway(cache_dir=folder + "/repodata", default_config=config, client=client)
    records = await solve([channel], specs, gateway=gateway, platforms=["linux-64", "noarch"])
    print(*sorted(record.file_name for record in records), sep="\n")
    prefix, packages = folder + "/prefix", folder + "/packages"
    await install(records, prefix, cache_dir=packages, client=client, show_progress=False, platform=Subdir("linux-64"))


status = 0
try:
    asyncio.run(main())
except Exception as e:
    print(type(e).__name__, e)
    status = 3
sys.stdout.flush()
os._exit(status)  # this version may crash while the interpreter ends
