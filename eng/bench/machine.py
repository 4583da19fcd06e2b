"""What the figures were measured on, and with what."""
import os
import platform
import re
import subprocess


def _out(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "?"


def cpu():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = re.search(r"model name\s*: (.*)", info.read())
    return f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} cores"


def load():
    return " ".join(f"{value:.2f}" for value in os.getloadavg())


def memory():
    with open("/proc/meminfo", encoding="utf-8") as info:
        return f"{int(info.readline().split()[1]) / 1e6:.0f} GB"


def versions(program):
    def package(name):
        return _out("dpkg-query", "-W", "-f", "${Version}", name)

    return [
        ("SpexStream", _out("bash", program, "--version").split("+")[0]),
        (".NET SDK", _out("dotnet", "--version")),
        ("GDAL", package("libgdal32")),
        ("rasterio", package("python3-rasterio")),
        ("numpy", package("python3-numpy")),
        ("scipy", package("python3-scipy")),
        ("Orfeo ToolBox", package("otb-bin")),
        ("mosquitto", package("mosquitto")),
        ("PostgreSQL", package("postgresql-15")),
        ("Linux", platform.release()),
    ]
