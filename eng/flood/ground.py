"""A meadow beside a river, dry, flooded or under cloud, as a GeoTIFF. Nothing but the standard library."""
import struct

import tiff
from tiff import DOUBLE, LONG, SHORT

EDGE = 300
WEST, NORTH = 13.0, 53.0
# Degrees; a pixel covers about 75 square metres here.
PIXEL = 0.0001
# Columns that are always water.
RIVER = 80
# First and last row and column of the area that is watched.
MEADOW = (50, 250)
BANDS = "blue,green,red,nir"
# Reflectance x 10000 in the order of the bands.
WATER, PLANTS, CLOUD = (600, 500, 300, 120), (350, 600, 380, 3900), (7000, 7000, 7000, 7000)


def write(path, shore, cloudy=False):
    """Water up to a column, plants behind it; or cloud over all."""
    def row(band):
        kinds = [CLOUD if cloudy else WATER if column < shore else PLANTS for column in range(EDGE)]
        return struct.pack(f"<{EDGE}H", *(kind[band] for kind in kinds))
    _save(path, [row(band) * EDGE for band in range(4)], 16)


def write_reference(path):
    """The mask of where water usually is."""
    _save(path, [bytes(1 if column < RIVER else 0 for column in range(EDGE)) * EDGE], 8)


def areas():
    """The meadow as GeoJSON."""
    low, high = MEADOW
    west, east = WEST + low * PIXEL, WEST + high * PIXEL
    north, south = NORTH - low * PIXEL, NORTH - high * PIXEL
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": "meadow", "properties": {"name": "The meadow"},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}]}


def _save(path, planes, bits):
    with open(path, "wb") as out:
        out.write(struct.pack("<2sHI", b"II", 42, 8 + sum(map(len, planes))))
        for plane in planes:
            out.write(plane)
        out.write(_directory(len(planes), len(planes[0]), bits))


def _directory(bands, plane, bits):
    tags = [
        (256, LONG, [EDGE]), (257, LONG, [EDGE]), (258, SHORT, [bits] * bands), (259, SHORT, [1]), (262, SHORT, [1]),
        (273, LONG, [8 + band * plane for band in range(bands)]), (277, SHORT, [bands]), (278, LONG, [EDGE]),
        (279, LONG, [plane] * bands), (284, SHORT, [2]), (339, SHORT, [1] * bands),
        (33550, DOUBLE, [PIXEL, PIXEL, 0.0]), (33922, DOUBLE, [0.0, 0.0, 0.0, WEST, NORTH, 0.0]),
        (34735, SHORT, [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326]),
    ]
    if bands > 1:
        tags.insert(10, (338, SHORT, [0] * (bands - 1)))
    return tiff.directory(8 + bands * plane, tags)
