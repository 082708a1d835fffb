# SPDX-License-Identifier: GPL-2.0
"""The words of the netlink specification, in the form that the unit test prints the tool's."""

import sys
import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    spec = yaml.safe_load(file)
for attrs in spec["attribute-sets"]:
    for number, attr in enumerate(attrs["attributes"], 1):
        if attr["type"] != "pad":
            print("attribute", attrs["name"], number, attr["name"])
for enum in spec["definitions"]:
    for number, entry in enumerate(enum.get("entries", [])):
        print("word", enum["name"], number, entry if isinstance(entry, str) else entry["name"])
