"""A raw mask in memory to a COG by GDAL's own driver on two threads. Arguments: mask, side, file, overviews.

DEFLATE level 1, blocks of 256, nearest neighbour: what SpexStream writes."""
import json
import os
import sys
import time

import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()
side = int(sys.argv[2])
raster = gdal.GetDriverByName("MEM").Create("", side, side, 1)
grid = osr.SpatialReference()
grid.ImportFromEPSG(32633)
raster.SetProjection(grid.ExportToWkt())
raster.SetGeoTransform((399960, 10, 0, 5100000, 0, -10))
raster.GetRasterBand(1).WriteArray(np.fromfile(sys.argv[1], "uint8").reshape(side, side))
raster.GetRasterBand(1).SetNoDataValue(255)
options = ["COMPRESS=DEFLATE", "LEVEL=1", "PREDICTOR=NO", "BLOCKSIZE=256", "RESAMPLING=NEAREST", "NUM_THREADS=2",
           f"OVERVIEW_COUNT={sys.argv[4]}"]
seconds = []
for _ in range(3):
    started = time.perf_counter()
    out = gdal.GetDriverByName("COG").CreateCopy(sys.argv[3], raster, options=options)
    out = None
    seconds.append(time.perf_counter() - started)
print(json.dumps({"seconds": sorted(seconds[1:])[0], "bytes": os.path.getsize(sys.argv[3])}))
