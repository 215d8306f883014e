"""Time to start, memory at rest, and the same pages over a small and over the full store."""

import random
import sqlite3
import time
from urllib.parse import quote

from .server import Server
from .work import ratio


def addresses(store, seed):
    chance = random.Random(seed)
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        top = database.execute("select max(id) from enterprise").fetchone()[0]
        last = database.execute("select max(id) from publication where kind = 'results'").fetchone()[0]
    return {
        "desk": ["/"], "list": ["/enterprises"], "dossier": [f"/enterprises/{chance.randint(1, top)}" for _ in range(200)],
        "publications": ["/publications"], "publication": [f"/publications/{last}"], "targets": ["/targets"],
        "search": [f"/enterprises?q={quote(word)}" for word in ["恒达", "华盛", "新利", "金丰"]], "journal": ["/journal"],
        "question": ["/questions/spotcheck.result", "/questions/enterprise?by=region"],
    }


def measure(work):
    starts, firsts, cpu = [], [], []
    for _ in range(3):
        # A file that is not there is refused by the whole server, without a page's work.
        with Server.hallmark(work, work.store, "/public/none") as server:
            starts.append(server.started)
            cpu.append(server.cpu())
            firsts.append(server.get("/", patience=60).seconds)
            time.sleep(work.options.rest)
            memory = server.memory()
    work.add(
        "start", "start until the server answers", "≤ 0.5 s", f"{min(starts):.2f} s, the desk {min(firsts) * 1000:.0f} ms later", cpu=f"{min(cpu):.2f}",
        met=min(starts) <= 0.5)
    work.add("memory", f"memory {work.options.rest} s after the first page", "≤ 100 MB", f"{memory:.0f} MB", met=memory <= 100)
    growth(work)


def growth(work):
    small = work.path("small.sqlite")
    work.hallmark("demo", small, "--enterprises", work.options.small_enterprises, "--results", work.options.small_enterprises * 10)
    times = {}
    for store in [small, work.store]:
        with Server.hallmark(work, store) as server:
            for name, paths in addresses(store, work.options.seed).items():
                try:
                    server.get(paths[0], patience=60)
                    times.setdefault(name, []).append(server.load(paths, seconds=max(1, work.options.seconds // 3), clients=1).p50)
                except Exception as reason:
                    times.setdefault(name, []).append(float("inf"))
                    work.notes.append(f"Page {name}: {reason}")
    rates = {name: full / max(little, 0.01) for name, (little, full) in times.items()}
    worst = max(rates, key=rates.get)
    for name, (little, full) in times.items():
        work.add(
            "growth-" + name, f"page {name}, median of one client", "≤ 1.5 ×", f"{full:.2f} ms", f"{little:.2f} ms with {work.options.small_enterprises:,} enterprises",
            ratio(full, little), met=full <= 1.5 * little or full <= 0.5)
    work.notes.append(f"From the small to the full store the page that grew most is {worst}: {rates[worst]:.2f} ×.")
