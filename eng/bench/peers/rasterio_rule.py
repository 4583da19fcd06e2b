"""SpexStream's rule of open water on four calibrated bands, by rasterio, numpy and scipy. Arguments: scene, mask.

NDWI > 0, NIR < 0.15, and NDVI < 0.1 or NIR < 0.02; no cloud; a region (8-connected) needs a pixel with NDWI > 0.05 and
NIR < 0.12. docs/spectral.md has the sources."""
import sys

import numpy as np
import rasterio
from scipy import ndimage

ONE = np.float32(0.0001)


def below(value, limit):
    return value < np.float32(limit)


with rasterio.open(sys.argv[1]) as scene:
    profile = scene.profile
    water = np.zeros(scene.shape, bool)
    sure = np.zeros(scene.shape, bool)
    for _, window in scene.block_windows(1):
        samples = scene.read([1, 2, 3, 4], window=window)
        blue, green, red, nir = np.maximum(samples * ONE, ONE)
        ndwi = (green - nir) / (green + nir)
        ndvi = (nir - red) / (nir + red)
        cloud = (blue > np.float32(0.2)) & (blue - np.float32(0.5) * red > np.float32(0.1)) & below(ndvi, 0.3) \
            & (nir > np.float32(0.15))
        found = samples.any(axis=0) & ~cloud & (ndwi > 0) & below(nir, 0.15) & (below(ndvi, 0.1) | below(nir, 0.02))
        place = window.toslices()
        water[place] = found
        sure[place] = found & (ndwi > np.float32(0.05)) & below(nir, 0.12)

labels, count = ndimage.label(water, np.ones((3, 3), int))
kept = np.zeros(count + 1, "uint8")
kept[labels[sure]] = 1
kept[0] = 0
profile.update(count=1, dtype="uint8", nodata=None, compress="deflate")
with rasterio.open(sys.argv[2], "w", **profile) as out:
    out.write(kept[labels], 1)
