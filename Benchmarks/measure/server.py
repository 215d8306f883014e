"""A server under measurement: its cookie, its CPU and memory, and requests to it one by one or by wrk."""

import dataclasses
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

from .work import Failed

SCRIPT = pathlib.Path(__file__).with_name("load.lua")
TICK = os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass
class Load:
    """Figures of a load: milliseconds, and requests a second."""

    requests: int
    rate: float
    p50: float
    p95: float
    p99: float
    worst: float
    refused: int
    cpu: float


@dataclasses.dataclass
class Reply:
    status: int
    seconds: float
    body: str
    address: str


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Staying(urllib.request.HTTPRedirectHandler):
    """Does not go where an answer sends it."""

    def redirect_request(self, *_):
        return None


STAYING = urllib.request.build_opener(Staying)


class Browser:
    """One person's browser: it keeps its cookies."""

    def __init__(self, port):
        self.port, self.cookie = port, ""

    def get(self, address, patience=30, form=None, follow=True):
        """One request, with a form a sent one; the session's cookie is kept."""
        begun = time.monotonic()
        origin = f"http://127.0.0.1:{self.port}"
        request = urllib.request.Request(
            origin + address, data=urlencode(form).encode() if form else None,
            headers={"Cookie": self.cookie, "Accept": "text/html", "Origin": origin, "Referer": origin + address})
        try:
            with (urllib.request.urlopen if follow else STAYING.open)(request, timeout=patience) as answer:
                body, status, final, headers = answer.read(), answer.status, answer.url, answer.headers
        except urllib.error.HTTPError as error:
            body, status, final, headers = error.read(), error.code, address, error.headers
        given = [line.split(";")[0] for line in headers.get_all("Set-Cookie") or []]
        if given:
            kept = dict(part.split("=", 1) for part in self.cookie.split("; ") if "=" in part)
            kept.update(part.split("=", 1) for part in given)
            self.cookie = "; ".join(f"{name}={value}" for name, value in kept.items())
        return Reply(status, time.monotonic() - begun, body.decode("utf-8", "replace"), final)


class Server:
    """Starts a command, waits for the first good answer, and ends it and its workers by their group."""

    def __init__(self, work, command, port, first="/", environment=None):
        self.work, self.port = work, port
        self.browser = Browser(port)
        self.begun = time.monotonic()
        self.log = open(work.folder / "server.log", "wb")
        self.process = subprocess.Popen(
            [str(part) for part in command], cwd=work.root, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env={**os.environ, **(environment or {})}, start_new_session=True)
        while True:
            try:
                reply = self.get(first, patience=60)
                if reply.status < 500:
                    break
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() - self.begun > 90:
                self.close()
                raise Failed("the server did not start")
            time.sleep(0.01)
        self.started = time.monotonic() - self.begun

    @classmethod
    def hallmark(cls, work, store, first="/", accounts=("--demo-accounts",)):
        port = free_port()
        return cls(work, [work.binary, "serve", *accounts, "--port", port, "--store", store], port, first)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.log.close()

    @property
    def cookie(self):
        return self.browser.cookie

    def get(self, address, **named):
        return self.browser.get(address, **named)

    def processes(self):
        """The numbers of the server's processes: those of its session."""
        found = []
        for folder in pathlib.Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                    if int(fields[3]) == self.process.pid:
                        found.append((int(folder.name), fields))
                except (OSError, IndexError):
                    continue
        return found

    def cpu(self):
        return sum((int(fields[11]) + int(fields[12])) / TICK for _, fields in self.processes())

    def memory(self):
        """Resident megabytes."""
        return sum(int(fields[21]) for _, fields in self.processes()) * os.sysconf("SC_PAGE_SIZE") / 1048576

    def load(self, addresses, seconds=None, clients=8):
        """wrk over the addresses in turn."""
        seconds = seconds or self.work.options.seconds
        file = self.work.folder / "addresses.txt"
        file.write_text("\n".join(addresses) + "\n", encoding="ascii")
        before = self.cpu()
        threads = min(2, clients)
        answer = subprocess.run(
            ["wrk", f"-t{threads}", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", str(SCRIPT), f"http://127.0.0.1:{self.port}",
             "--", str(file), self.cookie], capture_output=True, text=True, timeout=seconds + 90)
        found = re.search(r"^figures (.*)$", answer.stdout, re.MULTILINE)
        if not found:
            raise Failed(f"wrk gave no figures: {(answer.stderr or answer.stdout)[-200:]}")
        count, duration, p50, p95, p99, worst, refused, broken = map(int, found[1].split())
        if count < 3 * clients:
            # Too slow for a load: some requests once each, by as many clients.
            asked = (addresses * 2 * clients)[:2 * clients]
            before, begun = self.cpu(), time.monotonic()
            times = self.once(asked, clients)
            wall = time.monotonic() - begun
            points = [percentile(times, share) for share in (0.5, 0.95, 0.99, 1)]
            return Load(len(times), len(times) / wall, *points, len(asked) - len(times), (self.cpu() - before) / len(times))
        if broken > count // 100:
            raise Failed(f"{broken} of {count} requests got no answer in {seconds} s")
        return Load(count, count / duration * 1e6, p50 / 1000, p95 / 1000, p99 / 1000, worst / 1000, refused, (self.cpu() - before) / count)

    def once(self, addresses, clients=8):
        """Every address once, some at a time, by curl; milliseconds of each, the slowest last."""
        file = self.work.folder / "once.txt"
        lines = ["silent", f'header = "Cookie: {self.cookie}"']
        for address in addresses:
            lines += [f'url = "http://127.0.0.1:{self.port}{address}"', 'output = "/dev/null"', 'write-out = "%{http_code} %{time_total}\\n"']
            lines += ["next", "silent", f'header = "Cookie: {self.cookie}"']
        file.write_text("\n".join(lines[:-3]) + "\n", encoding="utf-8")
        answer = subprocess.run(
            ["curl", "--parallel", "--parallel-immediate", "--parallel-max", str(clients), "--max-time", "60", "--config", str(file)],
            capture_output=True, text=True, timeout=300)
        times = sorted(float(line.split()[1]) * 1000 for line in answer.stdout.splitlines() if line.startswith("200 "))
        if not times:
            raise Failed("no address answered")
        return times


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]
