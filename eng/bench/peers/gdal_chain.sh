#!/usr/bin/env bash
# The same products by GDAL's programs: per class a mask, a COG with overviews, and the outlines. Arguments: scene, folder.
set -euo pipefail
one_class() {
  gdal_calc.py --quiet --overwrite -A "$1" --A_band="$4" -B "$1" --B_band="$5" --type=Byte --NoDataValue=0 \
    --outfile="$2/$3-plain.tif" --calc="(float32(A)-B)/(float32(A)+B)>$6"
  gdal_translate -q -of COG -co COMPRESS=DEFLATE -co LEVEL=1 -co RESAMPLING=NEAREST -co NUM_THREADS=ALL_CPUS \
    "$2/$3-plain.tif" "$2/$3.tif"
  rm -f "$2/$3.fgb"
  gdal_polygonize.py -q -8 -f FlatGeobuf "$2/$3.tif" "$2/$3.fgb"
}
mkdir -p "$2"
one_class "$1" "$2" water 2 4 0
one_class "$1" "$2" vegetation 4 3 0.4
