"""Prints what a veraPDF report says: a line per file, and every failed rule with its places."""

import sys
import xml.etree.ElementTree as xml

PROFILES = {"ua1": "PDF/UA-1 validation profile", "2a": "PDF/A-2A validation profile"}

files, path = int(sys.argv[1]), sys.argv[2]
text = open(path, encoding="utf-8", errors="replace").read()
try:
    report = xml.fromstring(text[text.index("<?xml"):])
except (ValueError, xml.ParseError):
    print(f"veraPDF wrote no report:\n{text}")
    sys.exit(2)

jobs, status = report.findall(".//job"), 0
if len(jobs) != files:
    print(f"veraPDF looked at {len(jobs)} of {files} files")
    status = 2
for job in jobs:
    name = job.findtext("item/name")
    reports = {r.get("profileName"): r for r in job.findall("validationReport")}
    if not reports:
        print(f"{name}: not validated: {job.findtext('taskException/exceptionMessage')}")
        status = 2
        continue
    for flavour, profile in PROFILES.items():
        checked = reports.get(profile)
        if checked is None:
            print(f"{name}: {flavour}: does NOT conform: its metadata does not say that it would")
            status = max(status, 1)
            continue
        details = checked.find("details")
        word = "conforms" if checked.get("isCompliant") == "true" else "does NOT conform"
        print(f"{name}: {flavour}: {word} ({details.get('passedChecks')} checks passed, "
              f"{details.get('failedChecks')} failed)")
        if checked.get("isCompliant") != "true":
            status = max(status, 1)
        for rule in details.findall("rule[@status='failed']"):
            print(f"  {rule.get('clause')}-{rule.get('testNumber')}: {rule.findtext('description').strip()}")
            for check in rule.findall("check")[:3]:
                print(f"    {check.findtext('context')}\n    {check.findtext('errorMessage')}")
sys.exit(status)
