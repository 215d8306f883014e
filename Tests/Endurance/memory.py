"""Whether the server's memory stays flat while people work: memory.py BINARY SECONDS [STORE]

Makes a demonstration store (or takes STORE, which is copied), serves it with real accounts, lets fifty people read, search, ask and write without
pause, imports a small list every two minutes, and reads the server's resident memory every ten seconds. Flat: the median of the last quarter is
at most a tenth and eight megabytes above that of the second; the first quarter, in which caches fill, does not count. Prints a line a minute and
one of sums.
"""

import asyncio
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import types

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Benchmarks"))

from measure import users  # noqa: E402
from measure.server import Server, free_port, percentile  # noqa: E402

PEOPLE, THINKING, EVERY, IMPORT_EVERY = 50, 2, 10, 120
SHARE, ALLOWED = 1.1, 8


def importing(binary, store, folder, until, kept):
    """A list of ten rows every two minutes: figures, desk and caches change as they do on a working day."""
    number = 0
    while time.monotonic() < until:
        number += 1
        rows = [f"{row},温州市龙湾演示耐久{row}号鞋业有限公司,女皮鞋,N{number}-{row},合格," for row in range(1, 11)]
        path = folder / f"list-{number}.csv"
        path.write_text("\n".join([f"2007年第1季度皮鞋产品质量市级监督抽查结果（耐久第{number}批）", "序号,企业名称,产品名称,规格型号,抽查结果,不合格项目", *rows]), encoding="utf-8")
        done = subprocess.run(
            [binary, "import", "results", path, "--commit", "good", "--store", store, "--root", ROOT], cwd=ROOT, capture_output=True, text=True)
        kept.append(done.returncode)
        time.sleep(min(IMPORT_EVERY, max(0, until - time.monotonic())))


def sampling(server, until, samples):
    while time.monotonic() < until:
        samples.append((time.monotonic(), server.memory()))
        time.sleep(EVERY)


def work_for(binary, store, folder, seconds):
    made = subprocess.run(
        [binary, "account", "create", "user0", "--name", "测试管理员", "--role", "administrator", "--store", store, "--root", ROOT], cwd=ROOT,
        capture_output=True, text=True, check=True)
    link = re.search(r"/link/\S+", made.stdout)[0]
    port = free_port()
    work = types.SimpleNamespace(folder=folder, root=ROOT, store=store, options=types.SimpleNamespace(seed=7))
    with Server(work, [binary, "serve", "--port", port, "--store", store], port, "/health") as server:
        links = users.accounts(users.administrator(port, link), PEOPLE)
        cookies = [users.sign_in(port, *pair).cookie for pair in links.items()]
        places = users.Places(work, port, cookies[0])
        samples, times, failed, imports = [], [], [], []
        until = time.monotonic() + seconds
        others = [
            threading.Thread(target=sampling, args=(server, until, samples)),
            threading.Thread(target=importing, args=(binary, store, folder, until, imports)),
        ]
        for thread in others:
            thread.start()
        asyncio.run(users.crowd(port, cookies, places, seconds, times, failed, THINKING))
        for thread in others:
            thread.join()
        cpu = server.cpu()
    return samples, times, failed, imports, cpu


def main():
    binary, seconds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        store = folder / "longwan-2006.sqlite"
        if len(sys.argv) > 3:
            shutil.copyfile(sys.argv[3], store)
        else:
            subprocess.run([binary, "demo", store, "--enterprises", "10000", "--results", "100000", "--root", ROOT], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        samples, times, failed, imports, cpu = work_for(binary, store, folder, seconds)
    began = samples[0][0]
    for at, memory in samples[::max(1, 300 // EVERY)]:
        print(f"{(at - began) / 60:5.0f} min  {memory:6.0f} MB")
    quarter = len(samples) // 4
    second, last = (statistics.median(memory for _, memory in part) for part in (samples[quarter:2 * quarter], samples[3 * quarter:]))
    every = [time for _, time in times]
    print(
        f"{len(every)} answers in {seconds} s, p50 {percentile(every, 0.5):.0f}, p95 {percentile(every, 0.95):.0f} ms, {len(failed)} failed; {len(imports)} imports;"
        f" {cpu:.0f} s of processor time; memory {second:.0f} MB in the second quarter, {last:.0f} MB in the last, at most {max(memory for _, memory in samples):.0f} MB")
    if failed:
        print("failed:", ", ".join(sorted(set(failed))[:10]))
    flat = last <= second * SHARE + ALLOWED
    if not flat:
        print("memory grew")
    sys.exit(0 if flat and not failed and imports and not any(imports) else 1)


main()
