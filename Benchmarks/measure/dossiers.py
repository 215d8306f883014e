"""The dossier page with its session, beside the same page in Django under gunicorn with two workers."""

import random
import sqlite3
import sys

from .server import Server, free_port
from .work import Failed, ratio


def measure(work):
    chance = random.Random(work.options.seed)
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
        top = database.execute("select max(id) from enterprise").fetchone()[0]
    addresses = [f"/enterprises/{chance.randint(1, top)}" for _ in range(min(2000, top))]
    with Server.hallmark(work, work.store) as server:
        page = server.get(addresses[0])
        server.load(addresses, seconds=2, clients=16)
        ours = server.load(addresses, clients=16)
        memory = server.memory()
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", "--log-level", "error", "baseline.wsgi"]
    with Server(work, gunicorn, port, addresses[0], {"DJANGO_SETTINGS_MODULE": "baseline.settings", "BASELINE_STORE": str(work.store)}) as server:
        other = server.get(addresses[0])
        if other.status != 200 or page.status != 200:
            raise Failed(f"the page answered {page.status}, Django's {other.status}")
        server.load(addresses, seconds=2, clients=16)
        theirs = server.load(addresses, clients=16)
    work.add(
        "dossier", "dossier page with its session, 16 clients", "≥ 1,500 requests/s", f"{ours.rate:,.0f} requests/s, p95 {ours.p95:.1f} ms, {memory:.0f} MB",
        cpu=f"{ours.cpu * 1000:.2f} ms each", met=ours.rate >= 1500)
    work.add(
        "dossier-django", f"… beside Django ({len(page.body.encode())} and {len(other.body.encode())} bytes)", "≥ 5 ×", f"{ours.rate:,.0f} requests/s",
        f"{theirs.rate:,.0f} requests/s, CPU {theirs.cpu * 1000:.2f} ms each", ratio(ours.rate, theirs.rate), f"{ours.cpu * 1000:.2f} ms each",
        met=ours.rate >= 5 * theirs.rate)
