"""The same mask as rasterio_ndwi.py, block by block as rasterio's manual advises for large files. Arguments: scene, mask."""
import sys

import numpy as np
import rasterio

with rasterio.open(sys.argv[1]) as scene:
    profile = scene.profile
    profile.update(count=1, dtype="uint8", nodata=None, compress="deflate")
    with rasterio.open(sys.argv[2], "w", **profile) as out, np.errstate(invalid="ignore"):
        for _, window in scene.block_windows(1):
            green, nir = scene.read([2, 4], window=window).astype("float32")
            out.write(((green - nir) / (green + nir) > 0).astype("uint8"), 1, window=window)
