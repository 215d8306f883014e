"""First page of the list and search by name, at eight clients."""

import random
import sqlite3
from urllib.parse import quote

from .server import Server
from .work import Failed

OPEN = 9223372036854775807


def pairs(work, count):
    """Pairs of characters that stand in names, each at random places: common and rare ones alike."""
    chance = random.Random(work.options.seed)
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
        top = database.execute("select max(id) from enterprise").fetchone()[0]
        found = []
        while len(found) < count:
            row = database.execute("select name from enterprise where id = ? and known_to = ?", (chance.randint(1, top), OPEN)).fetchone()
            if row and len(row[0]) > 4:
                at = chance.randrange(len(row[0]) - 2)
                found.append(row[0][at:at + 2])
    return found


def regions(work):
    with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
        return [row[0] for row in database.execute(
            "select distinct region_id from (select region_id from enterprise where id < 5000 and known_to = ? and region_id is not null)", (OPEN,))]


def measure(work):
    words = pairs(work, 200)
    places = regions(work)
    if not places:
        raise Failed("no enterprise of the store has a region")
    cases = [
        ("list", "list of enterprises, first page", ["/enterprises"]),
        ("list-filter", "… in one town", [f"/enterprises?region={place}" for place in places]),
        ("search", f"search by two characters, {len(words)} pairs", [f"/enterprises?q={quote(word)}" for word in words]),
        (
            "search-filter", "… in one town and in business",
            [f"/enterprises?q={quote(word)}&region={places[index % len(places)]}&status=active" for index, word in enumerate(words)],
        ),
        ("search-three", "search by three characters", [f"/enterprises?q={quote(first + second[0])}" for first, second in zip(words, words[1:])]),
    ]
    with Server.hallmark(work, work.store) as server:
        for key, path, addresses in cases:
            try:
                load = server.load(addresses)
            except Failed as reason:
                work.add(key, path, "p95 ≤ 20 ms", f"not measured: {reason}", met=False)
                continue
            work.add(
                key, path, "p95 ≤ 20 ms", f"p50 {load.p50:.1f}, p95 {load.p95:.1f}, p99 {load.p99:.1f} ms", f"{load.rate:,.0f} requests/s, {load.refused} refused",
                cpu=f"{load.cpu * 1000:.2f} ms each", met=load.p95 <= 20 and load.refused == 0)
