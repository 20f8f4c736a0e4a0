"""skipped.py, tried on reports as Surefire writes them."""

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import skipped

ABORTED = '<skipped type="org.opentest4j.TestAbortedException"><![CDATA[{0}\n\tat org.junit.Assumptions]]></skipped>'
START = "org.opentest4j.TestAbortedException: Assumption failed: "


def verdict(inside, *options):
    """The exit status and the output for one report with one test that has this inside."""
    return verdict_on(f'<testcase classname="A" name="b">{inside}</testcase>', *options)


def verdict_on(tests, *options):
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as said:
        reports = Path(folder, "conda/target/surefire-reports")
        reports.mkdir(parents=True)
        suite = f'<testsuite name="A">{tests}</testsuite>'
        reports.joinpath("TEST-A.xml").write_text(suite, encoding="utf-8")
        return skipped.main([*options, folder]), said.getvalue()


class SkippedTest(unittest.TestCase):
    def test_a_test_that_ran_is_right(self):
        self.assertEqual((0, ""), verdict(""))

    def test_one_skipped_for_want_of_fixtures_must_run(self):
        status, said = verdict(ABORTED.format(START + "no fixtures: set -Dbulla.fixtures"))
        self.assertEqual(1, status)
        self.assertIn("MUST RUN  A.b: " + START + "no fixtures", said)

    def test_one_skipped_for_want_of_pypi_must_run(self):
        self.assertEqual(1, verdict(ABORTED.format(START + "no python with py-rattler is to be had"))[0])

    def test_one_skipped_without_a_reason_must_run(self):
        self.assertEqual(1, verdict("<skipped/>")[0])

    def test_a_disabled_one_must_run(self):
        self.assertEqual(1, verdict('<skipped message="later"/>')[0])

    def test_a_class_of_which_no_test_is_reported_must_run(self):
        self.assertEqual(1, verdict_on("")[0])

    def test_where_no_process_may_be_traced_the_kills_may_be_skipped(self):
        self.assertEqual(0, verdict(ABORTED.format(START + "strace may not look into a process here: no"))[0])

    def test_the_count_fails_with_a_failed_test(self):
        self.assertEqual((1, "0 passed, 1 failed, 0 skipped\n"), verdict("<failure/>", "--count"))


if __name__ == "__main__":
    unittest.main()
