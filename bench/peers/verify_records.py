"""Verifies each record of a signed repodata.json with conda_content_trust, and prints how many were good.

  verify_records.py REPODATA PUBLIC_KEY_HEX
"""

import json
import sys

from conda_content_trust.authentication import verify_delegation


def main(path: str, key: str):
    with open(path, "rb") as file:
        repodata = json.load(file)
    key_mgr = {
        "signatures": {},
        "signed": {
            "type": "key_mgr",
            "metadata_spec_version": "0.6.0",
            "version": 1,
            "timestamp": "2026-01-01T00:00:00Z",
            "expiration": "2036-01-01T00:00:00Z",
            "delegations": {"pkg_mgr": {"pubkeys": [key], "threshold": 1}},
        },
    }
    verified = 0
    for section in ("packages", "packages.conda"):
        for name, record in repodata.get(section, {}).items():
            envelope = {"signed": record, "signatures": repodata["signatures"][name]}
            verify_delegation("pkg_mgr", envelope, key_mgr)
            verified += 1
    print(f"verified {verified}")


if __name__ == "__main__":
    main(*sys.argv[1:])
