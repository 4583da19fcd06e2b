"""Whether the programs give the same answer; one JSON object. Arguments: scene, side, folder of the masks.

Also leaves the published masks as raw files for the other comparisons. A process of its own, so that its memory is not
counted as that of the programs that are measured."""
import json
import os
import sys
import zlib

import numpy as np
import rasterio
from scipy import ndimage

scene_path, side, work = sys.argv[1], int(sys.argv[2]), sys.argv[3]
EIGHT = np.ones((3, 3), int)


def read(*name):
    with rasterio.open(os.path.join(work, *name)) as raster:
        return raster.read(1)


def components(mask):
    return int(ndimage.label(mask, EIGHT)[1])


answer = {}
codes = {}
for value in ("water", "vegetation"):
    codes[value] = read("spex-uncompressed", "scene", f"{value}.tif")
    answer[f"{value}_crc"] = f"{zlib.crc32(codes[value].tobytes()):08x}"
    other = read("spex-DEFLATE", "scene", f"{value}.tif")
    answer[f"{value}_differs_between_inputs"] = int((codes[value] != other).sum())
    answer[f"{value}_pixels"] = int((codes[value] == 1).sum())
    answer[f"{value}_components"] = components(codes[value] == 1)
    codes[value].tofile(os.path.join(work, f"{value}-codes.raw"))
    (codes[value] == 1).astype("uint8").tofile(os.path.join(work, f"{value}.raw"))

water = codes["water"] == 1
answer["rule_differs"] = int(((read("rule-uncompressed.tif") == 1) != water).sum())
ndwi = read("ndwi-uncompressed.tif")
for name, other in (("blocks", "blocks-uncompressed.tif"), ("otb", "otb.tif"), ("chain", "chain/water-plain.tif")):
    answer[f"{name}_differs_from_ndwi"] = int((read(other) != ndwi).sum())

with rasterio.open(scene_path) as scene:
    red, nir = scene.read([3, 4]).astype("float32") * np.float32(0.0001)
lost = (ndwi == 1) & ~water
answer["ndwi_differs"] = int(((ndwi == 1) != water).sum())
answer["ndwi_only_in_ours"] = int((water & (ndwi != 1)).sum())
cloud = lost & (codes["water"] >= 252)
bright = lost & ~cloud & (nir >= np.float32(0.15))
with np.errstate(invalid="ignore"):
    green_land = lost & ~cloud & ~bright & ((nir - red) / (nir + red) >= np.float32(0.1)) & (nir >= np.float32(0.02))
answer["ndwi_cloud"] = int(cloud.sum())
answer["ndwi_bright"] = int(bright.sum())
answer["ndwi_green"] = int(green_land.sum())
explained = cloud | bright | green_land
answer["ndwi_unsure"] = int((lost & ~explained).sum())

noise = np.random.default_rng(7).random((side, side)) < 0.5
noise.astype("uint8").tofile(os.path.join(work, "noise.raw"))
print(json.dumps(answer))
