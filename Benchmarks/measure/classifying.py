"""Classification of every firm, beside a scan of the same columns by index, and stored proposals beside the same rows inserted bare."""

import html
import json
import re
import sqlite3
import time

from .server import Server
from .work import Failed, ratio

OPEN = 9223372036854775807


def timed(body):
    cpu, begun = time.process_time(), time.monotonic()
    answer = body()
    return answer, time.monotonic() - begun, time.process_time() - cpu


def scan(store, year):
    """The columns that classification reads, by their indexes, added up inside the engine; the better of two runs."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        def once():
            accounts = database.execute(
                "select count(*), sum(enterprise_id), sum(sales_fen) from account where year = ? and known_to = ?", (year, OPEN)).fetchone()
            firms = database.execute(
                "select count(*), sum(id), sum(region_id) from enterprise where status = 'active' and known_to = ?", (OPEN,)).fetchone()
            return accounts, firms

        runs = [timed(once) for _ in range(2)]
    return min(runs, key=lambda run: run[1])


def measure(work):
    classified = work.hallmark("classify", "--json", store=work.store)
    classified = min(classified, work.hallmark("classify", "--json", store=work.store), key=lambda run: run.wall)
    answer = json.loads(classified.output)
    table = max(answer["tables"], key=lambda table: table["total"])
    idle = work.hallmark("ask", "enterprise", "--json", store=work.store)
    evaluation, cpu = classified.wall - idle.wall, classified.cpu - idle.cpu
    _, wall, scan_cpu = scan(work.store, table["year"])
    work.add(
        "classify", f"classify {table['total']:,} enterprises", "≤ 4 × the scan", f"{evaluation:.2f} s", f"scan {wall:.2f} s (CPU {scan_cpu:.2f} s)",
        ratio(evaluation, wall), f"{cpu:.2f}", met=evaluation <= 4 * wall)
    proposals(work, table)


def proposals(work, table):
    """Every decided group confirmed through its page's form, as an officer does it: a version and its digest for each firm, one entry a group."""
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
        before = database.execute("select count(*) from enterprise_class").fetchone()[0]
    groups = [group["key"] for group in table["groups"] if group["kind"] == "decided" and group["count"]]
    with Server.hallmark(work, work.store) as server:
        forms = [form(server, table, group) for group in groups]
        cpu, begun = server.cpu(), time.monotonic()
        for action, fields in forms:
            reply = server.get(action, patience=600, form={**fields, "document": "演示〔2007〕1号"})
            if reply.status != 200:
                raise Failed(f"the form of the classes answered {reply.status}")
        wall, cpu = time.monotonic() - begun, server.cpu() - cpu
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
        stored = database.execute("select count(*) from enterprise_class").fetchone()[0] - before
        definitions = [sql for (sql,) in database.execute(
            "select sql from sqlite_master where tbl_name = 'enterprise_class' and sql is not null order by type desc")]
    if not stored:
        raise Failed("the classes of this store are confirmed already; take a fresh one")
    bare_wall, bare_cpu = insert_bare(work, "enterprise_class", definitions)
    work.add(
        "proposals", f"{stored:,} proposals evaluated, confirmed and stored", "≤ 2 × the rows inserted bare", f"{wall:.2f} s",
        f"bare {bare_wall:.2f} s (CPU {bare_cpu:.2f} s)", ratio(wall, bare_wall), f"{cpu:.2f}", met=wall <= 2 * bare_wall)


def form(server, table, group):
    """The confirming form of a group: its address and its hidden fields."""
    page = server.get(f"/programmes/{table['programme']}/classes?table={table['table']}&group={group}", patience=120).body
    found = re.search(r'<form[^>]*action="([^"]*/classes/confirm)"[^>]*>(.*?)</form>', page, re.DOTALL)
    if not found:
        raise Failed(f"the page of group {group} has no form to confirm it")
    inputs = re.findall(r"<input[^>]*>", found[2])
    named = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in inputs]
    return html.unescape(found[1]), {name[1]: html.unescape(value[1]) for name, value in named if name and value}


def insert_bare(work, table, definitions):
    path = work.path("proposals.sqlite")
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("pragma journal_mode = wal")
    database.execute("pragma synchronous = full")
    for sql in definitions:
        database.execute(sql)
    database.execute("attach ? as stage", (":memory:",))
    database.execute("attach ? as store", (str(work.store),))
    database.execute(f"create table stage.rows as select * from store.{table} where known_to = {OPEN}")

    def once():
        database.execute("begin")
        database.execute(f"insert into main.{table} select * from stage.rows")
        database.execute("commit")

    _, wall, cpu = timed(once)
    database.close()
    return wall, cpu
