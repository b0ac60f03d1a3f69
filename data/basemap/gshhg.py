# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the netCDF files of GSHHG 2.3 as GMT ships them, and puts their pieces together again.

GMT cuts the shorelines along every whole degree ("bins"). A piece has the number of the polygon that it was cut from; it ends in
the very point where the piece in the next bin begins, so that a polygon is a chain of pieces. Rivers and borders are cut the same
way, but have no numbers: there a chain goes on while exactly one piece fits.

Coordinates of what is given back are units of 1/65535 degree: east of Greenwich (continuous, so perhaps beyond a full
turn), and north of the south pole.
"""
import os
from collections import defaultdict, namedtuple

import netCDF4
import numpy

DEGREE = 65535
TURN = 360 * DEGREE
COLUMNS, ROWS = 360, 180

LAND, LAKE, ISLAND, POND, ANTARCTIC_ICE, ANTARCTIC_GROUND = 1, 2, 3, 4, 5, 6

Line = namedtuple("Line", "level closed points")  # points: an array of (east, north)


class File:
    """One of the files, with the bin that each piece lies in."""

    def __init__(self, folder, kind):
        data = netCDF4.Dataset(os.path.join(folder, f"binned_{kind}_f.nc"))
        data.set_auto_mask(False)
        self.variables = data.variables
        self.first_point = self["Id_of_first_point_in_a_segment"].astype(int)
        self.east = self["Relative_longitude_from_SW_corner_of_bin"].view("uint16").astype(int)
        self.north = self["Relative_latitude_from_SW_corner_of_bin"].view("uint16").astype(int)
        self.bin = numpy.zeros(len(self.first_point), int)
        for number, (first, n) in enumerate(zip(self["Id_of_first_segment_in_a_bin"], self["N_segments_in_a_bin"])):
            self.bin[first:first + n] = number

    def __getitem__(self, name):
        return self.variables[name][...]

    def points(self, piece, n):
        """The points of a piece; bins are counted from the north-west, beginning at Greenwich."""
        row, column = divmod(int(self.bin[piece]), COLUMNS)
        part = slice(self.first_point[piece], self.first_point[piece] + n)
        return numpy.stack([self.east[part] + column * DEGREE, self.north[part] + (ROWS - 1 - row) * DEGREE], 1)


def key(point):
    return int(point[0]) % TURN, int(point[1])


def continued(points, piece):
    """Both as one, the piece moved by whole turns so that it goes on where the points end."""
    return numpy.concatenate([points, piece[1:] + (points[-1] - piece[0])])


def rings(pieces):
    """The closed chains among pieces of one polygon."""
    starts = defaultdict(list)
    for piece in pieces:
        starts[key(piece[0])].append(piece)
    while starts:
        first, waiting = next(iter(starts.items()))
        ring = waiting.pop()
        if not waiting:
            del starts[first]
        while key(ring[-1]) != first and key(ring[-1]) in starts:
            end = key(ring[-1])
            ring = continued(ring, starts[end].pop())
            if not starts[end]:
                del starts[end]
        if key(ring[-1]) == first:
            yield ring


def shorelines(folder):
    """All shorelines of the world; Antarctica by its ice, since that is what a map shows."""
    data = File(folder, "GSHHS")
    embedded = data["Embedded_npts_levels_exit_entry_for_a_segment"].astype(int)
    polygons = defaultdict(list)
    for piece, polygon in enumerate(data["Id_of_GSHHS_ID"]):
        polygons[polygon].append(piece)
    for pieces in polygons.values():
        level = (embedded[pieces[0]] >> 6) & 7
        if level == ANTARCTIC_GROUND:
            continue
        for ring in rings([data.points(piece, embedded[piece] >> 9) for piece in pieces]):
            yield Line(LAND if level == ANTARCTIC_ICE else level, True, ring)


def inside(points, box):
    """Whether some of the points lie in the box: south, north, west and east in degrees."""
    south, north, west, east = box
    longitude = (points[:, 0] / DEGREE + 180) % 360 - 180
    latitude = points[:, 1] / DEGREE - 90
    return bool(((south <= latitude) & (latitude <= north) & (west <= longitude) & (longitude <= east)).any())


def chains(pieces):
    """The pieces, joined wherever exactly two of them meet. A line runs as its first piece does."""
    ends = defaultdict(list)
    for number, piece in enumerate(pieces):
        ends[key(piece[0])].append(number)
        ends[key(piece[-1])].append(number)
    left = set(range(len(pieces)))

    def grown(line):
        while len(ends[key(line[-1])]) == 2:
            found = [number for number in ends[key(line[-1])] if number in left]
            if not found:
                break
            left.remove(found[0])
            piece = pieces[found[0]]
            line = continued(line, piece if key(piece[0]) == key(line[-1]) else piece[::-1])
        return line

    for number in range(len(pieces)):
        if number in left:
            left.remove(number)
            yield grown(grown(pieces[number])[::-1])[::-1]


def lines(folder, kind, levels, box):
    """The rivers ("river") or national borders ("border") of these levels that touch the box."""
    data = File(folder, kind)
    counts = data["N_points_for_a_segment"].astype(int)
    pieces = defaultdict(list)
    for piece, level in enumerate(data["Hierarchial_level_of_a_segment"]):
        points = data.points(piece, counts[piece])
        if level in levels and counts[piece] > 1 and inside(points, box):
            pieces[int(level)].append(points)
    for level, found in sorted(pieces.items()):
        for chain in chains(found):
            yield Line(level, False, chain)
