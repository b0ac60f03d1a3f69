# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture of the whole virtual screen, from the file in which Xvfb keeps it (-fbdir)."""
import pathlib
import struct
import zlib

HEADER = struct.Struct(">25I")  # of the format XWD


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(source, target):
    """Turns what is on the screen, 32 bits a pixel with blue first, into a PNG file."""
    data = pathlib.Path(source).read_bytes()
    facts = HEADER.unpack_from(data)
    header, width, height, stride, colours = facts[0], facts[4], facts[5], facts[12], facts[19]
    start, rows = header + 12 * colours, bytearray()
    for y in range(height):
        pixels = data[start + y * stride:start + y * stride + 4 * width]
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
        rows += b"\0" + row
    pathlib.Path(target).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0))
                                     + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))
