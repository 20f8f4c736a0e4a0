"""Reads what Surefire wrote about the tests.

Without an option: prints the skipped tests with their reasons and fails when a test was skipped that must run here, which
is every one that needs the fixtures or a client from PyPI. With --count: the totals, in one line.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
MUST_RUN = ("fixture", "python", "pip", "rattler")


def cases():
    for report in sorted(ROOT.glob("*/target/surefire-reports/TEST-*.xml")):
        yield from ElementTree.parse(report).getroot().iter("testcase")


def skipped():
    for case in cases():
        reason = case.find("skipped")
        if reason is not None:
            yield f"{case.get('classname')}.{case.get('name')}", reason.get("message") or ""


def main() -> int:
    if "--count" in sys.argv:
        everything = list(cases())
        failed = sum(1 for case in everything if case.find("failure") is not None or case.find("error") is not None)
        left_out = len(list(skipped()))
        print(f"{len(everything) - failed - left_out} passed, {failed} failed, {left_out} skipped")
        return 1 if failed or not everything else 0
    wrong = 0
    for name, reason in skipped():
        forbidden = any(word in reason.lower() for word in MUST_RUN)
        wrong += forbidden
        print(f"{'MUST RUN' if forbidden else 'skipped '}  {name}: {reason}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
