#!/usr/bin/env python3
"""The floor under an import: bare SQL that fills the same tables, indexes and bigrams from a staged table.

    python3 Benchmarks/import_bare.py STORE FOLDER [--cache KB]

STORE is a store into which Hallmark has imported a register; it is only read. Its rows are staged in FOLDER/staged.sqlite (not timed), then a store
of the same definitions is filled from there with one `insert … select` per table in one transaction (timed). Prints seconds and CPU seconds.
"""

import os
import resource
import sqlite3
import sys
import time

TABLES = ["enterprise", "enterprise_name", "account", "product", "holding"]


def pairs(name):
    """The words of a name as Sources/Enterprises/NameSearch.swift writes them, each pair once."""
    letters = [c for c in name if c not in "()"]
    return " ".join(dict.fromkeys(f"g{ord(a):x}z{ord(b):x}" for a, b in zip(letters, letters[1:])))


def definitions(store):
    wanted = "select type, sql from sqlite_master where sql is not null and (tbl_name in (%s) or name = 'enterprise_search')"
    rows = store.execute(wanted % ",".join("?" * len(TABLES)), TABLES).fetchall()
    return [sql for kind, sql in rows if kind == "table"] + [sql for kind, sql in rows if kind == "index"]


def stage(path, target):
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    made = definitions(store)
    staged = sqlite3.connect(target)
    staged.execute("pragma journal_mode = off")
    staged.execute("pragma synchronous = off")
    for table in TABLES:
        names = [row[1] for row in store.execute(f"pragma table_info({table})")]
        staged.execute(f"create table {table} ({', '.join(names)})")
        rows = store.execute(f"select {', '.join(names)} from {table} order by id, known_from")
        staged.executemany(f"insert into {table} values ({', '.join('?' * len(names))})", rows)
    staged.execute("create table enterprise_search (id integer, text text)")
    words = ((number, pairs(folded)) for number, folded in store.execute("select id, folded from enterprise_name order by id"))
    staged.executemany("insert into enterprise_search values (?, ?)", words)
    staged.commit()
    return made


def fill(made, staged, target, cache):
    store = sqlite3.connect(target, isolation_level=None)
    store.execute("pragma journal_mode = wal")
    store.execute("pragma synchronous = full")
    store.execute(f"pragma cache_size = -{cache}")
    for sql in made:
        store.execute(sql)
    store.execute("attach ? as staged", (staged,))
    began, used = time.monotonic(), time.process_time()
    store.execute("begin immediate")
    for table in TABLES:
        at = time.monotonic()
        store.execute(f"insert into {table} select * from staged.{table}")
        print(f"{table}: {time.monotonic() - at:.1f} s", flush=True)
    at = time.monotonic()
    store.execute("insert into main.enterprise_search (rowid, text) select id, text from staged.enterprise_search")
    print(f"enterprise_search: {time.monotonic() - at:.1f} s")
    store.execute("commit")
    print(f"bare SQL: {time.monotonic() - began:.1f} s, CPU {time.process_time() - used:.1f} s, cache {cache // 1024} MB")


def main(arguments):
    if len(arguments) not in (2, 4):
        print(__doc__, file=sys.stderr)
        return 2
    cache = int(arguments[3]) if len(arguments) == 4 else 32768
    paths = [os.path.join(arguments[1], name) for name in ("staged.sqlite", "bare.sqlite")]
    for path in paths:
        for ending in ("", "-wal", "-shm"):
            if os.path.exists(path + ending):
                os.remove(path + ending)
    fill(stage(arguments[0], paths[0]), *paths, cache)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
