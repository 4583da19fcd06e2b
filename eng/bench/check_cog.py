"""Fails unless a COG is valid and holds the pixels of a raw file. Arguments: COG, raw file."""
import sys

from osgeo import gdal
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate

gdal.UseExceptions()
_, errors, _ = validate(sys.argv[1], full_check=True)
if errors:
    sys.exit(f"{sys.argv[1]}: {errors}")
with open(sys.argv[2], "rb") as raw:
    if gdal.Open(sys.argv[1]).ReadAsArray().tobytes() != raw.read():
        sys.exit(f"{sys.argv[1]}: other pixels than went in")
