"""The whole program against whole programs, on the same files."""
import os
import shutil

from measure import Case, interleave
from report import Row, against, seconds

RSS_LIMIT = 400e6
NDWI_OTB = "(im1b2 - im1b4) / (im1b2 + im1b4) > 0 ? 1 : 0"


class Whole:
    def __init__(self, scene, work, programs, rounds):
        self.scene, self.work, self.programs, self.rounds = scene, work, programs, rounds

    def products(self, name):
        return os.path.join(self.work, f"spex-{name}", "scene")

    def rows(self):
        print("uncompressed input", flush=True)
        rows = self._input("uncompressed", self.scene.raw, True)
        print("DEFLATE input", flush=True)
        return rows + self._input("DEFLATE", self.scene.deflate, False)

    def start_rows(self):
        """What every call pays before it looks at a pixel."""
        script, program = self.programs["script"], self.programs["program"]
        by_script = Case("eng/spexstream.sh --version", ["bash", script, "--version"])
        direct = Case("the program itself", [program, "--version"])
        speck = self._spexstream("speck", self.scene.speck, "masks,regions")
        interleave([by_script, direct, speck], max(self.rounds, 5))
        return [
            Row("`eng/spexstream.sh --version`, over the program itself", seconds(by_script), seconds(direct),
                by_script.median / direct.median),
            Row("a scene of 64 x 64, which is all but the pixels, over `--version`", seconds(speck), seconds(direct),
                speck.median / direct.median),
        ]

    def _input(self, kind, path, with_chains):
        ours = self._spexstream(kind, path, "masks,regions")
        full = self._spexstream(f"{kind}-full", path, "all")
        rule = self._script("rasterio and scipy, the same rule and mask", "rasterio_rule.py", path, f"rule-{kind}")
        plain = self._script("rasterio, NDWI > 0, whole arrays", "rasterio_ndwi.py", path, f"ndwi-{kind}")
        blocks = self._script("rasterio, NDWI > 0, block by block", "rasterio_windows.py", path, f"blocks-{kind}")
        bare = Case("bare GDAL read loop, two threads", [self.programs["bench"], "read", path, "bare"],
                    reads_seconds="bare_seconds")
        cases = [ours, rule, plain, blocks, bare, full]
        if with_chains:
            otb = Case("OTB BandMath, NDWI > 0",
                       ["otbcli_BandMath", "-il", path, "-out", os.path.join(self.work, "otb.tif"), "uint8",
                        "-exp", NDWI_OTB])
            chain = Case("gdal_calc, COG, gdal_polygonize, both classes",
                         ["bash", self._peer("gdal_chain.sh"), path, os.path.join(self.work, "chain")])
            cases += [otb, chain]
        interleave(cases, self.rounds)

        goal = ">= 3" if with_chains else ">= 2"
        what = f"masks and regions, {kind}"
        rows = [against(what, ours, peer, goal) for peer in (rule, plain, blocks)]
        floor = "" if with_chains else "<= 1.4"
        rows.append(Row(f"{what}: wall over that of the loop", seconds(ours), f"{bare.name}: {seconds(bare)}",
                        ours.median / bare.median, floor))
        rows += [against(f"full product, {kind}", full, peer, ">= 1.5") for peer in (rule, plain, blocks)]
        rows.append(Row(f"{what}: peak RSS over 400 MB", f"{ours.peak_bytes / 1e6:.0f} MB",
                        "the scripts: " + ", ".join(f"{peer.peak_bytes / 1e6:.0f}" for peer in (rule, plain, blocks))
                        + " MB",
                        ours.peak_bytes / RSS_LIMIT, "<= 1"))
        rows.append(Row(f"full product, {kind}: peak RSS over 400 MB", f"{full.peak_bytes / 1e6:.0f} MB", "the same",
                        full.peak_bytes / RSS_LIMIT))
        if with_chains:
            rows.append(against(what, ours, otb, ">= 5"))
            rows.append(against(what, ours, chain, ">= 8"))
        return rows

    def _spexstream(self, name, path, products):
        folder = os.path.join(self.work, f"spex-{name}")
        return Case(
            f"SpexStream {products}, {name}",
            ["bash", self.programs["script"], "process", path, "--bands", "blue,green,red,nir", "--scale", "0.0001",
             "--radiometry", "sr", "--classes", "water,vegetation", "--products", products, "--scene", "scene",
             "--out", folder, "--json"],
            clean=lambda: shutil.rmtree(folder, ignore_errors=True))

    def _script(self, name, script, path, mask):
        return Case(name, ["/usr/bin/python3", self._peer(script), path, os.path.join(self.work, f"{mask}.tif")])

    def _peer(self, name):
        return os.path.join(self.programs["peers"], name)
