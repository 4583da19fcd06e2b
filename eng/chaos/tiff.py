"""The directory of a TIFF (TIFF 6.0, section 2). Nothing but the standard library."""
import struct

SHORT, LONG, DOUBLE = 3, 4, 12
LETTERS = {SHORT: "H", LONG: "I", DOUBLE: "d"}


def directory(at, tags):
    """Bytes of the one directory of a little-endian file, from offset `at` on, with what does not fit into its entries.
    Tags are (number, type, values), in the order of their numbers."""
    entries, rest = b"", b""
    end = at + 2 + 12 * len(tags) + 4
    for tag, kind, values in tags:
        data = struct.pack(f"<{len(values)}{LETTERS[kind]}", *values)
        if len(data) > 4:
            place = struct.pack("<I", end + len(rest))
            rest += data + b"\0" * (len(data) % 2)
        else:
            place = data.ljust(4, b"\0")
        entries += struct.pack("<HHI", tag, kind, len(values)) + place
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", 0) + rest
