"""A PostgreSQL server beside SQLite: one of its own in the working folder, or the one an address names."""

import glob
import os
import pathlib
import pwd
import shutil
import sqlite3
import subprocess

from .server import TICK, free_port
from .work import Failed

# A district's machine of this size: a quarter of 8 GB for the server's own memory, everything written through to the disk.
SETTINGS = {
    "shared_buffers": "2GB", "effective_cache_size": "8GB", "maintenance_work_mem": "512MB", "work_mem": "32MB", "max_wal_size": "8GB",
    "max_connections": "100", "listen_addresses": "127.0.0.1",
}


class Cluster:
    """Databases of one server, made and dropped by name."""

    def __init__(self, work):
        self.work, self.folder, self.tools, self.master = work, None, None, None
        if work.options.postgres:
            self.base = work.options.postgres.rstrip("/")
        else:
            self.start()

    def start(self):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[-2]))
        if not found:
            raise Failed("PostgreSQL is not installed")
        self.tools, self.folder = found[-1], self.work.folder / "postgres"
        # Left by a run that was broken off.
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            for parent in self.folder.parents:
                if not parent.stat().st_mode & 0o001:
                    raise Failed(f"the user postgres cannot reach {parent}")
        port = free_port()
        self.tool("initdb", "-D", self.folder / "data", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "-U", "hallmark")
        settings = {**SETTINGS, "port": port, "unix_socket_directories": self.folder}
        self.tool("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", " ".join(f"-c {name}={value}" for name, value in settings.items()), "start")
        self.base = f"postgres://hallmark@127.0.0.1:{port}"

    def tool(self, name, *arguments):
        command = [f"{self.tools}/{name}", *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/")
        if done.returncode:
            raise Failed(f"{name} ended with {done.returncode}: {done.stderr.strip()[-200:]}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.folder:
            self.tool("pg_ctl", "-D", self.folder / "data", "-m", "fast", "stop")
            shutil.rmtree(self.folder, ignore_errors=True)

    def query(self, sql, database="postgres"):
        done = subprocess.run(["psql", "-X", "-A", "-t", "-c", sql, self.address(database)], capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"psql: {done.stderr.strip()[-200:]}")
        return done.stdout.strip()

    def address(self, database):
        return f"{self.base}/{database}"

    def exists(self, database):
        return self.query(f"select count(*) from pg_database where datname = '{database}'") == "1"

    def create(self, database, template="template0"):
        """Anew; a template's rows are copied file by file."""
        self.drop(database)
        copying = "" if template == "template0" else " strategy file_copy"
        self.query(f"create database {database} template {template}{copying}")
        return self.address(database)

    def drop(self, database):
        self.query(f"drop database if exists {database} with (force)")

    def version(self):
        return self.query("show server_version")

    def cpu(self):
        """Seconds of processor time of the server's processes, ended ones included; the server must run on this machine."""
        if self.master is None:
            self.master = int(pathlib.Path(self.query("show data_directory"), "postmaster.pid").read_text().split()[0])
        total = 0.0
        for folder in pathlib.Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                if int(folder.name) == self.master:
                    # Its own time, and that of the processes that it waited for.
                    total += sum(map(int, fields[11:15])) / TICK
                elif int(fields[1]) == self.master:
                    total += (int(fields[11]) + int(fields[12])) / TICK
        return total

    def size(self, database):
        return int(self.query(f"select pg_database_size('{database}')"))

    def moved(self, store, database):
        """The store moved there by `hallmark move-store`, or kept from an earlier time where it ends in the same entry; its address and what moving took."""
        head = f"{store_head(store)[0]}|{store_head(store)[1]}"
        sql = "select position, hash from journal order by position desc limit 1"
        if self.exists(database):
            try:
                if self.query(sql, database) == head:
                    return self.address(database), None
            except Failed:
                pass
        address = self.create(database)
        return address, self.work.hallmark("move-store", store, address)


def store_head(store):
    """Position and hash of the last entry of a SQLite store."""
    with sqlite3.connect(f"file:{pathlib.Path(store)}?mode=ro", uri=True) as database:
        return database.execute("select position, hash from journal order by position desc limit 1").fetchone()
