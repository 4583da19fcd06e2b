"""Whether an alert says rightly what was gained and lost since the pass before."""
import json
import math

import ground

# Shares of the ground, and degrees: the pixels are known to the last one, their size in hectares nearly so.
LOOSE, CLOSE = 0.01, 1.5e-6


def faults(message, before, gained, lost):
    """What is wrong with it; the columns that were gained and lost, from and to, are None for none."""
    facts = json.loads(message.payload)["properties"]
    change = facts.get("change")
    if not change or not change["compared"]:
        return [f"nothing was compared: {change}"]
    found = []
    if change["since"]["scene"] != before:
        found.append(f"compared with {change['since']['scene']} and not with {before}")
    for name, columns in (("gained", gained), ("lost", lost)):
        expected = _hectares(columns) if columns else 0
        if abs(change[f"{name}_ha"] - expected) > LOOSE * max(expected, 1):
            found.append(f"{name} {change[f'{name}_ha']} ha instead of {expected:.2f}")
        shape = change.get(name)
        if (_box(shape) if shape else None) != (_edges(columns) if columns else None):
            found.append(f"{name} is outlined as {shape}")
    words = f"scene {before},"
    if words not in facts["description"]:
        found.append(f"the words do not say '{words}': {facts['description']}")
    if change["unseen_ha"] > LOOSE * change["compared_ha"]:
        found.append(f"{change['unseen_ha']} ha not seen under a clear sky")
    return found


def _edges(columns):
    low, high = ground.MEADOW
    west, east = (ground.WEST + max(low, min(column, high)) * ground.PIXEL for column in columns)
    return _rounded(west, ground.NORTH - high * ground.PIXEL, east, ground.NORTH - low * ground.PIXEL)


def _box(shape):
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    places = [place for polygon in polygons for place in polygon[0]]
    east, north = zip(*places)
    return _rounded(min(east), min(north), max(east), max(north))


def _rounded(*degrees):
    return tuple(round(value / CLOSE) for value in degrees)


def _hectares(columns):
    """By the arcs of WGS 84 at the middle of the meadow, in its plane."""
    axis, flatness = 6_378_137.0, 1 / 298.257223563
    eccentric = flatness * (2 - flatness)
    middle = math.radians(ground.NORTH - sum(ground.MEADOW) / 2 * ground.PIXEL)
    bulge = 1 - eccentric * math.sin(middle) ** 2
    north = axis * (1 - eccentric) / bulge ** 1.5
    east = axis / math.sqrt(bulge) * math.cos(middle)
    pixel = math.radians(ground.PIXEL) ** 2 * north * east
    low, high = ground.MEADOW
    return (columns[1] - columns[0]) * (high - low) * pixel / 10_000
