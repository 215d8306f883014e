"""Import of a register from CSV, beside bare SQL and Django filling the same schema."""

import json
import sqlite3
import sys
import time

from . import names, register
from .work import Failed, ratio

OPEN = 9223372036854775807


def tables(database):
    """The store's plain tables with rows in number, and its text index; the index's own tables left out."""
    rows = database.execute("select name, sql from sqlite_master where type = 'table' and sql is not null").fetchall()
    virtual = [name for name, sql in rows if sql.lower().startswith("create virtual table")]
    plain = [
        name for name, sql in rows
        if name not in virtual and not name.startswith("sqlite_") and not any(name.startswith(index + "_") for index in virtual)
        and name not in ("journal", "original", "request") and not name.startswith("counter")
    ]
    return plain, virtual


def empty_store(work, name):
    """A store as the binary makes it, without rows."""
    path = work.path(name)
    small = work.path("empty.csv")
    register.write(small, 1, 1)
    work.hallmark("import", "enterprises", small, store=path, check=False)
    if not path.exists():
        raise Failed("the binary made no empty store")
    return path


def stage(work, store):
    """The rows that the import wrote, as staged tables without indexes: what the bare statements copy from."""
    path = work.path("stage.sqlite")
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("attach ? as store", (str(store),))
    database.execute("begin")
    with sqlite3.connect(store) as source:
        plain, virtual = tables(source)
    filled = []
    for name in plain:
        if database.execute(f"select count(*) from (select 1 from store.{name} limit 1001)").fetchone()[0] > 1000:
            database.execute(f"create table {name} as select * from store.{name}")
            filled.append(name)
    if "enterprise_search" in virtual:
        database.execute("create table grams (id integer primary key, text text)")
        database.executemany(
            "insert into grams values (?, ?)",
            ((number, names.grams(name)) for number, name in database.execute("select id, name from enterprise_name order by id")))
        filled.append("enterprise_search")
    database.execute("commit")
    database.close()
    return path, filled


def bare(work, staged, filled):
    """Plain insert … select into the same schema with its indexes, one transaction, written through to the disk."""
    path = empty_store(work, "bare.sqlite")
    cpu, begun = time.process_time(), time.monotonic()
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma synchronous = full")
    database.execute("pragma cache_size = -262144")
    database.execute("attach ? as stage", (str(staged),))
    database.execute("begin")
    for name in filled:
        if name == "enterprise_search":
            database.execute("insert into enterprise_search (rowid, text) select id, text from stage.grams")
        else:
            columns = ", ".join(row[1] for row in database.execute(f"pragma stage.table_info({name})"))
            database.execute(f"insert into {name} ({columns}) select {columns} from stage.{name}")
    database.execute("commit")
    database.close()
    return time.monotonic() - begun, time.process_time() - cpu


def town_numbers(store):
    with sqlite3.connect(store) as database:
        found = {}
        for town in register.TOWNS:
            row = database.execute(
                "select region_id from enterprise where known_to = ? and address like ? and region_id is not null limit 1",
                (OPEN, f"%{town}%")).fetchone()
            if row:
                found[town] = row[0]
    return found


def django(work, source, store):
    """The same file through Django's models: field checks, code, name and region checked, bulk_create."""
    path = empty_store(work, "django.sqlite")
    towns = work.path("towns.json")
    towns.write_text(json.dumps(town_numbers(store)), encoding="utf-8")
    return work.run(
        [sys.executable, "-m", "baseline.import_register", source, towns],
        environment={"DJANGO_SETTINGS_MODULE": "baseline.settings", "BASELINE_STORE": str(path)})


def measure(work):
    count = work.options.register
    source = work.path("register.csv")
    register.write(source, count, work.options.seed)
    store = work.path("import.sqlite")
    ours = work.hallmark("import", "enterprises", source, "--commit", "good", "--json", store=store, check=False)
    with sqlite3.connect(store) as database:
        kept = database.execute("select count(*) from enterprise where known_to = ?", (OPEN,)).fetchone()[0]
    if kept != count:
        raise Failed(f"{kept} of {count} enterprises were taken in: {ours.output[-200:]}")
    staged, filled = stage(work, store)
    bare_wall, bare_cpu = bare(work, staged, filled)
    rate = count / ours.wall
    full = count >= 1_000_000
    work.add(
        "import", f"import {count:,} enterprises from CSV", "≤ 60 s for 1,000,000", f"{ours.wall:.1f} s, {rate:,.0f} rows/s, peak {ours.peak:.0f} MB",
        cpu=f"{ours.cpu:.1f}", met=ours.wall <= 60 if full else rate >= 1_000_000 / 60)
    work.add(
        "import-bare", "… beside bare SQL from a staged table", "≥ 1/2", f"{rate:,.0f} rows/s",
        f"{count / bare_wall:,.0f} rows/s ({bare_wall:.1f} s, CPU {bare_cpu:.1f} s)", ratio(bare_wall, ours.wall), f"{ours.cpu:.1f}",
        met=bare_wall / ours.wall >= 0.5)
    part = min(count, work.options.django_rows)
    smaller = work.path("register-django.csv")
    register.write(smaller, part, work.options.seed)
    theirs = django(work, smaller, store)
    work.add(
        "import-django", f"… beside Django ({part:,} rows)", "≥ 2.5 ×", f"{rate:,.0f} rows/s", f"{part / theirs.wall:,.0f} rows/s (CPU {theirs.cpu:.1f} s)",
        ratio(rate, part / theirs.wall), f"{ours.cpu:.1f}", met=rate >= 2.5 * part / theirs.wall)
    for path in (staged, store):
        path.unlink(missing_ok=True)
