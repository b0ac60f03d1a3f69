# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture of the whole display, asked of the X server. (Xvfb can also keep it in a file, but then it stalls now and then.)"""
import ctypes
import pathlib
import struct
import zlib

ALL_PLANES, Z_PIXMAP = ctypes.c_ulong(-1), 2


class Image(ctypes.Structure):
    """The beginning of an XImage."""
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("offset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int), ("unit", ctypes.c_int), ("bit_order", ctypes.c_int),
                ("pad", ctypes.c_int), ("depth", ctypes.c_int), ("stride", ctypes.c_int)]


def load_x():
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = x.XDefaultRootWindow.restype = ctypes.c_void_p
    x.XOpenDisplay.argtypes = [ctypes.c_char_p]
    for function in (x.XDefaultRootWindow, x.XDefaultScreen, x.XCloseDisplay):
        function.argtypes = [ctypes.c_void_p]
    for function in (x.XDisplayWidth, x.XDisplayHeight):
        function.argtypes = [ctypes.c_void_p, ctypes.c_int]
    x.XGetImage.restype = ctypes.POINTER(Image)
    x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
    return x


def read():
    """Width, height, and the rows, 32 bits a pixel with blue first."""
    x = load_x()
    display = x.XOpenDisplay(None)
    if not display:
        raise OSError("the display cannot be opened")
    screen = x.XDefaultScreen(display)
    width, height = x.XDisplayWidth(display, screen), x.XDisplayHeight(display, screen)
    image = x.XGetImage(display, x.XDefaultRootWindow(display), 0, 0, width, height, ALL_PLANES, Z_PIXMAP).contents
    rows = [ctypes.string_at(image.data + y * image.stride, 4 * width) for y in range(height)]
    x.XCloseDisplay(display)
    return width, height, rows


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(target):
    """Turns what is on the display into a PNG file."""
    width, height, rows = read()
    data = bytearray()
    for pixels in rows:
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = pixels[2::4], pixels[1::4], pixels[0::4]
        data += b"\0" + row
    pathlib.Path(target).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0))
                                     + chunk(b"IDAT", zlib.compress(data, 6)) + chunk(b"IEND", b""))
