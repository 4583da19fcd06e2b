"""The script that an analyst writes: NDWI > 0 as a plain mask. Arguments: scene, mask."""
import sys

import numpy as np
import rasterio

with rasterio.open(sys.argv[1]) as scene:
    green, nir = scene.read([2, 4]).astype("float32")
    profile = scene.profile
with np.errstate(invalid="ignore"):
    mask = ((green - nir) / (green + nir) > 0).astype("uint8")
profile.update(count=1, dtype="uint8", nodata=None, compress="deflate")
with rasterio.open(sys.argv[2], "w", **profile) as out:
    out.write(mask, 1)
