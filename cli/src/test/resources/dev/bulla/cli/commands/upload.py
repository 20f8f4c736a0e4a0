"""Uploads with py-rattler-build in prefix.dev's shape: upload.py SERVER_URL CHANNEL TOKEN FILE..."""

import os
import sys

from rattler_build import RattlerBuildError, upload_package_to_prefix

url, channel, token, files = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
status = 0
try:
    upload_package_to_prefix(files, url=url, channels=channel, api_key=token)
    print("uploaded")
except RattlerBuildError as e:
    print(e)
    status = 3
sys.stdout.flush()
os._exit(status)
