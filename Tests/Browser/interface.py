"""Tries the interface of the release binary: python interface.py BINARY [PROJECT]

Makes a small demo store and a token, serves it with real accounts, and lets schemathesis send what the OpenAPI document allows and what it
does not to every operation: no status above 499, none that the document does not name, every answer of the shape it says, no operation without
a token, and 405 with Allow for other methods. HALLMARK_SEED chooses what is sent; it is printed. Needs schemathesis.
"""

import os
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

RIGHTS = [
    "questions.ask", "enterprises.read", "spotchecks.read-lists", "programmes.read", "targets.read", "interface.read-changes",
]
CHECKS = ",".join([
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method", "allow_header_conformance", "ignored_auth",
])
SECONDS = 45


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ready(address):
    for _ in range(600):
        try:
            with urllib.request.urlopen(address + "/ready", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    return False


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    project = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".").resolve()
    seed = os.environ.get("HALLMARK_SEED") or str(random.randrange(1 << 30))
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, HALLMARK_ROOT=str(project))
        store = pathlib.Path(folder) / "longwan-2006.sqlite"

        def run(*arguments):
            return subprocess.run(
                [binary, *arguments], cwd=project, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

        run("demo", folder, "--only", "longwan-2006", "--enterprises", "60", "--results", "200")
        rights = [word for right in RIGHTS for word in ("--right", right)]
        token = run("token", "create", "--name", "schemathesis", "--purpose", "test", *rights, "--store", str(store)).strip()
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        with open(pathlib.Path(folder) / "log", "w+", encoding="utf-8") as log:
            server = subprocess.Popen(
                [binary, "serve", "--port", str(port), "--store", str(store), "--log", "json", "--api-per-minute", "1000000"],
                cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=log)
            try:
                if not ready(address):
                    sys.exit("the server does not answer")
                print(f"seed {seed}", flush=True)
                tried = subprocess.run(
                    [
                        sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/v1/openapi.json", "--header",
                        f"Authorization: Bearer {token}", "--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--max-time",
                        str(SECONDS), "--max-examples", "40", "--workers", "2", "--seed", seed, "--warnings", "off", "--no-color",
                        "--output-truncate", "true",
                    ],
                    cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            finally:
                server.terminate()
                code = server.wait(60)
            log.seek(0)
            statuses = re.findall(r'"path":"/api/v1[^"]*".*?"status":"(\d+)"', log.read())
        print(tried.stdout[-6000:] if tried.returncode else tried.stdout[-1500:])
        counts = {status: statuses.count(status) for status in sorted(set(statuses))}
        print(f"{len(statuses)} requests: {counts}; the server ended with {code}")
        if tried.returncode or code or len(statuses) < 500 or any(status >= "500" for status in counts):
            sys.exit(1)


main()
