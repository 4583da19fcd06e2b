"""Outlines of a raw mask by GDALPolygonize (8-connected), from memory to memory. Arguments: mask, side."""
import json
import sys
import time

import numpy as np
from osgeo import gdal, ogr

gdal.UseExceptions()
side = int(sys.argv[2])
raster = gdal.GetDriverByName("MEM").Create("", side, side, 1)
raster.GetRasterBand(1).WriteArray(np.fromfile(sys.argv[1], "uint8").reshape(side, side))
band = raster.GetRasterBand(1)
seconds = []
for _ in range(2):
    vector = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = vector.CreateLayer("regions", None, ogr.wkbPolygon)
    started = time.perf_counter()
    # The mask is its own validity band: nothing is traced where it is 0.
    gdal.Polygonize(band, band, layer, -1, ["8CONNECTED=8"])
    seconds.append(time.perf_counter() - started)
area = sum(feature.GetGeometryRef().GetArea() for feature in layer)
print(json.dumps({"seconds": min(seconds), "regions": layer.GetFeatureCount(), "area": area}))
