#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Derives base-map.bin, the built-in map, from GSHHG. Run by hand; README.md says how, and describes the file."""
import sys

import numpy

import encode
import gshhg
import simplify

# Each level of detail: the greatest zoom it is made for; bits of its grid; the box it covers (south, north, west, east, in degrees);
# the smallest triangle and the smallest ring that are kept, in square pixels of that zoom; the levels of rivers in it.
LEVELS = [
    (3, 13, (-85, 85, -180, 180), 1.5, 3, ()),
    (5, 15, (28, 73, -45, 45), 1.5, 3, (1,)),
    (8, 18, (45, 64, -20, 16), 2, 4, (1, 2, 3, 4)),
    (12, 21, (49.5, 61.2, -11, 2.2), 4, 8, (1, 2, 3, 4)),
]
RIVERS_BOX = (28, 73, -45, 45)
BORDERS_BOX = RIVERS_BOX
NATIONAL = (1,)

# How the file names what a line is. Shorelines have the numbers of GSHHG.
RIVER, BORDER = 16, 32


def copies(points, bits):
    """A ring, and itself a world further to the west if it reaches beyond 180° (Asia does, as it begins at Greenwich)."""
    world = 1 << bits
    for shift in (-world, 0, world):
        moved = points + (shift, 0)
        if moved[:, 0].max() > 0 and moved[:, 0].min() < world:
            yield moved


def closed_at_pole(points, bits):
    """A ring that goes round the pole comes back a world further on: it is closed along the map's lower edge."""
    world = 1 << bits
    if abs(points[-1][0] - points[0][0]) < world / 2:
        return points
    return numpy.concatenate([points, [(points[-1][0], world), (points[0][0], world)]])


def ring_lines(shores, level):
    zoom, bits, degrees, least, smallest, _ = level
    pixel = 2.0 ** (bits - 8 - zoom)
    box = simplify.box_of(*degrees, bits)
    for line in shores:
        ring = closed_at_pole(simplify.project(line.points, bits), bits)
        for copy in copies(ring, bits):
            if copy[:, 0].max() < box[0] or copy[:, 0].min() > box[2] or copy[:, 1].max() < box[1] or copy[:, 1].min() > box[3]:
                continue
            if simplify.ring_area(copy) < smallest * pixel ** 2:
                continue
            points = simplify.on_grid(simplify.clip_ring(copy, box), True)
            if len(points) > 3:
                points = simplify.simplify(points, True, least * pixel ** 2)
            if len(points) >= 3:
                yield line.level, [tuple(map(int, point)) for point in points]


def open_lines(found, kind, level):
    zoom, bits, degrees, least, _, _ = level
    pixel = 2.0 ** (bits - 8 - zoom)
    box = simplify.box_of(*degrees, bits)
    for line in found:
        for copy in copies(simplify.project(line.points, bits), bits):
            for run in simplify.clip_line(copy, box):
                points = simplify.on_grid(run, False)
                if len(points) > 1:
                    yield kind + line.level, simplify.simplify(points, False, least * pixel ** 2)


def make_level(level, shores, rivers, borders):
    zoom, bits, degrees, *_, shown = level
    lines = list(ring_lines(shores, level))
    lines += open_lines([line for line in rivers if line.level in shown], RIVER, level)
    if shown:
        lines += open_lines(borders, BORDER, level)
    made = encode.level_bytes(zoom, bits, simplify.box_of(*degrees, bits), lines)
    points = sum(len(points) for _, points in lines)
    print(f"zoom {zoom}: {len(lines)} lines, {points} points, {len(made)} bytes", file=sys.stderr)
    return made


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: generate.py FOLDER-OF-GSHHG BASE-MAP.BIN")
    folder, target = sys.argv[1:]
    shores = list(gshhg.shorelines(folder))
    rivers = list(gshhg.lines(folder, "river", (1, 2, 3, 4), RIVERS_BOX))
    borders = list(gshhg.lines(folder, "border", NATIONAL, BORDERS_BOX))
    levels = [make_level(level, shores, rivers, borders) for level in LEVELS]
    with open(target, "wb") as file:
        file.write(encode.file_bytes(levels))


if __name__ == "__main__":
    main()
