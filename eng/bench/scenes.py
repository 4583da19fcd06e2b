"""The scene of the measurements: made once, written by GDAL's own tool, kept for the next run."""
import json
import os
import subprocess

STRIP_ROWS = 2048
BLOCK = 512


class Scene:
    def __init__(self, folder, side, bench):
        self.side = side
        self.folder = os.path.join(folder, f"scene-{side}")
        self.plain = self.path("scene.bsq")
        self.raw = self.path("raw.tif")
        self.deflate = self.path("deflate.tif")
        self.strip = self.path("strip.tif")
        self.speck = self.path("speck.tif")
        if not os.path.exists(self.path("done")):
            self._make(bench)

    def path(self, name):
        return os.path.join(self.folder, name)

    def mebibytes(self, path):
        return os.path.getsize(path) / 2**20

    def _make(self, bench):
        print(f"making a scene of {self.side} x {self.side} x 4", flush=True)
        os.makedirs(self.folder, exist_ok=True)
        made = subprocess.run([bench, "make-scene", self.plain, str(self.side)], check=True, capture_output=True)
        facts = json.loads(made.stdout)
        size = self.side * facts["pixel_size"]
        west, north = facts["west"], facts["north"]
        place = ["-a_srs", f"EPSG:{facts['epsg']}", "-a_nodata", "0",
                 "-a_ullr", str(west), str(north), str(west + size), str(north - size)]
        self._translate(self.plain, self.raw, *place)
        self._translate(self.plain, self.deflate, *place, "-co", "COMPRESS=DEFLATE", "-co", "NUM_THREADS=ALL_CPUS")
        rows = min(STRIP_ROWS, self.side)
        self._translate(self.raw, self.strip, "-srcwin", "0", str((self.side - rows) // 2), str(self.side), str(rows))
        self._translate(self.raw, self.speck, "-srcwin", str(self.side // 2), str(self.side // 2), "64", "64")
        with open(self.path("done"), "w", encoding="utf-8"):
            pass

    @staticmethod
    def _translate(source, target, *options):
        subprocess.run(
            ["gdal_translate", "-q", "-co", "TILED=YES", "-co", f"BLOCKXSIZE={BLOCK}", "-co", f"BLOCKYSIZE={BLOCK}",
             *options, source, target], check=True)
