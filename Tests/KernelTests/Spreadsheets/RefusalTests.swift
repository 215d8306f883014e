import Glibc
import Testing
import Values

@testable import Spreadsheets

@Suite("What is refused, and how it is said")
struct RefusalTests {
    private let saveAs = "请用 Excel 或 WPS 打开该文件，另存为 .xlsx 后再导入。"

    @Test("a missing and an empty file")
    func missingAndEmpty() throws {
        let folder = try ScratchFolder()
        #expect(readFailure("/nowhere/名单.xls")?.description == "名单.xls：找不到该文件，或没有权限读取。处理办法：请核对文件路径和权限。")
        #expect(readFailure(folder.path)?.code == "import.file-missing")
        let empty = readFailure(try folder.write("空.xls", ""))
        #expect(empty?.code == "import.file-empty")
        #expect(empty?.description == "空.xls：文件是空的（0 字节）。处理办法：请核对是否选错文件，或重新下载。")
    }

    @Test("a file over the limit is refused before it is opened further")
    func tooLarge() throws {
        let folder = try ScratchFolder()
        var limits = ReadLimits()
        limits.fileBytes = 10
        let failure = readFailure(try folder.write("大.csv", "12345678901"), limits: limits)
        #expect(failure?.code == "import.file-too-large")
        #expect(failure?.message == "文件大小 11 字节，超过上限 10 字节。")
        let huge = try folder.write("巨.xls", "x")
        #expect(truncate(huge, 250_000_000) == 0)
        let refused = readFailure(huge)
        #expect(refused?.description == "巨.xls：文件大小 250 MB，超过上限 200 MB。处理办法：请删去图片和无关工作表，或拆分成几个文件后再导入。")
        #expect(ReadFailure.fileTooLarge(250_000_000, 200_000_000, FilePlace()).message == "文件大小 250 MB，超过上限 200 MB。")
    }

    @Test(
        "files that are no tables are called what they are",
        arguments: [
            ("%PDF-1.7", "这不是电子表格，而是PDF 文件。"), ("Rar!\u{1a}", "这不是电子表格，而是RAR 压缩包。"), ("{\\rtf1", "这不是电子表格，而是RTF 文档。"),
            ("<?xml version=\"1.0\"?><a/>", "这不是电子表格，而是XML 文件。"), ("a\u{1}\u{2}b", "这不是电子表格，而是无法识别的二进制文件。"),
            ("MZ\u{1}\u{0}", "这不是电子表格，而是程序文件。"), ("{\"rows\": [1]}", "这不是电子表格，而是JSON 数据。"),
            ("\u{0}\u{0}\u{0}\u{18}ftypheic", "这不是电子表格，而是手机照片或视频。"), ("BZh9", "这不是电子表格，而是bzip2 压缩包。"),
        ])
    func notTables(content: String, message: String) throws {
        let folder = try ScratchFolder()
        let failure = readFailure(try folder.write("a.xls", content))
        #expect(failure?.code == "import.not-a-table")
        #expect(failure?.message == message)
        #expect(failure?.cure == "请把其中的表格存为 .xlsx 或 .csv 后再导入。")
    }

    @Test("photographs, random bytes and formats of other programs are refused before anything is decoded")
    func binaries() throws {
        let folder = try ScratchFolder()
        #expect(readFailure(try folder.write("照片.xls", [0xFF, 0xD8, 0xFF, 0xE0]))?.message == "这不是电子表格，而是JPEG 图片。")
        var random = FixedGenerator(state: 7)
        for round in 0..<50 {
            let bytes = (0..<(64 + round * 40)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let failure = readFailure(try folder.write("random.csv", bytes))
            #expect(failure?.message == "这不是电子表格，而是无法识别的二进制文件。", "\(round)")
        }
        let dbase = [0x03, 0x65, 0x09, 0x0F, 1, 0, 0, 0, 0x61, 0, 0x20, 0] + [UInt8](repeating: 0, count: 84)
        #expect(readFailure(try folder.write("统计.dbf", dbase))?.message == "该文件实为dBASE 数据表（.dbf），本系统不直接读取这种格式。")
        let archive = readFailure(try folder.write("导出.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"))
        #expect(archive?.description == "导出.xls：该文件实为网页存档（.mht），本系统不直接读取这种格式。处理办法：" + saveAs)
    }

    @Test("an archive, a letter, .ods and .xlsb are told apart")
    func packages() throws {
        let folder = try ScratchFolder()
        let cases: [(String, String, String, String)] = [
            ("word/document.xml", "<a/>", "import.not-a-table", "这不是电子表格，而是Word 文档。"),
            (
                "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "import.format-unsupported",
                "该文件实为OpenDocument 表格（.ods），本系统不直接读取这种格式。"
            ),
            ("xl/workbook.bin", "x", "import.format-unsupported", "该文件实为Excel 二进制工作簿（.xlsb），本系统不直接读取这种格式。"),
            ("名单.xls", "x", "import.not-a-table", "这不是电子表格，而是压缩包。"),
            ("OFD.xml", "<a/>", "import.not-a-table", "这不是电子表格，而是OFD 版式文件。"),
        ]
        for (name, content, code, message) in cases {
            let path = folder.file("a.xlsx")
            try HandMade.zip([(name, content)], to: path)
            let failure = readFailure(path)
            #expect(failure?.code == code)
            #expect(failure?.message == message)
        }
    }

    @Test("rows, columns, cells, sheets and texts beyond the limits are named with their place")
    func limits() throws {
        let folder = try ScratchFolder()
        let path = try folder.write("a.csv", "a,b\nc,d\neeee,f\n")
        func failure(_ set: (inout ReadLimits) -> Void) -> Failure? {
            var limits = ReadLimits()
            set(&limits)
            return readFailure(path, limits: limits)
        }
        #expect(failure { $0.rows = 2 }?.description == "a.csv第3行：行数超过上限 2 行。处理办法：请把文件拆分成几个较小的文件，分别导入。")
        #expect(failure { $0.rows = 2 }?.code == "import.too-many-rows")
        #expect(failure { $0.columns = 1 }?.description == "a.csv第1行「B」列：列数超过上限 1 列。处理办法：请删去表格右侧无关的列后再导入。")
        #expect(failure { $0.columns = 1 }?.code == "import.too-many-columns")
        #expect(failure { $0.cells = 4 }?.code == "import.too-many-cells")
        #expect(failure { $0.cells = 4 }?.message == "单元格总数超过上限 4 个。")
        #expect(failure { $0.cellBytes = 3 }?.description.hasPrefix("a.csv第3行「A」列：单元格文字超过上限 3 字节。") == true)
        #expect(failure { $0.cellBytes = 3 }?.code == "import.cell-too-long")
        #expect(failure { $0.sheets = 0 }?.code == "import.too-many-sheets")
    }

    @Test("a wide stray cell in .xlsx is refused before room is made for it")
    func strayCell() throws {
        let folder = try ScratchFolder()
        let path = folder.file("a.xlsx")
        try HandMade.workbook(rows: "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>", to: path)
        let failure = readFailure(path)
        #expect(failure?.code == "import.too-many-columns")
        #expect(failure?.place == FilePlace(file: "a.xlsx", sheet: "Sheet1", row: 1, column: "XFD"))
    }

    @Test("broken and too deep XML is refused with part and line")
    func brokenXML() throws {
        let folder = try ScratchFolder()
        let path = folder.file("a.xlsx")
        try HandMade.workbook(rows: "<row r=\"1\">\n<c></row>", to: path)
        #expect(readFailure(path)?.code == "import.xml-broken")
        #expect(readFailure(path)?.message == "文件内的 XML（xl/worksheets/s.xml）第 2 行不合格式。")
        try HandMade.workbook(rows: String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300), to: path)
        #expect(readFailure(path)?.code == "import.xml-broken")
    }

    @Test("entities are never followed: a DOCTYPE anywhere is refused")
    func doctype() throws {
        let folder = try ScratchFolder()
        let head = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"y\">]>"
        let named = "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"
        let failure = readFailure(try folder.write("a.xls", head + named))
        #expect(failure?.code == "import.xml-doctype")
        #expect(failure?.message == "文件内的 XML（a.xls）带有文档类型声明（DOCTYPE），可能引用外部内容，已拒绝读取。")
        #expect(failure?.cure == saveAs)
    }

    @Test("what unpacks out of proportion, or past the limit, is stopped")
    func bomb() throws {
        let folder = try ScratchFolder()
        let path = folder.file("a.xlsx")
        try HandMade.workbook(rows: String(repeating: " ", count: 30_000_000), to: path)
        let failure = readFailure(path)
        #expect(failure?.code == "import.unpacks-too-large")
        #expect(failure?.message == "压缩内容（xl/worksheets/s.xml）展开后过大，疑似压缩炸弹，已停止读取。")
        var limits = ReadLimits()
        limits.unpackedBytes = 200
        try HandMade.workbook(rows: "", to: path)
        #expect(readFailure(path, limits: limits)?.code == "import.unpacks-too-large")
    }

    @Test(
        "made traps: bomb, DOCTYPE, letter, truncated package", .enabled(if: SheetFixtures.isPresent, "\(SheetFixtures.hint)"),
        arguments: [
            ("bomb.xlsx", "import.unpacks-too-large"), ("doctype.xlsx", "import.xml-doctype"), ("letter.xlsx", "import.not-a-table"),
            ("truncated.xlsx", "import.file-damaged"),
        ])
    func fixtures(name: String, code: String) { #expect(readFailure(SheetFixtures.path(name))?.code == code) }

    @Test("a password is said to be one, in .xls and in encrypted .xlsx", .enabled(if: SheetFixtures.isPresent, "\(SheetFixtures.hint)"))
    func passwords() throws {
        let folder = try ScratchFolder()
        var bytes = try SourceFile(path: SheetFixtures.path("hidden.xls"), limits: ReadLimits()).all()
        // The second record of the stream becomes FILEPASS; in the directory the stream's name becomes that of an encrypted package.
        let stream = try #require(bytes.firstIndex(of: [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]))
        var locked = bytes
        locked[stream + 20] = 0x2F
        locked[stream + 21] = 0
        let failure = readFailure(try folder.write("a.xls", locked))
        #expect(failure?.code == "import.file-encrypted")
        #expect(failure?.description == "a.xls：文件设有打开密码，无法读取。处理办法：请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx 再导入。")
        let name = "Workbook".utf8.flatMap { byte -> [UInt8] in [byte, 0] }
        let entry = try #require(bytes.firstIndex(of: name))
        for (index, byte) in "EncryptedPackage".utf8.enumerated() {
            bytes[entry + index * 2] = byte
            bytes[entry + index * 2 + 1] = 0
        }
        bytes[entry + 64] = 34
        #expect(readFailure(try folder.write("b.xlsx", bytes))?.code == "import.file-encrypted")
    }
}

extension [UInt8] {
    /// Where a run of bytes begins.
    fileprivate func firstIndex(of run: [UInt8]) -> Int? { indices.first { self[$0...].starts(with: run) } }
}
