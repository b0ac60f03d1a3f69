# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines in Web Mercator: projecting, clipping to a box, and leaving out what cannot be seen at a scale."""
import heapq
import math

import numpy

from gshhg import DEGREE

LIMIT = 85.051128779806592  # degrees: where the square map ends


def project(points, bits):
    """Points of gshhg as numbers of a grid of 2^bits units a world, from its north-west corner; not yet rounded."""
    latitude = numpy.clip(points[:, 1] / DEGREE - 90, -LIMIT, LIMIT)
    north = numpy.arcsinh(numpy.tan(numpy.radians(latitude))) / (2 * math.pi)
    return numpy.stack([points[:, 0] / DEGREE / 360 + 0.5, 0.5 - north], 1) * 2.0 ** bits


def box_of(south, north, west, east, bits):
    """The corners of a box in degrees on that grid: left, top, right and bottom."""
    corners = numpy.array([[west * DEGREE, (north + 90) * DEGREE], [east * DEGREE, (south + 90) * DEGREE]])
    (left, top), (right, bottom) = numpy.rint(project(corners, bits)).astype(int)
    return int(left), int(top), int(right), int(bottom)


def clip_side(points, axis, edge, sign):
    """The part of a ring on one side of a line (Sutherland and Hodgman, "Reentrant Polygon Clipping", 1974)."""
    if len(points) == 0:
        return points
    far = sign * (points[:, axis] - edge)
    if (far >= 0).all():
        return points
    if (far < 0).all():
        return points[:0]
    after, far_after = numpy.roll(points, -1, 0), numpy.roll(far, -1)
    crosses = (far >= 0) != (far_after >= 0)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        cut = points + (after - points) * (far / (far - far_after))[:, None]
    cut[crosses, axis] = edge
    both = numpy.stack([points, cut], 1).reshape(-1, 2)
    return both[numpy.stack([far >= 0, crosses], 1).reshape(-1)]


def clip_ring(points, box):
    left, top, right, bottom = box
    for axis, edge, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        points = clip_side(points, axis, edge, sign)
    return points


def clip_line(points, box):
    """The runs of a line that touch the box; cut at points, not at the edge, which nobody sees from inside."""
    left, top, right, bottom = box
    within = ((left <= points[:, 0]) & (points[:, 0] <= right) & (top <= points[:, 1]) & (points[:, 1] <= bottom))
    keep = within | numpy.roll(within, 1) & (numpy.arange(len(points)) > 0) | numpy.append(within[1:], False)
    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate([[False], keep, [False]]).astype(int)))
    return [points[a:b] for a, b in zip(edges[::2], edges[1::2]) if b - a > 1]


def on_grid(points, closed):
    """The points rounded to the grid, those that fall on the one before left out."""
    whole = numpy.rint(points).astype(int)
    if len(whole) == 0:
        return whole
    keep = numpy.append(True, (numpy.diff(whole, axis=0) != 0).any(1))
    whole = whole[keep]
    if closed and len(whole) > 1 and (whole[0] == whole[-1]).all():
        whole = whole[:-1]
    return whole


def area(a, b, c):
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplify(points, closed, least):
    """Leaves out the point whose triangle with its neighbours is the smallest, as long as that is below @least square units
    (M. Visvalingam and J. D. Whyatt, "Line generalisation by repeated elimination of points", 1993)."""
    points = [tuple(point) for point in points.tolist()]
    n = len(points)
    before, after = [(i - 1) % n for i in range(n)], [(i + 1) % n for i in range(n)]
    gone = [False] * n
    fixed = set() if closed else {0, n - 1}
    size = [math.inf if i in fixed else area(points[before[i]], points[i], points[after[i]]) for i in range(n)]
    heap = [(size[i], i) for i in range(n) if i not in fixed]
    heapq.heapify(heap)
    left = n
    while heap and left > (3 if closed else 2):
        smallest, i = heapq.heappop(heap)
        if gone[i] or smallest != size[i]:
            continue
        if smallest >= least:
            break
        gone[i] = True
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if j not in fixed:  # never smaller than what went before, so that a bay does not vanish piece by piece
                size[j] = max(smallest, area(points[before[j]], points[j], points[after[j]]))
                heapq.heappush(heap, (size[j], j))
    return [point for i, point in enumerate(points) if not gone[i]]


def ring_area(points):
    x, y = points[:, 0], points[:, 1]
    return abs((x * numpy.roll(y, -1) - y * numpy.roll(x, -1)).sum()) / 2
