#!/usr/bin/env python3
"""Checks a Hallmark store (SQLite) against its journal, sharing no code with Hallmark.

    python3 tools/verify_store.py STORE [--head FILE]

Prints one line for each finding; exit code 0 nothing found, 1 something found, 2 wrong use.

The form of the digests (Sources/Storage/RecordTable.swift, Journal.swift):
- a value is one line: n | i<number> | r<number> | t<bytes>:<text> | b<hexadecimal>;
- an opened row is SHA-256 of "open", the table, the key and the columns, each on its line;
- a closed row is SHA-256 of "close", the table, the key and the position from which it had been known;
- an entry's digest is SHA-256 over the digests of its rows in ascending order;
- a kept file that was erased has no bytes; its row's digest stands in original_erasure;
- an entry's hash is SHA-256 of "entry", the hash before, and the entry's fields as values.
"""

import hashlib
import sqlite3
import sys
from datetime import datetime, timedelta, timezone

CURRENT = 2**63 - 1
ORIGIN = "0" * 64
ENTRY = "position, time, actor, role, action, subject, reason, detail, opened, closed, digest, previous, hash, day"


def line(value):
    if value is None:
        return b"n\n"
    if isinstance(value, int):
        return b"i%d\n" % value
    if isinstance(value, float):
        return b"r" + repr(value).encode() + b"\n"
    if isinstance(value, str):
        text = value.encode("utf-8")
        return b"t%d:" % len(text) + text + b"\n"
    return b"b" + value.hex().encode() + b"\n"


def digest(*values, head):
    return hashlib.sha256(("\n".join(head) + "\n").encode() + b"".join(map(line, values)))


def vouched_tables(store):
    """Tables with known_from: (name, key, has known_to, columns in their order)."""
    names = [row[0] for row in store.execute("select name from sqlite_master where type = 'table' order by name")]
    for name in names:
        columns = [row[1] for row in store.execute(f'pragma table_info("{name}")')]
        if "known_from" in columns:
            key = "id" if "id" in columns else columns[0]
            yield name, key, "known_to" in columns, [c for c in columns if c not in (key, "known_from", "known_to")]


def erasures_of(store):
    """The erasures in force: the name and the kept digest by the file's SHA-256."""
    if not store.execute("select 1 from sqlite_master where name = 'original_erasure'").fetchone():
        return {}
    return {row[0]: row[1:] for row in store.execute(
        "select sha256, name, digest from original_erasure where known_to = ?", (CURRENT,))}


def original_digest(sha, name, content, erasures, own, findings):
    """Checks a kept file; answers the digest with which its row takes part in its entry's."""
    if sha not in erasures:
        if not content and sha != hashlib.sha256(b"").hexdigest():
            findings.append(f"original-missing: {sha}")
        elif hashlib.sha256(content).hexdigest() != sha:
            findings.append(f"original-changed: {sha}")
        return own
    if content:
        findings.append(f"erased-still-there: {sha}")
    if name != erasures[sha][0]:
        findings.append(f"original-changed: {sha}")
    try:
        return bytes.fromhex(erasures[sha][1])
    except ValueError:
        return own


def collect(store, erasures, erased, findings):
    """The digests of all rows by the position of the entry that must vouch for them."""
    digests = {}
    for name, key, versioned, columns in vouched_tables(store):
        to = "known_to" if versioned else str(CURRENT)
        quoted = "".join(f', "{column}"' for column in columns)
        for row in store.execute(f'select "{key}", known_from, {to}{quoted} from "{name}"'):
            own = digest(row[0], *row[3:], head=("open", name)).digest()
            if name == "original":
                content = row[3 + columns.index("bytes")]
                own = original_digest(row[0], row[3 + columns.index("name")], content, erasures, own, findings)
                if row[0] in erasures:
                    erased.setdefault(row[1], []).append(row[0])
            digests.setdefault(row[1], []).append(own)
            if row[2] != CURRENT:
                digests.setdefault(row[2], []).append(digest(row[0], row[1], head=("close", name)).digest())
    found = {sha for all_of_one in erased.values() for sha in all_of_one}
    findings.extend(f"erasure-without-original: {sha}" for sha in sorted(set(erasures) - found))
    return digests


def walk(store, digests, erased, kept, findings):
    """Follows the chain; answers its last position."""
    position, previous, time = 0, ORIGIN, None
    for row in store.execute(f"select {ENTRY} from journal order by position"):
        at, when, fields, rows, before, own, day = row[0], row[1], row[2:10], row[10], row[11], row[12], row[13]
        if at != position + 1:
            findings.append(f"entry-missing: {position + 1}")
        if before != previous:
            findings.append(f"chain-broken: {at}")
        expected = digest(at, when, *fields, rows, head=("entry", before)).hexdigest()
        shanghai = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=when, hours=8)
        if own != expected or day != shanghai.strftime("%Y-%m-%d"):
            findings.append(f"entry-changed: {at}")
        if time is not None and when < time:
            findings.append(f"time-backwards: {at}")
        if hashlib.sha256(b"".join(sorted(digests.pop(at, [])))).hexdigest() != rows:
            findings.append(f"rows-changed: {at}")
            findings.extend(f"erasure-unproven: {at} {sha}" for sha in sorted(erased.get(at, [])))
        if any(known != own for known in kept.get(at, ())):
            findings.append(f"head-differs: {at}")
        position, previous, time = at, own, when
    findings.extend(f"row-without-entry: {at}" for at in sorted(digests))
    if kept and max(kept) > position:
        findings.append(f"tail-missing: {position + 1}")
    return position, previous


def totals(store, findings):
    """A counter's last past value must be its total; what rows make of it is the program's to count again (hallmark verify)."""
    keys = "fact, k1, k2, k3, k4, k5, k6, metric"
    now = {row[:8]: row[8] for row in store.execute(f"select {keys}, value from counter") if row[8]}
    then = {row[:8]: row[8] for row in store.execute(f"select {keys}, value from counter_past order by {keys}, position")}
    then = {cell: value for cell, value in then.items() if value}
    for cell in sorted(set(now) | set(then)):
        if now.get(cell, 0) != then.get(cell, 0):
            findings.append("counter-differs: " + " ".join(filter(None, cell)))


def main(arguments):
    if len(arguments) not in (1, 3) or (len(arguments) == 3 and arguments[1] != "--head"):
        print(__doc__, file=sys.stderr)
        return 2
    kept = {}
    if len(arguments) == 3:
        with open(arguments[2], encoding="ascii") as file:
            for line in file:
                number, text = line.split()[:2]
                kept.setdefault(int(number), set()).add(text)
    store = sqlite3.connect(f"file:{arguments[0]}?mode=ro", uri=True)
    store.execute("begin")
    findings = []
    erasures, erased = erasures_of(store), {}
    position, head = walk(store, collect(store, erasures, erased, findings), erased, kept, findings)
    totals(store, findings)
    for finding in findings:
        print(finding)
    if erasures:
        print(f"抹去原件 {len(erasures)} 份", file=sys.stderr)
    print(f"{position} {head}" + ("" if kept else " (tail unproven: no head given)"), file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
