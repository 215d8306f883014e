"""Writes docs/performance.md from what was measured in this run; what bounds a missed figure is told from bounds.md."""

import datetime
import os
import pathlib
import platform
import re
import sqlite3
import subprocess


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal")) / 1048576
    system = next((line.split("=", 1)[1].strip().strip('"') for line in open("/etc/os-release") if line.startswith("PRETTY_NAME")), "Linux")
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {system}"


def versions(python):
    import django
    import openpyxl

    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout.split("Copyright")[0].strip()
    return f"SQLite {sqlite3.sqlite_version}, Python {python}, Django {django.get_version()}, openpyxl {openpyxl.__version__}, {wrk[:40]}"


def sizes(store):
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        counts = {
            name: database.execute(f"select count(*) from {table} where known_to = {2**63 - 1}").fetchone()[0]
            for name, table in [("enterprises", "enterprise"), ("yearly accounts", "account"), ("holdings", "holding"), ("results", "result"), ("follow-ups", "followup")]
        }
        lists, entries = (database.execute(sql).fetchone()[0] for sql in ["select count(*) from publication", "select count(*) from journal"])
    text = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    return f"{text}, {lists:,} published lists, {entries:,} journal entries; {pathlib.Path(store).stat().st_size / 1e9:.1f} GB"


def bounds(work):
    """`## key` and what is to be said about it, from the file beside the driver."""
    text = (pathlib.Path(__file__).parents[1] / "bounds.md").read_text(encoding="utf-8")
    return {key.strip(): told.strip() for key, told in re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)}


def side_by_side(work):
    """Both engines, by kind of work; the ratio is of medians, above 1 where PostgreSQL takes longer."""
    lines = [
        "## SQLite beside PostgreSQL, path by path", "", f"{work.facts.get('engines', '')}; a commit is written through to the disk on both. Acts and bulk work on a store of a tenth"
        " of the size. Ratio: PostgreSQL's median or time by SQLite's; processor time counts Hallmark and the database's server, but not the client.", "",
        "| kind | path | SQLite | PostgreSQL | ratio | processor time |", "| --- | --- | --- | --- | --- | --- |",
    ]
    order = list(dict.fromkeys(row[0] for row in work.engines))
    lines += ["| " + " | ".join(row) + " |" for kind in order for row in work.engines if row[0] == kind]
    return lines + [""]


def write(work, took, failed):
    words = {True: "yes", False: "**no**", None: "—"}
    lines = [
        f"# {work.options.title}", "",
        "Written by `Benchmarks/run`; nothing here is typed by hand. Baselines ran in the same run on the same machine.", "",
        f"- {datetime.date.today().isoformat()}, {took / 60:.0f} minutes; load average at the start {work.facts.get('load', '?')}.",
        f"- {work.facts.get('machine')}.", f"- {work.facts.get('versions')}.", f"- The store: {work.facts.get('sizes', 'none')}.", "",
    ]
    missed = [line for line in work.lines if line.met is False]
    if work.lines:
        lines += ["| path | target | measured | beside | ratio | CPU s | reached |", "| --- | --- | --- | --- | --- | --- | --- |"]
        for line in work.lines:
            lines.append("| " + " | ".join([line.path, line.target, line.measured, line.baseline, line.ratio, line.cpu, words[line.met]]) + " |")
        reached = sum(line.met is True for line in work.lines)
        lines += ["", f"{reached} of {reached + len(missed)} reached.", ""]
    if missed:
        told = bounds(work)
        lines += ["## What bounds what was missed", ""]
        for line in missed:
            lines.append(f"- {line.path}: {told.get(line.key) or told.get(line.key.split('-')[0]) or 'not looked into.'}")
        lines.append("")
    if work.engines:
        lines += side_by_side(work)
    if failed:
        lines += ["## Not measured", ""] + [f"- {name}: {reason}" for name, reason in failed] + [""]
    lines += ["## Beside the table", ""] + [f"- {note}" for note in work.notes] + [""]
    path = pathlib.Path(work.options.report)
    path = path if path.is_absolute() else work.root / path
    path.parent.mkdir(parents=True, exist_ok=True)
    # Paths of this machine say nothing to a reader.
    path.write_text("\n".join(lines).replace(str(work.folder), "…").replace(str(work.root), "…"), encoding="utf-8")
    return path
