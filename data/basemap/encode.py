# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes base-map.bin; README.md describes it."""
import struct

MAGIC = b"SPBM"
VERSION = 1
KIND_BITS = 6
COUNT_ORDER = 4


class Bits:
    """Numbers, bit by bit, the highest bit of a byte first."""

    def __init__(self):
        self.bytes = bytearray()
        self.held = 1  # the bits of the byte to come, after a leading one

    def put(self, number, bits):
        for place in range(bits - 1, -1, -1):
            self.held = self.held << 1 | number >> place & 1
            if self.held > 0xff:
                self.bytes.append(self.held & 0xff)
                self.held = 1

    def put_count(self, number, order):
        """An Exp-Golomb code: as many noughts as bits follow the highest one, without the @order lowest, which always follow."""
        number += 1 << order
        length = number.bit_length()
        self.put(0, length - 1 - order)
        self.put(number, length)

    def put_signed(self, number, order):
        """0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …"""
        self.put_count(number * 2 if number >= 0 else -number * 2 - 1, order)

    def finish(self):
        while self.held != 1:
            self.put(0, 1)
        return bytes(self.bytes)


def lines_bytes(lines, order):
    bits = Bits()
    x = y = 0
    for kind, points in lines:
        bits.put(kind, KIND_BITS)
        bits.put_count(len(points), COUNT_ORDER)
        for next_x, next_y in points:
            bits.put_signed(next_x - x, order)
            bits.put_signed(next_y - y, order)
            x, y = next_x, next_y
    return bits.finish()


def level_bytes(zoom, bits, box, lines):
    """A level: its header, then its lines, from north to south so that they begin near each other."""
    lines = sorted(lines, key=lambda line: (line[0], line[1][0][1] >> max(bits - 9, 0), line[1][0]))
    order, body = min(((order, lines_bytes(lines, order)) for order in (3, 4, 5)), key=lambda pair: len(pair[1]))
    return struct.pack(">BBBx4III", zoom, bits, order, *box, len(lines), len(body)) + body


def file_bytes(levels):
    return MAGIC + struct.pack(">BBxx", VERSION, len(levels)) + b"".join(levels)
