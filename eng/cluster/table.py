"""A table between two marks of a Markdown page: rows that were measured take the place of those that say the same of
an earlier run, the others stay."""


import sys


def check(path, mark):
    """Ends with 2 where a page has no place for a table: before a run, not after it."""
    try:
        _parts(path, mark)
        with open(path, "a", encoding="utf-8"):
            pass
    except (OSError, ValueError) as fault:
        print(f"--table {path}: {fault}; name a Markdown file with the lines <!-- {mark} --> and <!-- /{mark} -->",
              file=sys.stderr)
        sys.exit(2)


def write(path, mark, head, rows, keys):
    """Writes rows; the first `keys` cells tell which row is which."""
    before, old, after = _parts(path, mark)
    lines = {cells[:keys]: line for line in old.splitlines()[2:] if (cells := _cells(line))}
    if old.splitlines()[:1] != [_line(head)]:
        # Of other columns: nothing of it can stand.
        lines = {}
    for row in rows:
        lines[tuple(str(cell) for cell in row[:keys])] = _line(row)
    table = [_line(head), _line(["---"] * len(head)), *lines.values()]
    with open(path, "w", encoding="utf-8") as page:
        page.write(before + "\n".join(table) + "\n" + after)


def _parts(path, mark):
    with open(path, encoding="utf-8") as page:
        text = page.read()
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->\n"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError("there is no table between marks")
    before, rest = text.split(begin)
    old, after = rest.split(end)
    return before + begin, old, end + after


def _line(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _cells(line):
    return tuple(cell.strip() for cell in line.strip("|").split("|"))
