"""A made scene as a GeoTIFF: patches of water, plants, roofs and soil, by the seed. Nothing but the standard library."""
import array
import random
import struct

import tiff
from tiff import DOUBLE, LONG, SHORT

BANDS = "blue,green,red,nir"
EPSG = 32633
PIXEL_METRES = 10.0
PATCH = 16
# Reflectance x 10000 in the order of the bands.
SPECTRA = [(600, 500, 300, 120), (350, 600, 380, 3900), (1700, 1900, 2150, 2500), (900, 1100, 1400, 2000)]


def make(path, width, height, seed, top=0):
    """Writes width x height pixels, band after band, uncompressed; the first row is row `top` of the scene."""
    chance = random.Random(seed)
    patches = _patches(chance, -(-width // PATCH), -(-height // PATCH))
    with open(path, "wb") as out:
        body = 2 * len(SPECTRA) * width * height
        out.write(struct.pack("<2sHI", b"II", 42, 8 + body))
        for band in range(len(SPECTRA)):
            for row in range(height):
                # A gradient, so that a row in a wrong place is another row.
                line = array.array("H")
                for kind in patches[row // PATCH]:
                    line.extend([SPECTRA[kind][band] + row % 41] * PATCH)
                out.write(line[:width].tobytes())
        out.write(_directory(width, height, 8 + body, top))


def _patches(chance, columns, rows):
    """Each patch is mostly what its neighbours are, so that regions cross strips and tiles."""
    grid = []
    for row in range(rows):
        line = []
        for column in range(columns):
            near = ([line[-1]] if column else []) + ([grid[-1][column]] if row else [])
            line.append(chance.choice(near) if near and chance.random() < 0.85 else chance.randrange(len(SPECTRA)))
        grid.append(line)
    return grid


def _directory(width, height, at, top):
    bands = len(SPECTRA)
    plane = 2 * width * height
    keys = (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, EPSG)
    tags = [
        (256, LONG, [width]), (257, LONG, [height]), (258, SHORT, [16] * bands), (259, SHORT, [1]), (262, SHORT, [1]),
        (273, LONG, [8 + band * plane for band in range(bands)]), (277, SHORT, [bands]), (278, LONG, [height]),
        (279, LONG, [plane] * bands), (284, SHORT, [2]), (338, SHORT, [0] * (bands - 1)), (339, SHORT, [1] * bands),
        (33550, DOUBLE, [PIXEL_METRES, PIXEL_METRES, 0.0]), (33922, DOUBLE, [0.0, 0.0, 0.0, 500000.0, 8700000.0 - PIXEL_METRES * top, 0.0]),
        (34735, SHORT, list(keys)),
    ]
    return tiff.directory(at, tags)
