"""Figures on shipped pages at eight clients: as they are, as of an earlier position, and right after a write; then every other question."""

import csv
import json
import sqlite3
import time
from urllib.parse import quote, unquote

from . import pages
from .server import Server, percentile
from .work import Failed


def measure(work):
    with Server.hallmark(work, work.store) as server:
        visited, questions = pages.crawl(server)
        if not questions:
            raise Failed("no page links to a question")
        addresses = pages.sample(questions, 300, work.options.seed)
        slow = sorted(visited, key=lambda page: -page[1])[:5]
        work.notes.append("Slowest pages when asked for alone: " + ", ".join(f"`{page[0]}` {page[1] * 1000:.0f} ms" for page in slow) + ".")
        heavy = max(visited, key=lambda page: page[2])
        work.notes.append(
            f"{len(visited)} pages of different kinds visited, {len(questions)} addresses of questions found;"
            f" largest page {heavy[2] / 1000:.0f} kB (`{heavy[0]}`).")
        warm(work, server, addresses)
        steady(work, server, addresses)
        shipped(work, server, visited)
        known(work, server, addresses)
        written(work, server, addresses)


def warm(work, server, addresses):
    """Once each, alone: the slowest are named in the report."""
    begun, times, jobs = time.monotonic(), [], []
    for address in addresses:
        if time.monotonic() - begun < 90:
            try:
                reply = server.get(address, patience=30)
                times.append((reply.seconds * 1000, address))
                if is_job(reply):
                    jobs.append(address)
            except OSError:
                times.append((30_000, address))
    waiting, told = list(jobs), time.monotonic()
    while waiting and time.monotonic() - told < 180:
        time.sleep(1)
        waiting = [address for address in waiting if is_job(server.get(address))]
    if jobs:
        work.notes.append(
            f"{len(jobs)} of the addresses are long questions, answered as jobs while a page shows how far they are;"
            f" {len(jobs) - len(waiting)} of them were there after {time.monotonic() - told:.0f} s and are kept until what they are made from changes: "
            + ", ".join(f"`{readable(address)}`" for address in jobs[:6]) + ".")
    times.sort(reverse=True)
    work.notes.append("Slowest figures when asked for alone: " + ", ".join(f"`{readable(address)}` {time:.0f} ms" for time, address in times[:5]) + ".")


def readable(address):
    """As a person reads it; a condition of a hundred firms is cut."""
    text = unquote(address)
    return text if len(text) <= 160 else text[:159] + "…"


def is_job(reply):
    """Whether a page shows how far a long question is."""
    return "/jobs/" in reply.address or "data-job" in reply.body


def steady(work, server, addresses):
    load = server.load(addresses)
    work.add(
        "figures", f"{len(addresses)} figures of shipped pages, 8 clients", "p95 ≤ 20 ms", f"p50 {load.p50:.1f}, p95 {load.p95:.1f}, p99 {load.p99:.1f} ms",
        f"{load.rate:,.0f} requests/s, {load.refused} refused", cpu=f"{load.cpu * 1000:.2f} ms each", met=load.p95 <= 20 and load.refused == 0)


def shipped(work, server, visited):
    """The pages on which the figures stand."""
    for key, path in [("desk", "/"), ("targets", "/targets"), ("publications", "/publications")]:
        load = server.load([path], seconds=max(2, work.options.seconds // 2))
        work.add(
            "page-" + key, f"page `{path}`, 8 clients", "p95 ≤ 20 ms", f"p50 {load.p50:.1f}, p95 {load.p95:.1f} ms", f"{load.rate:,.0f} requests/s",
            cpu=f"{load.cpu * 1000:.2f} ms each", met=load.p95 <= 20)


def known(work, server, addresses):
    """The same as the store knew them in the middle of its history."""
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
        head = database.execute("select max(position) from journal").fetchone()[0]
    past = [asked(address, [f"known={max(1, head * 3 // 4)}"]) for address in addresses]
    server.once(past)
    load = server.load(past)
    work.add(
        "figures-known", "… as known at an earlier position", "p95 ≤ 20 ms", f"p50 {load.p50:.1f}, p95 {load.p95:.1f}, p99 {load.p99:.1f} ms",
        f"{load.rate:,.0f} requests/s, {load.refused} refused", cpu=f"{load.cpu * 1000:.2f} ms each", met=load.p95 <= 20 and load.refused == 0)


def asked(address, more=()):
    """The address with another position, or with none: as it is now."""
    path, _, query = address.partition("?")
    parts = [part for part in query.split("&") if part and not part.startswith("known=")] + list(more)
    return path + ("?" + "&".join(parts) if parts else "")


def written(work, server, addresses):
    """A small list is imported, and at once every figure is asked for by eight clients."""
    times, writing = [], []
    now = sorted({asked(address) for address in addresses})
    begun = time.monotonic()
    for _ in range(work.options.writes):
        if time.monotonic() - begun > 120:
            break
        path = work.path("list.csv")
        stamp = time.time_ns()
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(f"2007年第1季度皮鞋产品质量市级监督抽查结果（第{stamp}批）\n")
            table = csv.writer(file)
            table.writerow(["序号", "企业名称", "产品名称", "规格型号", "抽查结果", "不合格项目"])
            for number in range(10):
                verdict = ["不合格", "耐磨性能"] if number == 7 else ["合格", ""]
                table.writerow([number + 1, f"温州市龙湾演示测量{stamp % 1000}号鞋业有限公司", "女皮鞋", f"Y{stamp}{number}", *verdict])
        done = work.hallmark("import", "results", path, "--commit", "good", store=work.store)
        writing.append(done.wall)
        times += server.once(now)
    p95 = percentile(times, 0.95)
    work.add(
        "figures-written", "… each once, at once after a write", "p95 ≤ 20 ms", f"p50 {percentile(times, 0.5):.1f}, p95 {p95:.1f}, worst {max(times):.1f} ms",
        f"{len(writing)} writes of 10 rows, {max(writing):.2f} s each with start", met=p95 <= 20)


def others(work):
    """Every metric of every fact by every dimension, one after another, as far as the time goes."""
    listed = json.loads(work.hallmark("ask", "--list", "--json").output)
    addresses = []
    for fact in listed["facts"]:
        names = [entry["name"] for entry in fact["metrics"]]
        for metric in names:
            addresses.append(f"/questions/{quote(fact['name'])}?metric={metric}")
            addresses += [f"/questions/{quote(fact['name'])}?metric={metric}&by={dimension['name']}" for dimension in fact["dimensions"]]
    times, jobs, unanswered = [], 0, 0
    begun = time.monotonic()
    with Server.hallmark(work, work.store) as server:
        for address in pages.sample(addresses, len(addresses), work.options.seed):
            if time.monotonic() - begun > work.options.budget:
                break
            try:
                reply = server.get(address, patience=20)
            except OSError:
                unanswered += 1
                times.append((20.0, address))
                continue
            if is_job(reply):
                jobs += 1
            elif reply.status == 200:
                times.append((reply.seconds, address))
    times.sort(reverse=True)
    over = [time for time, _ in times if time > 3]
    work.add(
        "others", f"{len(times) + jobs} of {len(addresses)} other questions, one by one", "≤ 3 s, else a job", f"worst {times[0][0]:.2f} s, {len(over)} over 3 s",
        f"{jobs} became jobs, {unanswered} without answer in 20 s", met=not over)
    work.notes.append("Slowest other questions: " + ", ".join(f"`{readable(address)}` {time:.2f} s" for time, address in times[:8]) + ".")
