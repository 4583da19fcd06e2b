"""A table between two marks of a Markdown page: rows that were measured take the place of those that say the same of
an earlier run, the others stay."""


def write(path, mark, head, rows, keys):
    """Writes rows; the first `keys` cells tell which row is which."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->\n"
    with open(path, encoding="utf-8") as page:
        before, rest = page.read().split(begin)
    old, after = rest.split(end)
    lines = {cells[:keys]: line for line in old.splitlines()[2:] if (cells := _cells(line))}
    if old.splitlines()[:1] != [_line(head)]:
        # Of other columns: nothing of it can stand.
        lines = {}
    for row in rows:
        lines[tuple(str(cell) for cell in row[:keys])] = _line(row)
    table = [_line(head), _line(["---"] * len(head)), *lines.values()]
    with open(path, "w", encoding="utf-8") as page:
        page.write(before + begin + "\n".join(table) + "\n" + end + after)


def _line(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _cells(line):
    return tuple(cell.strip() for cell in line.strip("|").split("|"))
