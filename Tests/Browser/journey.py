"""Walks the release binary in a browser: python journey.py BINARY [PROJECT]

Makes demo stores in a folder of its own, serves one on a free port and walks the main pages in both languages at desk, tablet and phone
width: nothing wider than the screen, nothing in the console, nothing that axe finds, no page over 100 kB. Then, with JavaScript off, imports
a list and finds it among the publications. HALLMARK_SCREENSHOTS names a folder for pictures. Needs playwright, axe-playwright-python, xlwt
and /usr/bin/chromium.
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

import axe_playwright_python
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
    ("/imports/corrections", "表头更正", "heading-corrections"),
    ("/results?verdict=fail", "不合格", "results"),
    ("/open-points?programme=longwan-2006", "待明确", "open-points"),
    ("/questions", "可以这样问", "questions"),
    ("/questions/spotcheck.result?as=trend&metric=batch-pass-rate", "批次", "question"),
    ("/questions/spotcheck.result?by=region&by=verdict&as=cross", "交叉表", "cross-table"),
    ("/questions/views", "常用查询", "views"),
    ("/questions/maps", "地图边界", "maps"),
    ("/api", "接口", "api"),
    ("/fill-ins", "补报", "fill-ins"),
    ("/duties", "纳税额", "duties"),
    ("/returns", "报表", "returns"),
    ("/returns/1", "绑定", "form"),
    ("/enterprises?q=不会有这个名字", "没有", "nothing-found"),
    ("/targets/released", "已发布的数", "released"),
    ("/published", "公众查询", "public"),
    ("/published?language=en", "Public pages", "public-english"),
    ("/published/figures", "已发布的数", "public-figures"),
]
# A list of records and the address of one of them.
RECORDS = [
    ("/enterprises", r"^/enterprises/\d+$", "dossier"),
    ("/publications", r"^/publications/\d+$", "publication"),
    ("/programmes", r"^/programmes/[a-z0-9-]+$", "programme"),
    ("/targets", r"^/targets/[^/]+/[^/]+$", "target"),
    ("/journal", r"^/journal/\d+$", "entry"),
    ("/programmes/longwan-2006", r"^/programmes/longwan-2006/rules/", "rule-table"),
    ("/programmes/longwan-2006", r"^/programmes/longwan-2006/classes$", "classes"),
    ("/returns/1", r"^/returns/1/periods/", "filled-form"),
    ("/returns/1", r"^/returns/send-outs/\d+$", "send-out"),
    ("/published", r"^/published/programmes/[a-z0-9-]+$", "public-programme"),
    ("/published/lists", r"^/published/lists/\d+$", "public-list"),
]
WIDTHS = {"desk": 1440, "tablet": 1024, "phone": 390}
# Name of the language's cookie value, and whether the texts of PAGES must be there.
LANGUAGES = {"zh": True, "en": False}
MOST_BYTES = 100_000
AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
FINDINGS = """axe.run(document, {resultTypes: ["violations"]}).then(result => result.violations.map(
    violation => violation.id + ": " + violation.nodes.slice(0, 2).map(node => node.html.slice(0, 120)).join(" | ")))"""
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
    def __init__(self, page, base, name, pictures):
        self.page, self.base, self.name, self.pictures = page, base, name, pictures
        page.on("console", lambda message: self.complain(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.complain(str(error)))

    def complain(self, text):
        note(f"{self.name} {self.page.url.removeprefix(self.base)}", text)

    def open(self, path, text="", picture=None, has_script=True):
        began = time.time()
        if has_script:
            self.page.set_viewport_size({"width": WIDTHS["desk"], "height": 900})
        response = self.page.goto(self.base + path, wait_until="load")
        seconds = time.time() - began
        if response is None or response.status != 200:
            self.complain(f"status {response.status if response else 'none'} at {path}")
        elif len(response.body()) > MOST_BYTES:
            self.complain(f"{len(response.body())} bytes")
        self.read(text)
        if has_script:
            self.look(picture)
        if seconds > 3:
            self.complain(f"{seconds:.1f} s")

    def read(self, text=""):
        body = self.page.inner_text("body")
        if text and text not in body:
            self.complain(f"「{text}」 is not on the page")
        if not self.page.query_selector("h1"):
            self.complain("no heading")
        if re.search(r"Optional\(|nil\b|undefined|NaN", body):
            self.complain("a program's word is on the page")

    def look(self, picture=None):
        """At every width: how wide the page is and what axe finds."""
        self.page.evaluate(AXE)
        for name, width in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 1:
                self.complain(f"{wide} px wider than {width}")
            for finding in self.page.evaluate(FINDINGS):
                self.complain(f"axe at {width}: {finding}")
            if self.pictures and picture:
                self.page.screenshot(path=str(self.pictures / f"{picture}-{self.name}-{name}.png"), full_page=True)

    def first(self, pattern):
        """The first link of the page that leads to such an address."""
        links = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        return next((link.split("?")[0] for link in links if re.match(pattern, link.split("?")[0])), None)


def walk_pages(walk, has_texts):
    for path, text, picture in PAGES:
        walk.open(path, text if has_texts else "", picture)
    for path, pattern, picture in RECORDS:
        walk.page.goto(walk.base + path)
        record = walk.first(pattern)
        if record is None:
            walk.complain(f"no record to open on {path}")
        else:
            walk.open(record, "", picture)


def import_list(walk, path):
    """Upload → check → preview → commit → the publication's own page; without a script."""
    page = walk.page
    walk.open("/imports/new?kind=results", has_script=False)
    page.check('input[type="radio"][name="kind"][value="results"]')
    page.set_input_files('input[type="file"]', path)
    page.click('form:has(input[type="file"]) button')
    page.wait_for_load_state("load")
    walk.read()
    run = re.search(r"/imports/(\d+)", page.url)
    if not run:
        walk.complain("the upload led to no import")
        return
    walk.open(f"/imports/{run.group(1)}/preview", "新增", has_script=False)
    good = page.query_selector('input[name="mode"][value="good"]')
    if good:
        good.check()
    page.click(f'form[action*="/imports/{run.group(1)}/commit"] button')
    page.wait_for_load_state("load")
    walk.read("导入完成")
    walk.open("/publications", "示范产品质量监督抽查结果", has_script=False)
    newest = page.query_selector('a:has-text("示范产品质量监督抽查结果")')
    if newest is None:
        walk.complain("the imported list is not among the publications")
        return
    walk.open(newest.get_attribute("href"), "上榜", has_script=False)


def walk_all(binary, data, pictures):
    store = make_demo(binary, data)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([binary, "serve", "--demo-accounts", "--store", str(store), "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        wait_for(base + "/", server)
        small = os.path.join(data, "示范名单.xls")
        make_list(small)
        with sync_playwright() as browsers:
            browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            # A browser that has just been started looks for its fonts first; no page of ours is to blame for that.
            first = browser.new_page()
            first.set_content("<h1>标杆 Hallmark</h1>")
            first.screenshot()
            first.close()
            for language, has_texts in LANGUAGES.items():
                context = browser.new_context(locale="zh-CN")
                context.add_cookies([{"name": "hallmark_language", "value": language, "url": base}])
                walk_pages(Walk(context.new_page(), base, language, pictures), has_texts)
                context.close()
            context = browser.new_context(java_script_enabled=False)
            import_list(Walk(context.new_page(), base, "without script", None), small)
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
