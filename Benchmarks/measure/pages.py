"""Finds the figures of the shipped pages: every address of a question that a page links to."""

import html
import random
import re
import time
from urllib.parse import urlsplit

LINK = re.compile(r'(?:href|src)="(/[^"#]*)"')
STARTS = ["/", "/enterprises", "/publications", "/targets", "/programmes", "/discrepancies", "/fill-ins", "/results", "/questions", "/journal"]
# One page of each kind is enough: the part of an address that is a number or a name is taken for a place.
KIND = re.compile(r"/\d+")


def links(body):
    return [html.unescape(link) for link in LINK.findall(body)]


def kind(address):
    parts = urlsplit(address)
    names = sorted(re.sub(r"=.*", "", part) for part in parts.query.split("&") if part)
    return KIND.sub("/#", parts.path), tuple(names)


def crawl(server, most=60, seconds_each=30, budget=150):
    """Visits one page of each kind; answers the pages with their times and the addresses of the questions they link to."""
    waiting, seen, pages, questions = list(STARTS), set(), [], {}
    begun = time.monotonic()
    while waiting and len(pages) < most and time.monotonic() - begun < budget:
        address = waiting.pop(0)
        if kind(address) in seen:
            continue
        seen.add(kind(address))
        try:
            reply = server.get(address, patience=seconds_each)
        except OSError:
            pages.append((address, seconds_each, 0))
            continue
        if reply.status != 200 or "<html" not in reply.body[:400]:
            continue
        pages.append((address, reply.seconds, len(reply.body.encode())))
        for link in links(reply.body):
            path = urlsplit(link).path
            if path.startswith("/questions/") and "format=" not in link and not path.endswith((".csv", ".xlsx", ".json")):
                questions.setdefault(link, address)
            elif not re.search(r"\.(css|js|svg|png|xlsx|csv|docx|json|ics)$|/workbook|/brief|/unclear|/export|/originals", path):
                waiting.append(link)
    return pages, questions


def sample(addresses, most, seed):
    """Every kind of question first, then others at random."""
    chance, chosen, seen = random.Random(seed), [], set()
    shuffled = sorted(addresses)
    chance.shuffle(shuffled)
    for address in shuffled:
        if kind(address) not in seen:
            seen.add(kind(address))
            chosen.append(address)
    rest = [address for address in shuffled if address not in set(chosen)]
    return (chosen + rest)[:most]
