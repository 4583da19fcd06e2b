"""The page of figures: keeps what is measured apart from the other tables."""
import re

import machine


def section(text, title):
    """A section with its heading; nothing where there is none."""
    found = re.search(rf"\n## {re.escape(title)}\n.*?(?=\n## |\Z)", text, re.DOTALL)
    return found.group() if found else ""


def replaced(text, title, table, before, above):
    """The page with a section measured alone. One that was not there goes above the named one."""
    made = (f"\n## {title}\n\nMeasured apart from the other tables; load average {before} before, {machine.load()} "
            f"after.\n\n{table}\n")
    old = section(text, title)
    if old:
        return text.replace(old, made)
    place = section(text, above)
    return text.replace(place, made + place) if place else text + made
