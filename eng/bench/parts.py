"""Single steps against their best-known peers, on the masks that the program published."""
import os
import subprocess

from measure import Case, interleave
from report import Row, against, seconds


class Parts:
    def __init__(self, scene, work, programs, rounds):
        self.scene, self.work, self.programs, self.rounds = scene, work, programs, rounds
        self.side = str(scene.side)

    def rows(self):
        print("single steps", flush=True)
        rows = self._kernel() + self._reading()
        for mask in ("water", "vegetation", "noise"):
            rows += self._labelling(mask)
        for mask in ("water", "vegetation"):
            rows += self._outlines(mask)
        for mask in ("water", "vegetation"):
            rows += self._cog(mask)
        return rows

    def _bench(self, name, *arguments, reads="seconds"):
        return Case(name, [self.programs["bench"], *arguments], reads_seconds=reads)

    def _python(self, name, script, *arguments):
        return Case(name, ["/usr/bin/python3", os.path.join(self.programs["peers"], script), *arguments],
                    reads_seconds="seconds")

    def _mask(self, name):
        return os.path.join(self.work, f"{name}.raw")

    def _kernel(self):
        case = self._bench("kernel", "kernel", self.scene.plain, self.side, reads="kernel_pixels_per_second")
        case.run(True)
        answer = case.answer
        kernel, copy = answer["kernel_bytes_per_second"] / 1e9, answer["memcpy_bytes_per_second"] / 1e9
        pixels, scalar = answer["kernel_pixels_per_second"] / 1e9, answer["scalar_pixels_per_second"] / 1e9
        backend = answer["backend_pixels_per_second"] / 1e9
        return [
            Row("index kernel, bytes read and written", f"{kernel:.1f} GB/s", f"memcpy: {copy:.1f} GB/s", kernel / copy,
                ">= 0.9"),
            Row("index kernel", f"{pixels:.2f} Gpx/s", f"plain C# loop: {scalar:.2f} Gpx/s", pixels / scalar, ">= 5"),
            Row("the backend's rules for water and vegetation, one core", f"{backend:.2f} Gpx/s",
                f"index kernel: {pixels:.2f} Gpx/s", backend / pixels),
        ]

    def _reading(self):
        rows = []
        for kind, path in (("uncompressed", self.scene.raw), ("DEFLATE", self.scene.deflate)):
            case = self._bench(f"read {kind}", "read", path, "both", reads="store_seconds")
            case.run(True)
            ours, bare = case.answer["store_seconds"], case.answer["bare_seconds"]
            rows.append(Row(f"reading, {kind}, two threads", f"{1000 * ours:.0f} ms",
                            f"bare GDALDatasetRasterIO: {1000 * bare:.0f} ms", bare / ours, ">= 0.97",
                            f"opening a file: {1000 * case.answer['opening_seconds']:.0f} ms"))
        return rows

    def _labelling(self, mask):
        ours = self._bench(f"labelling {mask}", "label", self._mask(mask), self.side)
        scipy = self._python("scipy label and find_objects", "scipy_label.py", self._mask(mask), self.side)
        interleave([ours, scipy], self.rounds)
        self._same(mask, ours.answer["components"], scipy.answer["components"])
        goal = "" if mask == "noise" else ">= 20"
        return [against(f"labelling, {mask}, {ours.answer['components']} components", ours, scipy, goal)]

    def _outlines(self, mask):
        ours = self._bench(f"outlines {mask}", "outline", self._mask(mask), self.side)
        gdal = self._python("GDALPolygonize", "gdal_outlines.py", self._mask(mask), self.side)
        interleave([ours, gdal], self.rounds)
        self._same(mask, ours.answer["regions"], gdal.answer["regions"])
        self._same(mask, ours.answer["area"], gdal.answer["area"])
        attributes = ours.answer["attributes_seconds"]
        return [
            against(f"outlines and boxes, {mask}, {ours.answer['regions']} regions", ours, gdal, ">= 8"),
            Row(f"the same with all attributes, {mask}", f"{attributes:.2f} s", f"{gdal.name}: {seconds(gdal)}",
                gdal.median / attributes),
        ]

    def _cog(self, mask):
        source = self._mask(f"{mask}-codes")
        our_file, their_file = (os.path.join(self.work, f"cog-{who}-{mask}.tif") for who in ("ours", "gdal"))
        ours = self._bench(f"COG {mask}", "cog", source, self.side, our_file)
        ours.run(False)
        gdal = self._python("GDAL's COG driver", "gdal_cog.py", source, self.side, their_file,
                            str(self._overviews(our_file)))
        interleave([ours, gdal], self.rounds)
        check = os.path.join(self.programs["scripts"], "check_cog.py")
        for file in (our_file, their_file):
            subprocess.run(["/usr/bin/python3", check, file, source], check=True)
        our_bytes, their_bytes = ours.answer["bytes"], gdal.answer["bytes"]
        return [
            against(f"COG, {mask}, two threads", ours, gdal, ">= 3"),
            Row(f"COG, {mask}: size over GDAL's", f"{our_bytes / 1e6:.2f} MB", f"{their_bytes / 1e6:.2f} MB",
                our_bytes / their_bytes, "<= 1.05"),
        ]

    @staticmethod
    def _overviews(path):
        out = subprocess.run(["gdalinfo", path], check=True, capture_output=True, text=True).stdout
        return next((line.count(",") + 1 for line in out.splitlines() if "Overviews:" in line), 0)

    @staticmethod
    def _same(mask, ours, theirs):
        if ours != theirs:
            raise SystemExit(f"{mask}: SpexStream finds {ours}, the peer {theirs}; nothing to compare.")
