"""Reads a package's metadata over HTTP ranges with conda-package-streaming: look_inside.py PACKAGE_URL"""

import sys

from conda_package_streaming.url import stream_conda_info

print(*sorted(member.name for _, member in stream_conda_info(sys.argv[1])), sep="\n")
