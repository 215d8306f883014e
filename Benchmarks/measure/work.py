"""What every part shares: sizes, the binary, running a command with its time, CPU and memory, and the rows of the report."""

import dataclasses
import os
import pathlib
import subprocess
import time


@dataclasses.dataclass
class Line:
    """One line of the report."""

    key: str
    path: str
    target: str
    measured: str
    baseline: str = ""
    ratio: str = ""
    cpu: str = ""
    met: bool | None = None


@dataclasses.dataclass
class Finished:
    code: int
    wall: float
    cpu: float
    peak: float
    output: str


class Failed(Exception):
    """A measurement that could not be made, with the reason for the report."""


class Work:
    def __init__(self, options):
        self.options = options
        self.binary = str(pathlib.Path(options.binary).resolve())
        self.root = pathlib.Path(__file__).resolve().parents[2]
        self.folder = pathlib.Path(options.folder).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.store = pathlib.Path(options.store).resolve() if options.store else self.folder / "full.sqlite"
        self.lines: list[Line] = []
        self.notes: list[str] = []
        # Paths of the two engines side by side: kind, path, SQLite, PostgreSQL, ratio, processor time of each.
        self.engines: list[tuple[str, ...]] = []
        self.facts: dict[str, str] = {}

    def add(self, *values, **named):
        line = Line(*values, **named)
        self.lines.append(line)
        mark = {True: "reached", False: "MISSED", None: ""}[line.met]
        print(f"  {line.path}: {line.measured}  {line.baseline}  {line.ratio}  {mark}", flush=True)

    def run(self, command, check=True, environment=None, output=True):
        """Runs a command to its end; CPU counts the processes that it waited for as well."""
        log = self.folder / "command.log"
        with open(log, "wb") as out, open(self.folder / "command.err", "wb") as errors:
            begun = time.monotonic()
            process = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out if output else subprocess.DEVNULL, stderr=errors,
                cwd=self.root, env={**os.environ, **(environment or {})})
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - begun
            process.returncode = os.waitstatus_to_exitcode(status)
        text = log.read_text(encoding="utf-8", errors="replace") if output else ""
        if check and process.returncode != 0:
            said = (self.folder / "command.err").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise Failed(f"{pathlib.Path(str(command[0])).name} {command[1]} ended with {process.returncode}: {' '.join(said[-2:])[:300]}")
        return Finished(process.returncode, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)

    def hallmark(self, *arguments, store=None, **named):
        stored = ["--store", store] if store else []
        return self.run([self.binary, *arguments, *stored], **named)

    def path(self, name):
        """A fresh file of the working folder."""
        path = self.folder / name
        for ending in ["", "-wal", "-shm"]:
            pathlib.Path(str(path) + ending).unlink(missing_ok=True)
        return path


def ratio(first, second):
    return f"{first / second:.2f}" if second else "—"
