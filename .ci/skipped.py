"""Reads what Surefire wrote about the tests below a folder (by default all of the repository).

    skipped.py [--count] [FOLDER]

Without an option: prints the skipped tests with their reasons and fails when one was skipped that must run here, which is
every test but those whose reason is in MAY_BE_SKIPPED. With --count: the totals, in one line.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

# What a machine may lack even when all is installed. A reason that is new, or that cannot be read, is not among them.
MAY_BE_SKIPPED = ("ACCP does not load on this platform", "strace may not look into a process here")


def suites(folder):
    for report in sorted(folder.glob("*/target/surefire-reports/TEST-*.xml")):
        yield ElementTree.parse(report).getroot()


def cases(folder):
    for suite in suites(folder):
        yield from suite.iter("testcase")


def skipped(folder):
    for suite in suites(folder):
        if suite.find("testcase") is None:
            yield suite.get("name"), "none of its tests is in the report, as when @BeforeAll skips them all"
    for case in cases(folder):
        found = case.find("skipped")
        if found is not None:
            yield f"{case.get('classname')}.{case.get('name')}", reason(found)


def reason(found):
    """A disabled test has its reason in an attribute, an aborted one in the first line of its stack trace."""
    text = found.get("message") or (found.text or "").strip()
    return text.partition("\n")[0]


def main(words) -> int:
    counting = "--count" in words
    folders = [word for word in words if word != "--count"]
    folder = Path(folders[0]) if folders else Path(__file__).resolve().parent.parent
    if counting:
        everything = list(cases(folder))
        failed = sum(1 for case in everything if case.find("failure") is not None or case.find("error") is not None)
        left_out = len(list(skipped(folder)))
        print(f"{len(everything) - failed - left_out} passed, {failed} failed, {left_out} skipped")
        return 1 if failed or not everything else 0
    wrong = 0
    for name, why in skipped(folder):
        forbidden = not any(allowed in why for allowed in MAY_BE_SKIPPED)
        wrong += forbidden
        print(f"{'MUST RUN' if forbidden else 'skipped '}  {name}: {why or 'no reason was given'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
