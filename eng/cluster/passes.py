"""Made scenes, and their products when nothing disturbs."""
import os
import subprocess

import scene
from rig import INPUT, TILE


class Passes:
    """Scenes of one size by the numbers after a seed."""

    def __init__(self, program, folder, count, width, height, seed, more=(), prefix="pass"):
        self.rasters, self.references = {}, {}
        for number in range(count):
            name = f"{prefix}-{number + 1}"
            self.rasters[name] = os.path.join(folder, f"{name}.tif")
            scene.make(self.rasters[name], width, height, seed + number)
            subprocess.run(
                [*program, "process", self.rasters[name], "--bands", scene.BANDS, *INPUT, "--scene", name, "--tile",
                 TILE, "--out", os.path.join(folder, "reference"), *more], check=True, stdout=subprocess.DEVNULL)
            self.references[name] = os.path.join(folder, "reference", name)
        self.tiles = count * _tiles(width) * _tiles(height)


def _tiles(pixels):
    return -(-pixels // int(TILE))
