"""Runs the fuzz targets: run.py BINARY SECONDS WORK [TARGET ...]. Two at a time on two processors.

Each begins with what is kept in Corpus/ and with the spreadsheets that make_fixtures.py made (HALLMARK_FIXTURES). An input that ends the
program, takes too long or too much memory fails the run; it is written to WORK/found and shown, to be kept in Corpus/ once it is mended.
"""

import base64, concurrent.futures, os, pathlib, re, subprocess, sys

binary, seconds, work = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3])
here = pathlib.Path(__file__).parent
LONGEST = {"sheet": 32768, "xls": 32768, "xlsx": 8192, "child-frames": 8192, "dmn": 8192}


def seeds(target, folder):
    """Small made-up workbooks; a target that puts a file's head before its input gets the rest."""
    made = os.environ.get("HALLMARK_FIXTURES")
    if not made or target not in ("sheet", "xls"):
        return
    for file in pathlib.Path(made).iterdir():
        data = file.read_bytes()
        if len(data) <= 32768 and (target == "sheet" or data[:4] == b"\xd0\xcf\x11\xe0"):
            (folder / file.name).write_bytes(data[8:] if target == "xls" else data)


def fuzz(target):
    grown, given, found = work / "corpus" / target, work / "seeds" / target, work / "found"
    for folder in (grown, given, found):
        folder.mkdir(parents=True, exist_ok=True)
    seeds(target, given)
    kept = here / "Corpus" / target
    folders = [grown, given] + ([kept] if kept.is_dir() else [])
    done = subprocess.run(
        [binary, target, *map(str, folders), f"-max_total_time={seconds}", f"-max_len={LONGEST.get(target, 4096)}", "-timeout=20",
         "-rss_limit_mb=3000", "-print_final_stats=1", f"-artifact_prefix={found}/{target}-"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "TMPDIR": str(work), "SWIFT_BACKTRACE": "enable=no"})
    text = done.stdout.decode("utf8", "replace")
    runs = re.search(r"stat::number_of_executed_units: (\d+)", text)
    edges = re.findall(r"cov: (\d+)", text)
    line = f"{target:16} {int(runs.group(1)) if runs else 0:>10} inputs, {edges[-1] if edges else '?':>6} edges"
    return done.returncode, line, text, target


targets = sys.argv[4:] or subprocess.run([binary, "--list"], capture_output=True, text=True, check=True).stdout.split()
failed = False
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for code, line, text, target in pool.map(fuzz, targets):
        print(line if code == 0 else line + "  FAILED", flush=True)
        if code:
            failed = True
            print("\n".join(text.splitlines()[-40:]))
for file in sorted((work / "found").glob("*")):
    print(file.name, base64.b64encode(file.read_bytes()[:3000]).decode())
sys.exit(failed)
