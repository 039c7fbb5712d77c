"""Prints the XXH3-128 of each base64 line of standard input, by the system's own libxxhash."""
import base64
import ctypes
import sys


class Hash128(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


library = ctypes.CDLL("libxxhash.so.0")
library.XXH3_128bits.restype = Hash128
library.XXH3_128bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
for line in sys.stdin:
    content = base64.b64decode(line)
    value = library.XXH3_128bits(content, len(content))
    print(f"{value.high:016x}{value.low:016x}")
