"""What an archive is made of, as CycloneDX: the Swift packages with their revisions, and the libraries with the packages they come from.

Reads the paths of the libraries from standard input, writes JSON.
"""

import json
import os
import subprocess
import sys


def swift_packages(path):
    with open(path, encoding="utf-8") as file:
        for pin in json.load(file)["pins"]:
            state = pin["state"]
            place = pin["location"].removesuffix(".git")
            yield {
                "type": "library", "name": pin["identity"], "version": state.get("version", state["revision"]),
                "purl": f"pkg:swift/{place.removeprefix('https://')}@{state.get('version', state['revision'])}",
                "hashes": [{"alg": "SHA-1", "content": state["revision"]}],
            }


def toolchain():
    line = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    return line.split("Swift version ")[-1].split()[0]


def libraries(paths):
    swift = toolchain()
    for path in paths:
        real = os.path.realpath(path)
        owner = subprocess.run(["dpkg-query", "-S", real], capture_output=True, text=True).stdout.split(": ")[0]
        if not owner:
            yield {"type": "library", "name": os.path.basename(path), "version": swift, "description": "of the Swift toolchain"}
            continue
        asked = ["dpkg-query", "-W", "-f", "${source:Package} ${Version} ${Architecture}", owner]
        source, version, architecture = subprocess.run(asked, capture_output=True, text=True).stdout.split()
        yield {
            "type": "library", "name": os.path.basename(path), "version": version, "description": f"of {source}",
            "purl": f"pkg:deb/debian/{owner.split(':')[0]}@{version}?arch={architecture}",
        }


def main():
    resolved, name = sys.argv[1:]
    components = list(swift_packages(resolved)) + sorted(libraries(sys.stdin.read().split()), key=lambda one: one["name"])
    whole = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "name": "hallmark", "version": name.split("-")[1]}},
        "components": components,
    }
    json.dump(whole, sys.stdout, ensure_ascii=False, indent=1)
    print()


main()
