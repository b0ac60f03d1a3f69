#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads meson's test logs, shows what failed, and ends with one line: N passed, N failed.

A test program that speaks TAP counts once per case it reports, any other once. A program that
failed without naming a case (it crashed, or ran out of time) counts as one failure.
"""
import json
import re
import sys

CASE = re.compile(r"^(not ok|ok)\b(?!.*#\s*(?:SKIP|TODO)\b)", re.IGNORECASE | re.MULTILINE)
PASSED = {"OK", "EXPECTEDFAIL"}
TAIL = 40  # lines of a failed program's own words


def count(test):
    """The cases that passed and that failed in one entry of the log."""
    cases = [word.lower() for word in CASE.findall(test.get("stdout", ""))]
    passed, failed = cases.count("ok"), cases.count("not ok")
    if test["result"] == "SKIP":
        return 0, 0
    if test["result"] in PASSED:
        return max(passed, 1), failed
    return passed, max(failed, 1)


def show(test):
    """What a person needs to see of a program that failed."""
    print(f"\n{test['name']}: {test['result']}, exit status {test.get('returncode')}")
    for stream in ("stdout", "stderr"):
        lines = [line for line in test.get(stream, "").splitlines() if not line.startswith("ok ")]
        for line in lines[-TAIL:]:
            print("  " + line)


def main(paths):
    passed = failed = 0
    for path in paths:
        try:
            with open(path, encoding="utf-8", errors="replace") as log:
                tests = [json.loads(line) for line in log if line.strip()]
        except OSError as error:
            print(f"No tests ran: {error}")
            tests, failed = [], failed + 1
        for test in tests:
            ok, not_ok = count(test)
            passed, failed = passed + ok, failed + not_ok
            if not_ok:
                show(test)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
