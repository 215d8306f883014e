"""Makes the spreadsheets with traps that the tests read: python make_fixtures.py FOLDER (needs xlwt and openpyxl from PyPI).

The test run makes them afresh, because no Swift library writes .xls; point HALLMARK_FIXTURES at the folder.
"""

import datetime
import io
import os
import sys
import zipfile

import openpyxl
import openpyxl.worksheet.datavalidation
import xlwt

HEADING = ["序号", "企业名称", "产品名称", "抽查结果"]
ROWS = [[1, "甲厂", "皮鞋", "合格"], [2, "乙厂", "涂料", "不合格"], [3, "丙厂", "电缆", "合格"]]


def table(sheet, first=0):
    for column, text in enumerate(HEADING):
        sheet.write(first, column, text)
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(first + 1 + number, column, value)


def xls_hidden(path):
    book = xlwt.Workbook()
    table(book.add_sheet("名单"))
    hidden = book.add_sheet("360Qex")
    hidden.visibility = 1
    deep = book.add_sheet("隐藏更深")
    deep.visibility = 2
    deep.write(0, 0, "旧数据")
    book.add_sheet("Sheet3")
    book.save(path)


def xls_dates(path, uses_1904):
    book = xlwt.Workbook()
    book.dates_1904 = uses_1904
    sheet = book.add_sheet("日期")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    chinese = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    month = xlwt.easyxf(num_format_str="m月")
    moment = xlwt.easyxf(num_format_str="yyyy/m/d h:mm")
    clock = xlwt.easyxf(num_format_str="h:mm")
    amount = xlwt.easyxf(num_format_str='#,##0.00_);[Red]"day"0.00')
    sheet.write(0, 0, datetime.date(2013, 3, 18), date)
    sheet.write(0, 1, datetime.date(2006, 9, 15), chinese)
    sheet.write(0, 2, datetime.datetime(2012, 6, 1, 12, 0), moment)
    sheet.write(0, 3, 0.5, clock)
    sheet.write(0, 4, 1234.5, amount)
    sheet.write(0, 5, 20130318)
    sheet.write(0, 6, datetime.date(2013, 5, 1), month)
    book.save(path)


def xls_mixed(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("混合")
    sheet.write_merge(0, 0, 0, 3, "2013年皮鞋产品质量监督抽查结果")
    sheet.write(2, 1, "330300000012345")
    sheet.write(2, 2, 12)
    sheet.write(2, 3, 12.75)
    sheet.write(2, 4, True)
    sheet.row(2).set_cell_error(5, 0x2A)
    sheet.write(2, 6, "第一行\n第二行")
    sheet.write(2, 7, -3)
    sheet.write(2, 8, "龘靐齉𠮷")
    sheet.write_merge(3, 4, 0, 0, "两行")
    style = xlwt.easyxf("pattern: pattern solid, fore_colour yellow")
    for row in range(5, 400):
        for column in range(9):
            sheet.write(row, column, None, style)
    book.save(path)


def xls_wide(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("宽表")
    for column in range(256):
        sheet.write(0, column, "列%d" % (column + 1))
    book.save(path)


def xls_long_strings(path):
    """Enough text that the shared strings run over many CONTINUE records, split at every possible place."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("长文")
    for row in range(3000):
        sheet.write(row, 0, ("第%d行" % row) + "检验项目不合格" * (row % 40))
        sheet.write(row, 1, "ascii %d " % row + "x" * (row % 97))
    book.save(path)


def xlsx_book(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "2013年皮鞋产品质量监督抽查结果"
    sheet.append(HEADING)
    for row in ROWS:
        sheet.append(row)
    sheet["A7"] = datetime.date(2006, 9, 15)
    sheet["A7"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["B7"] = datetime.datetime(2012, 6, 1, 12, 0)
    sheet["C7"] = True
    sheet["D7"] = "=1+1"
    sheet["E7"] = "#N/A"
    sheet["F7"] = 0.1 + 0.2
    sheet["G7"] = "第一行\n第二行"
    for row in range(8, 200):
        sheet.cell(row=row, column=1).fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    hidden = book.create_sheet("旧表")
    hidden["A1"] = "旧"
    hidden.sheet_state = "hidden"
    deep = book.create_sheet("宏表")
    deep.sheet_state = "veryHidden"
    book.create_sheet("空表")
    book.save(path)


def xlsx_1904(path):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = datetime.date(2013, 3, 18)
    book.save(path)


def xlsx_wide(path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("宽表")
    sheet.append(["列%d" % (column + 1) for column in range(300)])
    book.save(path)


def texts(folder):
    lines = [HEADING, *[[str(value) for value in row] for row in ROWS]]

    def write(name, encoding, end="\r\n", separator=",", mark=b""):
        text = end.join(separator.join(row) for row in lines) + end
        with open(os.path.join(folder, name), "wb") as file:
            file.write(mark + text.encode(encoding))

    write("utf8.csv", "utf-8")
    write("utf8-bom.csv", "utf-8", mark=b"\xef\xbb\xbf")
    write("gb18030.csv", "gb18030")
    write("utf16le.csv", "utf-16-le", separator="\t", mark=b"\xff\xfe")
    write("utf16be.csv", "utf-16-be", mark=b"\xfe\xff")
    write("cr-only.csv", "utf-8", end="\r")
    write("semicolon.csv", "gb18030", separator=";")


def zip_bomb(path, original):
    bomb = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + b" " * 300_000_000
    replace_part(path, original, "xl/worksheets/sheet1.xml", bomb)


def doctype(path, original):
    part = (
        b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
    )
    replace_part(path, original, "xl/worksheets/sheet1.xml", part)


def replace_part(path, original, name, content):
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.namelist():
            target.writestr(item, content if item == name else source.read(item))


def docx(path):
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("word/document.xml", "<document/>")


def main(folder):
    os.makedirs(folder, exist_ok=True)

    def place(name):
        return os.path.join(folder, name)

    xls_hidden(place("hidden.xls"))
    xls_dates(place("dates-1900.xls"), False)
    xls_dates(place("dates-1904.xls"), True)
    xls_mixed(place("mixed.xls"))
    xls_wide(place("wide.xls"))
    xls_long_strings(place("long-strings.xls"))
    xlsx_book(place("book.xlsx"))
    xlsx_1904(place("dates-1904.xlsx"))
    xlsx_wide(place("wide.xlsx"))
    texts(folder)
    for source, target in [("book.xlsx", "xlsx-inside.xls"), ("hidden.xls", "xls-inside.xlsx")]:
        with open(place(source), "rb") as file, open(place(target), "wb") as copy:
            copy.write(file.read())
    with open(place("long-strings.xls"), "rb") as file:
        whole = file.read()
    for name, share in [("truncated-late.xls", 0.9), ("truncated-early.xls", 0.3)]:
        with open(place(name), "wb") as copy:
            copy.write(whole[: int(len(whole) * share)])
    with open(place("book.xlsx"), "rb") as file, open(place("truncated.xlsx"), "wb") as copy:
        copy.write(file.read()[:3000])
    zip_bomb(place("bomb.xlsx"), place("book.xlsx"))
    doctype(place("doctype.xlsx"), place("book.xlsx"))
    docx(place("letter.xlsx"))


if __name__ == "__main__":
    main(sys.argv[1])
