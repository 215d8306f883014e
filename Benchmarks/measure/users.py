"""A thousand people signed in with accounts of their own, each asking for a page and thinking for ten seconds, on either engine."""

import asyncio
import base64
import concurrent.futures
import hashlib
import hmac
import html
import random
import re
import shutil
import sqlite3
import struct
import time
from urllib.parse import quote, urlencode

from . import lists
from .postgres import Cluster
from .server import Browser, Server, percentile
from .work import Failed

THINKING = 10
# Of a hundred pages; the two acts are among them.
HABITS = {"dossier": 30, "search": 20, "list": 12, "question": 12, "publication": 10, "desk": 8, "targets": 6, "act": 2}
SECRET = "Yuan-lin-5738-lu!"


def measure(work):
    count = work.options.users
    copy = work.path("users.sqlite")
    shutil.copyfile(work.store, copy)
    trial(work, "SQLite, one process", copy, count, None)
    for ending in ("", "-wal", "-shm"):
        (work.folder / ("users.sqlite" + ending)).unlink(missing_ok=True)
    with Cluster(work) as cluster:
        cluster.moved(work.store, "full_store")
        trial(work, "PostgreSQL, one process", cluster.create("users_store", template="full_store"), count, cluster)
        cluster.drop("users_store")


def trial(work, name, store, count, cluster):
    """Everybody signs in, works for a while, and the answers' times are told."""
    made = work.hallmark("account", "create", "user0", "--name", "测量管理员", "--role", "administrator", store=store)
    link = re.search(r"/link/\S+", made.output)[0]
    # On a server nothing lies beside the store: the file is named.
    with Server.hallmark(work, store, "/health", accounts=("--factor-keys", work.path("users.keys"))) as server:
        server.get("/health")
        begun = time.monotonic()
        links = accounts(administrator(server.port, link), count)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            cookies = [browser.cookie for browser in pool.map(lambda pair: sign_in(server.port, *pair), links.items())]
        signing = time.monotonic() - begun
        places = Places(work, server.port, cookies[0])
        asyncio.run(crowd(server.port, cookies[:count], places, THINKING * 2, []))
        times, failed = [], []
        cpu, of_server, begun = server.cpu(), cluster.cpu() if cluster else 0, time.monotonic()
        asyncio.run(crowd(server.port, cookies, places, work.options.crowd, times, failed))
        wall = time.monotonic() - begun
        cpu, of_server = server.cpu() - cpu, (cluster.cpu() - of_server) if cluster else 0
        memory = server.memory()
    tell(work, name, count, times, failed, wall, (cpu, of_server, memory, signing))


def tell(work, name, count, times, failed, wall, machine):
    cpu, of_server, memory, signing = machine
    every = [time for _, time in times]
    if not every:
        raise Failed("nobody was answered")
    p50, p95, p99 = (percentile(every, share) for share in (0.5, 0.95, 0.99))
    share = f"{cpu / wall:.2f} processors" + (f" and {of_server / wall:.2f} of the database's" if of_server else "")
    work.add(
        "users", f"{count:,} people signed in, {THINKING} s of thinking: {name}", "p95 ≤ 100 ms", f"p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f}, worst {max(every):.0f} ms",
        f"{len(every) / wall:.0f} pages/s for {wall:.0f} s, {len(failed)} failed", cpu=f"{share}, {memory:.0f} MB", met=p95 <= 100 and not failed)
    kinds = ", ".join(
        f"{kind} {percentile(own, 0.5):.0f} / {percentile(own, 0.95):.0f}" for kind in HABITS if (own := [time for asked, time in times if asked == kind]))
    work.notes.append(f"{name}: p50 / p95 in ms by what was asked: {kinds}. {count:,} accounts made and signed in (scrypt twice each) in {signing:.0f} s.")
    if failed:
        work.notes.append(f"{name}: answers that failed: {', '.join(sorted(set(failed))[:5])}.")


def code(secret):
    """RFC 6238, as a telephone shows it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def fields(body, action):
    """The hidden fields of the form that goes to an address."""
    for form in re.findall(r"<form[^>]*>.*?</form>", body, re.DOTALL):
        if re.search(action, html.unescape(form[:form.index(">")])):
            tags = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form)
            found = [(re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in tags]
            return {name[1]: html.unescape(value[1]) for name, value in found if name and value}
    raise Failed(f"no form leads to {action}")


def password_names(body):
    return [re.search(r'name="([^"]*)"', tag)[1] for tag in re.findall(r"<input[^>]*type=\"password\"[^>]*>", body)]


def set_password(browser, link):
    page = browser.get(link)
    named = {name: SECRET for name in password_names(page.body)}
    return browser.get(link, form={**fields(page.body, "/link/"), **named})


def sign_in(port, account, link):
    """Sets the password by the one-time link, signs in with it, and answers the browser that keeps the session."""
    browser = Browser(port)
    set_password(browser, link)
    page = browser.get("/sign-in")
    # The new session's cookie stands in the answer that sends on.
    reply = browser.get("/sign-in", form={**fields(page.body, "sign-in"), "account": account, "password": SECRET}, follow=False)
    if reply.status != 303:
        raise Failed(f"{account} was not let in: {reply.status}")
    return browser


def administrator(port, link):
    browser = sign_in(port, "user0", link)
    page = browser.get("/account/second-factor")
    page = browser.get("/account/second-factor", form={**fields(page.body, "second-factor"), **{name: SECRET for name in password_names(page.body)}})
    secret = re.search(r"([A-Z2-7]{4}(?: ?[A-Z2-7]{4}){3,})", page.body)
    if not secret:
        raise Failed("the page of the second factor shows no secret")
    browser.get("/account/second-factor/confirm", form={**fields(page.body, "confirm"), "code": code(secret[1].replace(" ", ""))})
    return browser


def accounts(browser, count):
    """Accounts made by the administrator's form, each with its one-time link."""
    links = {}
    for number in range(1, count + 1):
        page = browser.get("/accounts/new")
        form = {**fields(page.body, 'action="/accounts"'), "account": f"user{number}", "name": f"测量{number}号", "role": "spot-check-officer"}
        reply = browser.get("/accounts", form=form)
        link = re.search(r"/link/[A-Za-z0-9_-]+", reply.body)
        if not link:
            raise Failed(f"no link for account {number}: {reply.status}")
        links[form["account"]] = link[0]
    return links


class Places:
    """What people ask for."""

    def __init__(self, work, port, cookie):
        self.chance = random.Random(work.options.seed)
        browser = Browser(port)
        browser.cookie = cookie
        self.words, self.towns = lists.pairs(work, 300), lists.regions(work)
        with sqlite3.connect(f"file:{work.store}?mode=ro", uri=True) as database:
            self.top = database.execute("select max(id) from enterprise").fetchone()[0]
            self.lists = [row[0] for row in database.execute("select id from publication where kind = 'results' order by id desc limit 400")]
        desk = browser.get("/", patience=120).body
        self.questions = sorted({html.unescape(link) for link in re.findall(r'href="(/questions/[^"#]*)"', desk + browser.get("/targets", patience=120).body)})
        self.questions = self.questions or ["/questions/enterprise?by=region"]

    def address(self, kind):
        chance = self.chance
        return {
            "dossier": lambda: f"/enterprises/{chance.randint(1, self.top)}",
            "search": lambda: f"/enterprises?q={quote(chance.choice(self.words))}",
            "list": lambda: f"/enterprises?region={chance.choice(self.towns)}",
            "question": lambda: chance.choice(self.questions),
            "publication": lambda: f"/publications/{chance.choice(self.lists)}",
            "desk": lambda: "/", "targets": lambda: "/targets", "act": lambda: "/questions/views",
        }[kind]()


async def crowd(port, cookies, places, seconds, times, failed=None, thinking=THINKING):
    """Everybody at once, each over a connection of his own."""
    end = time.monotonic() + seconds
    failed = [] if failed is None else failed
    await asyncio.gather(*(person(Line(port, cookie), number, places, end, times, failed, thinking) for number, cookie in enumerate(cookies)))


async def person(line, number, places, end, times, failed, thinking):
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, thinking))
    while time.monotonic() < end:
        kind = chance.choices(list(HABITS), list(HABITS.values()))[0]
        form = None
        if kind == "act":
            token = re.search(rb'name="_token" value="([0-9a-f]+)"', (await line.ask("/questions/views"))[1])
            form = token and {
                "_token": token[1].decode(), "_request": f"{time.time_ns():032d}", "title": f"查询 {number}-{time.time_ns()}", "fact": "enterprise", "as": "bars",
            }
        begun = time.monotonic()
        try:
            status, _ = await line.ask(places.address(kind), form)
            times.append((kind, (time.monotonic() - begun) * 1000))
            if status >= 400:
                failed.append(f"{kind} {status}")
        except (OSError, asyncio.IncompleteReadError, ValueError) as reason:
            failed.append(f"{kind} {type(reason).__name__}")
            line.close()
        await asyncio.sleep(chance.uniform(thinking / 2, thinking * 3 / 2))
    line.close()


class Line:
    """One connection kept open between a person's requests."""

    def __init__(self, port, cookie):
        self.port, self.cookie, self.reader, self.writer = port, cookie, None, None

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None

    async def ask(self, address, form=None):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        body = urlencode(form).encode() if form else b""
        origin = f"http://127.0.0.1:{self.port}"
        head = f"{'POST' if form else 'GET'} {address} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\nAccept: text/html\r\n"
        if form:
            head += f"Origin: {origin}\r\nReferer: {origin}{address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        self.writer.write(head.encode() + b"\r\n" + body)
        told = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status, lower = int(told.split(" ", 2)[1]), told.lower()
        length = re.search(r"\r\ncontent-length: *(\d+)", lower)
        if length:
            answer = await self.reader.readexactly(int(length[1]))
        elif "chunked" in lower:
            answer = b""
            while size := int((await self.reader.readline()).strip() or b"0", 16):
                answer += await self.reader.readexactly(size)
                await self.reader.readline()
            await self.reader.readline()
        else:
            answer = b""
        if "connection: close" in lower:
            self.close()
        return status, answer
