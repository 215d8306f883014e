"""python -m measure: every part on its own; one that fails is told in the report and the others go on."""

import argparse
import os
import platform
import sys
import time
import traceback

from . import classifying, dossiers, engines, exporting, figures, importing, lists, report, starting, users
from .work import Failed, Work

PARTS = {
    "import": importing.measure, "classify": classifying.measure, "lists": lists.measure, "dossier": dossiers.measure, "export": exporting.measure,
    "start": starting.measure, "figures": figures.measure, "others": figures.others, "engines": engines.measure, "users": users.measure,
}

FULL = {
    "enterprises": 1_000_000, "results": 10_000_000, "register": 1_000_000, "django_rows": 200_000, "rows": 500_000, "openpyxl_rows": 100_000,
    "seconds": 6, "writes": 8, "budget": 180, "rest": 5, "small_enterprises": 10_000,
    "users": 1000, "crowd": 120,
}
SMALL = {
    "enterprises": 10_000, "results": 100_000, "register": 10_000, "django_rows": 5_000, "rows": 5_000, "openpyxl_rows": 5_000,
    "seconds": 2, "writes": 2, "budget": 20, "rest": 2, "small_enterprises": 1_000,
    "users": 40, "crowd": 20,
}


def options():
    parser = argparse.ArgumentParser(prog="Benchmarks/run", description="Measures Hallmark beside its baselines and writes docs/performance.md.")
    parser.add_argument("--binary", required=True, help="the release binary; built where it is not given")
    parser.add_argument("--store", help="a store made by hallmark demo; made where it is not given or missing. It gets some small lists more")
    parser.add_argument("--folder", default="/tmp/hallmark-benchmarks", help="working folder, some gigabytes")
    parser.add_argument("--report", default="docs/performance.md", help="the report")
    parser.add_argument("--title", default="Performance", help="the report's heading")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="only this part; may be repeated")
    parser.add_argument("--small", action="store_true", help="a try: 10,000 enterprises, 100,000 results, short loads")
    parser.add_argument("--enterprises", type=int, help="enterprises of the store where it is made: 1,000,000")
    parser.add_argument("--results", type=int, help="results of the store where it is made: 10,000,000")
    parser.add_argument("--register", type=int, help="rows of the imported CSV: 1,000,000")
    parser.add_argument("--django-rows", type=int, help="rows of it that Django imports: 200,000")
    parser.add_argument("--rows", type=int, help="rows to export: 500,000")
    parser.add_argument("--openpyxl-rows", type=int, help="rows of them that openpyxl writes: 100,000")
    parser.add_argument("--seconds", type=int, help="length of a load: 6")
    parser.add_argument("--writes", type=int, help="writes after each of which every figure is asked for: 8")
    parser.add_argument("--budget", type=int, help="seconds for the other questions: 180")
    parser.add_argument("--rest", type=int, help="seconds of rest before memory is read: 5")
    parser.add_argument("--users", type=int, help="people signed in at once: 1,000")
    parser.add_argument("--crowd", type=int, help="seconds for which they work: 120")
    parser.add_argument("--postgres", help="a PostgreSQL server on this machine, postgres://user@host:port; one of its own where it is not given")
    parser.add_argument("--seed", type=int, default=20060905)
    given = parser.parse_args()
    sizes = SMALL if given.small else FULL
    for name, value in sizes.items():
        if getattr(given, name, None) is None:
            setattr(given, name, value)
    return given


def make_store(work):
    if work.store.exists():
        return
    print(f"making a store of {work.options.enterprises:,} enterprises and {work.options.results:,} results", flush=True)
    made = work.hallmark("demo", work.store, "--enterprises", work.options.enterprises, "--results", work.options.results)
    rows = work.options.enterprises + work.options.results
    work.notes.append(
        f"The store was made in {made.wall:.0f} s (CPU {made.cpu:.0f} s, peak {made.peak:.0f} MB): {rows / made.wall:,.0f} enterprises and results"
        " a second, with their names, accounts, products and follow-ups.")


def main():
    work = Work(options())
    work.facts.update(load=f"{os.getloadavg()[0]:.1f}", machine=report.machine(), versions=report.versions(platform.python_version()))
    begun, failed = time.monotonic(), []
    try:
        make_store(work)
        work.facts["sizes"] = report.sizes(work.store)
    except Exception as reason:
        failed.append(("the store", reason))
    for name in work.options.only or PARTS:
        print(name, flush=True)
        part = time.monotonic()
        try:
            PARTS[name](work)
        except Exception as reason:
            failed.append((name, reason if isinstance(reason, Failed) else f"{type(reason).__name__}: {reason}"))
            print(f"  failed: {reason}", file=sys.stderr, flush=True)
            if not isinstance(reason, Failed):
                traceback.print_exc()
        print(f"  {time.monotonic() - part:.0f} s", flush=True)
    print(report.write(work, time.monotonic() - begun, failed))
    return 1 if failed else 0


sys.exit(main())
