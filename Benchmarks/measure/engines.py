"""The same store in SQLite and in PostgreSQL, path by path: point reads, searches, groupings, commits and bulk work apart."""

import random
import re
import sqlite3
import threading
import time
from urllib.parse import quote

from . import classifying, exporting, figures, lists, pages, register
from .postgres import Cluster
from .server import Server, percentile
from .work import Failed, ratio

OPEN = 9223372036854775807
# The smaller pair of stores that is written to: a part of the sizes of the one that is read.
PART = 10


def measure(work):
    with Cluster(work) as cluster:
        print("  moving the store to PostgreSQL", flush=True)
        address, took = cluster.moved(work.store, "full_store")
        work.facts["engines"] = f"PostgreSQL {cluster.version().split()[0]} on the same machine, the store there {cluster.size('full_store') / 1e9:.1f} GB"
        if took:
            work.notes.append(f"`hallmark move-store` took {took.wall:.0f} s for the whole store (CPU of Hallmark {took.cpu:.0f} s), both sides verified.")
        compare(work, cluster, {"sqlite": work.store, "postgres": address}, read)
        little = smaller(work, cluster)
        compare(work, cluster, little, written)


def compare(work, cluster, stores, part):
    """One part over both stores, its lines side by side."""
    found = {engine: part(work, store, cluster if engine == "postgres" else None) for engine, store in stores.items()}
    for key, (kind, path, told, number, cpu) in found["sqlite"].items():
        other = found["postgres"].get(key)
        if other is None:
            work.engines.append((kind, path, told, "not measured", "", ""))
            continue
        work.engines.append((kind, path, told, other[2], ratio(other[3], number), f"{cpu} / {other[4]}"))
        print("  " + " | ".join(work.engines[-1]), flush=True)


def smaller(work, cluster):
    """A store made by the demonstration, and its copy in PostgreSQL."""
    store = work.path("engines.sqlite")
    work.hallmark("demo", store, "--enterprises", work.options.enterprises // PART, "--results", work.options.results // PART)
    return {"sqlite": store, "postgres": cluster.moved(store, "smaller_store")[0]}


class Found(dict):
    """Measured paths of one engine: kind, path, what is shown, the number that is compared (milliseconds or seconds), processor time."""

    def __init__(self, server, cluster):
        super().__init__()
        self.server, self.cluster = server, cluster

    def spent(self):
        return (self.server.cpu() if self.server else 0) + (self.cluster.cpu() if self.cluster else 0)

    def load(self, key, kind, path, addresses, clients=8, seconds=None):
        before = self.spent()
        load = self.server.load(addresses, seconds=seconds, clients=clients)
        each = (self.spent() - before) / max(load.requests, 1) * 1000
        told = f"p50 {load.p50:.1f}, p95 {load.p95:.1f} ms, {load.rate:,.0f}/s" + (f", {load.refused} refused" if load.refused else "")
        self[key] = (kind, path, told, load.p50, f"{each:.1f} ms")


def read(work, store, cluster):
    """Pages over the whole store, as a person asks for them."""
    chance = random.Random(work.options.seed)
    words, places = lists.pairs(work, 200), lists.regions(work)
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
        top, head = (database.execute(sql).fetchone()[0] for sql in ["select max(id) from enterprise", "select max(position) from journal"])
        bulletin = database.execute("select max(id) from publication where kind = 'results'").fetchone()[0]
    dossiers = [f"/enterprises/{chance.randint(1, top)}" for _ in range(min(2000, top))]
    with Server.hallmark(work, store, "/public/none") as server:
        found = Found(server, cluster)
        found["start"] = ("start", "start until the server answers", f"{server.started:.2f} s", server.started, f"{found.spent():.1f} s" if not cluster else "—")
        desk = server.get("/", patience=120).seconds
        found["first"] = ("start", "the desk, first time", f"{desk:.2f} s", desk, "—")
        found.load("dossier-one", "point reads", "dossier, one client", dossiers, clients=1)
        found.load("dossier", "point reads", "dossier, 16 clients", dossiers, clients=16)
        found.load("publication", "point reads", "a published list's page", [f"/publications/{bulletin}"])
        found.load("journal", "point reads", "journal", ["/journal"])
        found.load("list", "lists and searches", "list of enterprises, first page", ["/enterprises"])
        found.load("town", "lists and searches", "… in one town", [f"/enterprises?region={place}" for place in places])
        found.load("two", "lists and searches", "search by two characters", [f"/enterprises?q={quote(word)}" for word in words])
        found.load(
            "three", "lists and searches", "search by three characters", [f"/enterprises?q={quote(one + two[0])}" for one, two in zip(words, words[1:])])
        groupings(work, server, found, head)
        found["memory"] = ("start", "memory of Hallmark after all this", f"{server.memory():.0f} MB", server.memory(), "—")
    command(work, store, cluster, found)
    return found


def groupings(work, server, found, head):
    _, questions = pages.crawl(server)
    asked = pages.sample(questions, 300, work.options.seed)
    figures.warm(work, server, asked)
    found.load("figures", "groupings", f"{len(asked)} figures of shipped pages", asked)
    past = [figures.asked(address, [f"known={max(1, head * 3 // 4)}"]) for address in asked]
    server.once(past)
    found.load("known", "groupings", "… as known at an earlier position", past)
    for key, path in [("desk", "/"), ("targets", "/targets"), ("publications", "/publications")]:
        found.load(key, "groupings", f"page `{path}`", [path], seconds=max(2, work.options.seconds // 2))


def timed(found, key, kind, path, work, *arguments, store):
    before = found.spent()
    done = work.hallmark(*arguments, store=store)
    spent = done.cpu + found.spent() - before
    found[key] = (kind, path, f"{done.wall:.1f} s", done.wall, f"{spent:.1f} s")
    return done


def command(work, store, cluster, found):
    """Commands over the whole store; the server has ended."""
    found.server = None
    timed(found, "classify", "bulk", "classify every firm", work, "classify", "--json", store=store)
    regions, count = exporting.choice(work)
    where = ["--where", "region=" + "|".join(map(str, regions))]
    for form in ["csv", "xlsx"]:
        path = work.path("rows." + form)
        timed(found, form, "bulk", f"{count:,} enterprises to .{form}", work, "export", "enterprise", *where, "--format", form, "--output", path, store=store)
        path.unlink(missing_ok=True)


def written(work, store, cluster):
    """Acts: single ones by one and by eight officers, and those that write many rows."""
    with Server.hallmark(work, store) as server:
        found = Found(server, cluster)
        for officers in (1, 8):
            commits(work, found, officers)
        confirmed(work, store, found)
    found.server = None
    path = work.path("register.csv")
    rows = work.options.register // PART
    register.write(path, rows, work.options.seed)
    timed(found, "register", "bulk", f"import {rows:,} enterprises", work, "import", "enterprises", path, "--commit", "good", store=store)
    backup = work.path("engines.backup")
    timed(found, "backup", "bulk", "backup, verified", work, "backup", store, backup, store=None)
    backup.unlink(missing_ok=True)
    timed(found, "verify", "bulk", "verify", work, "verify", store=store)
    return found


def commits(work, found, officers):
    """Officers save questions one after another through the page's form; each waits for its answer."""
    token = re.search(r'name="_token" value="([0-9a-f]+)"', found.server.get("/questions/views").body)
    if not token:
        raise Failed("the page of saved questions has no form")
    times, refused, lock = [], [], threading.Lock()
    end = time.monotonic() + work.options.seconds

    def officer(number):
        count = 0
        while time.monotonic() < end:
            count += 1
            stamp = f"{officers}-{number}-{count}"
            reply = found.server.get("/questions/views", form={
                "_token": token[1], "_request": f"{officers:08d}{number:08d}{count:016d}", "title": f"查询 {stamp}", "fact": "enterprise", "as": "bars",
            }, follow=False)
            with lock:
                (times if reply.status == 303 else refused).append(reply.seconds * 1000)

    before, began = found.spent(), time.monotonic()
    threads = [threading.Thread(target=officer, args=(number,)) for number in range(officers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.monotonic() - began
    if not times:
        raise Failed("no act was written")
    each = (found.spent() - before) / len(times) * 1000
    told = f"p50 {percentile(times, 0.5):.1f}, p95 {percentile(times, 0.95):.1f} ms, {len(times) / wall:,.0f}/s" + (f", {len(refused)} refused" if refused else "")
    found[f"acts-{officers}"] = ("commits", f"an act by form, {officers} at once", told, percentile(times, 0.5), f"{each:.1f} ms")


def confirmed(work, store, found):
    """Every decided class of the larger table confirmed by the page's forms."""
    import json

    answer = json.loads(work.hallmark("classify", "--json", store=store).output)
    table = max(answer["tables"], key=lambda table: table["total"])
    groups = [group["key"] for group in table["groups"] if group["kind"] == "decided" and group["count"]]
    forms = [classifying.form(found.server, table, group) for group in groups]
    before, began = found.spent(), time.monotonic()
    for action, fields in forms:
        reply = found.server.get(action, patience=600, form={**fields, "document": "演示〔2007〕1号"})
        if reply.status != 200:
            raise Failed(f"the form of the classes answered {reply.status}")
    wall = time.monotonic() - began
    count = sum(group["count"] for group in table["groups"] if group["kind"] == "decided")
    found["confirm"] = ("commits", f"{count:,} classes confirmed in {len(forms)} acts", f"{wall:.1f} s", wall, f"{found.spent() - before:.1f} s")
