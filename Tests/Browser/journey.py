"""Walks the release binary in a browser: python journey.py BINARY [PROJECT]

Makes demo stores in a folder of its own, serves one on a free port, walks the main pages at desk and phone width, imports a list
and finds it among the publications. HALLMARK_SCREENSHOTS names a folder for pictures. Needs playwright, xlwt and /usr/bin/chromium.
"""

import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import xlwt
from playwright.sync_api import sync_playwright

# Address, a text that must be there, the name of the picture.
PAGES = [
    ("/", "", "desk"),
    ("/publications", "抽查", "publications"),
    ("/enterprises", "企业", "enterprises"),
    ("/targets", "目标", "targets"),
    ("/programmes", "方案", "programmes"),
    ("/discrepancies", "出入", "discrepancies"),
    ("/journal", "日志", "journal"),
    ("/imports/new", "导入", "import"),
    ("/questions/spotcheck.result", "批次", "question"),
]
# A list of records and the address of one of them.
RECORDS = [
    ("/enterprises", r"^/enterprises/\d+$", "dossier"),
    ("/publications", r"^/publications/\d+$", "publication"),
    ("/programmes", r"^/programmes/[a-z0-9-]+$", "programme"),
    ("/targets", r"^/targets/[^/]+/[^/]+$", "target"),
    ("/journal", r"^/journal/\d+$", "entry"),
]
WIDTHS = {"desk": 1440, "phone": 390}
CHROMIUM = os.environ.get("HALLMARK_CHROMIUM", "/usr/bin/chromium")

problems = []


def note(place, text):
    problems.append(f"{place}: {text}")
    print("  ✘", place, text, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_list(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("抽查结果")
    rows = [
        ["2026年第1季度示范产品质量监督抽查结果"],
        ["序号", "企业名称", "所在地", "产品名称", "规格型号", "生产日期/批号", "抽查结果", "主要不合格项目", "承检机构"],
        [1, "示范甲鞋业有限公司", "浙江省", "皮鞋", "250", "2026-01-05", "合格", "", "示范检验所"],
        [2, "示范乙鞋业有限公司", "浙江省", "皮鞋", "255", "2026-01-06", "不合格", "帮底剥离强度", "示范检验所"],
        [3, "示范丙鞋业有限公司", "广东省", "皮鞋", "260", "2026-01-07", "合格", "", "示范检验所"],
    ]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(path)


def make_demo(binary, folder):
    """One store is enough here: the first document's."""
    began = time.time()
    subprocess.run([binary, "demo", folder], check=True, stdout=subprocess.DEVNULL, timeout=900)
    stores = sorted(pathlib.Path(folder).glob("*.sqlite"))
    if not stores:
        raise SystemExit("hallmark demo made no store")
    chosen = next((store for store in stores if store.name.startswith("longwan")), stores[0])
    print(f"  demo: {len(stores)} stores, {time.time() - began:.0f} s", flush=True)
    return chosen


def wait_for(address, server):
    for _ in range(150):
        if server.poll() is not None:
            raise SystemExit(f"hallmark serve ended with {server.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("hallmark serve did not answer within 30 s")


class Walk:
    def __init__(self, page, base, width_name, pictures):
        self.page, self.base, self.width_name, self.pictures = page, base, width_name, pictures
        page.on("console", lambda message: self.complain(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complain(str(error)))

    def complain(self, text):
        note(f"{self.width_name} {self.page.url.removeprefix(self.base)}", text)

    def open(self, path, text="", picture=None):
        began = time.time()
        response = self.page.goto(self.base + path, wait_until="load")
        seconds = time.time() - began
        if response is None or response.status != 200:
            self.complain(f"status {response.status if response else 'none'} at {path}")
        self.look(text, picture)
        if seconds > 3:
            self.complain(f"{seconds:.1f} s")

    def look(self, text="", picture=None):
        body = self.page.inner_text("body")
        if text and text not in body:
            self.complain(f"「{text}」 is not on the page")
        if not self.page.query_selector("h1"):
            self.complain("no heading")
        if re.search(r"Optional\(|nil\b|undefined|NaN", body):
            self.complain("a program's word is on the page")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if self.width_name == "phone" and wide > 1:
            self.complain(f"{wide} px wider than the screen")
        if self.pictures and picture:
            self.page.screenshot(path=str(self.pictures / f"{picture}-{self.width_name}.png"), full_page=True)

    def first(self, pattern):
        """The first link of the page that leads to such an address."""
        links = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        return next((link.split("?")[0] for link in links if re.match(pattern, link.split("?")[0])), None)


def import_list(walk, path):
    """Upload → check → preview → commit → the publication's own page."""
    page = walk.page
    walk.open("/imports/new?kind=results")
    kind = page.query_selector('input[name="kind"][value="results"]')
    if kind and kind.get_attribute("type") == "radio":
        kind.check()
    page.set_input_files('input[type="file"]', path)
    page.click('form:has(input[type="file"]) button')
    page.wait_for_load_state("load")
    walk.look("", "import-check")
    run = re.search(r"/imports/(\d+)", page.url)
    if not run:
        walk.complain("the upload led to no import")
        return
    walk.open(f"/imports/{run.group(1)}/preview", "新增", "import-preview")
    good = page.query_selector('input[name="mode"][value="good"]')
    if good:
        good.check()
    page.click(f'form[action*="/imports/{run.group(1)}/commit"] button')
    page.wait_for_load_state("load")
    walk.look("导入完成", "import-result")
    walk.open("/publications", "示范产品质量监督抽查结果")
    newest = page.query_selector('a:has-text("示范产品质量监督抽查结果")')
    if newest is None:
        walk.complain("the imported list is not among the publications")
        return
    walk.open(newest.get_attribute("href"), "上榜", "listing")


def walk_all(binary, data, pictures):
    store = make_demo(binary, data)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([binary, "serve", "--store", str(store), "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        wait_for(base + "/", server)
        small = os.path.join(data, "示范名单.xls")
        make_list(small)
        with sync_playwright() as browsers:
            browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for name, width in WIDTHS.items():
                context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN")
                walk = Walk(context.new_page(), base, name, pictures)
                for path, text, picture in PAGES:
                    walk.open(path, text, picture)
                for path, pattern, picture in RECORDS:
                    walk.open(path)
                    record = walk.first(pattern)
                    if record is None:
                        walk.complain(f"no record to open on {path}")
                    else:
                        walk.open(record, "", picture)
                if name == "desk":
                    import_list(walk, small)
                context.close()
            browser.close()
        check = subprocess.run([binary, "verify", "--store", str(store)], stdout=subprocess.PIPE, text=True)
        if check.returncode != 0:
            note("verify", check.stdout.strip())
    finally:
        server.terminate()
        server.wait(timeout=30)


def main(arguments):
    if len(arguments) < 1:
        print(__doc__, file=sys.stderr)
        return 2
    pictures = os.environ.get("HALLMARK_SCREENSHOTS")
    if pictures:
        pathlib.Path(pictures).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        walk_all(os.path.abspath(arguments[0]), data, pathlib.Path(pictures) if pictures else None)
    print(f"  {len(problems)} problems" if problems else "  every page is as it should be")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
