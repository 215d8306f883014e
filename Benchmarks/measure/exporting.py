"""Half a million rows to .xlsx and .csv, beside openpyxl write-only and Python's csv."""

import csv
import itertools
import json
import sqlite3
import time

import openpyxl

from .work import Failed, ratio

OPEN = 9223372036854775807


def choice(work):
    """The regions whose enterprises together come closest to the wanted number of rows, and how many they are."""
    answer = json.loads(work.hallmark("ask", "enterprise", "--by", "region", "--json", store=work.store).output)
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
        counted = dict(database.execute(
            "select region_id, count(*) from enterprise where known_to = ? and status <> 'merged' and region_id is not null group by region_id", (OPEN,)))
    if not counted or not answer:
        raise Failed("no enterprise of the store has a region")
    sets = (chosen for size in range(1, min(len(counted), 10) + 1) for chosen in itertools.combinations(sorted(counted), size))
    best = min(itertools.islice(sets, 3000), key=lambda chosen: abs(sum(counted[region] for region in chosen) - work.options.rows))
    return best, sum(counted[region] for region in best)


def measure(work):
    regions, count = choice(work)
    where = ["--where", "region=" + "|".join(map(str, regions))]
    little = ["--where", "enterprise=1"]
    made = {}
    for format in ["csv", "xlsx"]:
        small = work.hallmark("export", "enterprise", *little, "--format", format, "--output", work.path("small." + format), store=work.store)
        made[format] = work.path("rows." + format)
        large = work.hallmark("export", "enterprise", *where, "--format", format, "--output", made[format], store=work.store)
        growth = large.peak - small.peak
        work.add(
            "export-" + format, f"{count:,} enterprises to .{format}", "+ ≤ 64 MB", f"{large.wall:.1f} s, {count / large.wall:,.0f} rows/s, + {growth:.0f} MB",
            cpu=f"{large.cpu:.1f}", met=growth <= 64)
        beside(work, format, made, count, large, regions)
    for path in made.values():
        path.unlink(missing_ok=True)


def beside(work, format, made, count, ours, regions):
    if format == "csv":
        wall, cpu = python_csv(work, regions)
        work.add(
            "export-csv-python", "… beside Python's csv over the same columns", "—", f"{ours.wall:.1f} s", f"{wall:.1f} s (CPU {cpu:.1f} s)",
            ratio(wall, ours.wall), f"{ours.cpu:.1f}")
        return
    rows = min(count, work.options.openpyxl_rows)
    wall, cpu = openpyxl_write_only(work, made["csv"], rows)
    rate, theirs = count / ours.wall, rows / wall
    work.add(
        "export-xlsx-openpyxl", f"… beside openpyxl write-only ({rows:,} rows)", "≥ 5 ×", f"{rate:,.0f} rows/s", f"{theirs:,.0f} rows/s (CPU {cpu:.1f} s)",
        ratio(rate, theirs), f"{ours.cpu:.1f}", met=rate >= 5 * theirs)


def python_csv(work, regions):
    path = work.path("python.csv")
    cpu, begun = time.process_time(), time.monotonic()
    marks = ",".join("?" * len(regions))
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database, open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(database.execute(
            f"""select id, name, code, registration_number, region_id, address, industry_code, registered_day, status from enterprise
            where known_to = ? and status <> 'merged' and region_id in ({marks}) order by id""", (OPEN, *regions)))
    return time.monotonic() - begun, time.process_time() - cpu


def openpyxl_write_only(work, source, rows):
    """The rows of Hallmark's own file, so that nothing but writing is compared."""
    with open(source, encoding="utf-8-sig", newline="") as file:
        table = list(itertools.islice(csv.reader(file), rows))
    path = work.path("openpyxl.xlsx")
    cpu, begun = time.process_time(), time.monotonic()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in table:
        sheet.append(row)
    book.save(path)
    return time.monotonic() - begun, time.process_time() - cpu
