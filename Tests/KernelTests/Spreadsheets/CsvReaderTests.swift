import TestSupport
import Testing
import Values

@testable import Spreadsheets

@Suite("Text tables")
struct CsvReaderTests {
    private func sheet(_ text: String, name: String = "名单.csv") throws -> Sheet {
        let folder = try ScratchFolder()
        return try SheetReading.workbook(path: try folder.write(name, text)).sheets[0]
    }

    @Test("quotes, line breaks and separators inside a cell stay its own")
    func quotes() throws {
        let sheet = try sheet("代码,名称\r\n1,\"甲,\"\"乙\"\"\r\n丙\"\r\n2, 丁 \r\n")
        #expect(sheet.texts == [["代码", "名称"], ["1", "甲,\"乙\"\n丙"], ["2", " 丁 "]])
        #expect(sheet.name == "名单")
    }

    @Test("CR, LF and CR LF end a record, and a last record needs no end", arguments: ["\r", "\n", "\r\n"])
    func lineEnds(end: String) throws {
        let sheet = try sheet(["a,b", "1,2", "", "3,4"].joined(separator: end))
        #expect(sheet.texts == [["a", "b"], ["1", "2"], ["3", "4"]])
        #expect(sheet.rows.map(\.number) == [1, 2, 4])
    }

    @Test("the separator that cuts the records evenly is taken", arguments: [",", ";", "\t"])
    func separators(separator: String) throws {
        let text = ["2013年抽查结果", "序号\(separator)名称", "1\(separator)甲", "2\(separator)乙"].joined(separator: "\n")
        #expect(try sheet(text).texts == [["2013年抽查结果"], ["序号", "名称"], ["1", "甲"], ["2", "乙"]])
    }

    @Test("a quote in the middle of a bare cell is a plain character")
    func bareQuote() throws { #expect(try sheet("a,5\"管,c\n").texts == [["a", "5\"管", "c"]]) }

    @Test("nothing is taken for a number: codes keep their zeros")
    func codes() throws { #expect(try sheet("代码\n0123\n1E5\n").rows.map(\.cells) == [[.text("代码")], [.text("0123")], [.text("1E5")]]) }

    @Test("pieces cut anywhere give the same records")
    func pieces() {
        let bytes = Array("序号,\"名\"\"称\r\n二\"\r\n1,甲\r2,\"乙\"\n".utf8)
        let whole = records(bytes, piece: bytes.count)
        for size in 1..<bytes.count { #expect(records(bytes, piece: size) == whole) }
        #expect(whole == [["序号", "名\"称\n二"], ["1", "甲"], ["2", "乙"]])
    }

    private func records(_ bytes: [UInt8], piece: Int) -> [[String]] {
        var parser = CsvParser(separator: UInt8(ascii: ","))
        var result: [[String]] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            parser.feed(Array(bytes[start..<min(bytes.count, start + piece)])) { result.append($1.map(\.text)) }
        }
        parser.finish { result.append($1.map(\.text)) }
        return result
    }

    @Test("a code that was kept from becoming a number loses only its wrapping")
    func textMark() throws {
        #expect(try sheet("代码,公式\n=\"0012\",=A1+1\n").texts == [["代码", "公式"], ["0012", "=A1+1"]])
    }

    @Test("a million empty records cost nothing and hide nothing")
    func emptyRecords() throws {
        let sheet = try sheet("a,b\n1,2\n" + String(repeating: ",,,,\n", count: 1_000_000) + "3,4\n")
        #expect(sheet.texts == [["a", "b"], ["1", "2"], ["3", "4"]])
        #expect(sheet.rows.last?.number == 1_000_003)
    }

    @Test("a quote left open is named with the line where it began")
    func openQuote() throws {
        let folder = try ScratchFolder()
        let failure = readFailure(try folder.write("a.csv", "a,b\n1,\"甲\n2,乙\n"))
        #expect(failure?.code == "import.quote-unclosed")
        #expect(failure?.description == "a.csv第2行：从该行开始的引号没有配对，直到文件末尾。处理办法：请补齐该行的英文双引号；单元格内的双引号应写成两个。")
    }

    @Test("UTF-8, UTF-8 with a mark, GB18030 and UTF-16 give the same rows and say what they were")
    func encodings() throws {
        let folder = try ScratchFolder()
        // 甲,乙 in each encoding.
        let files: [(String, [UInt8], TextEncoding)] = [
            ("utf8", [0xE7, 0x94, 0xB2, 0x2C, 0xE4, 0xB9, 0x99, 0x0A], .utf8),
            ("mark", [0xEF, 0xBB, 0xBF, 0xE7, 0x94, 0xB2, 0x2C, 0xE4, 0xB9, 0x99], .utf8),
            ("gb", [0xBC, 0xD7, 0x2C, 0xD2, 0xD2, 0x0D, 0x0A], .gb18030),
            ("le", [0xFF, 0xFE, 0x32, 0x75, 0x2C, 0x00, 0x59, 0x4E], .utf16LittleEndian),
            ("be", [0xFE, 0xFF, 0x75, 0x32, 0x00, 0x2C, 0x4E, 0x59], .utf16BigEndian),
            ("le-bare", [0x32, 0x75, 0x2C, 0x00, 0x59, 0x4E, 0x0D, 0x00, 0x0A, 0x00], .utf16LittleEndian),
            ("be-bare", [0x75, 0x32, 0x00, 0x2C, 0x4E, 0x59], .utf16BigEndian),
        ]
        for (name, bytes, encoding) in files {
            let book = try SheetReading.workbook(path: try folder.write(name + ".csv", bytes))
            #expect(book.format == .csv(encoding))
            #expect(book.sheets[0].texts == [["甲", "乙"]])
        }
    }

    @Test("a byte without meaning is named with its row and column, in either encoding")
    func undecodable() throws {
        let folder = try ScratchFolder()
        let gb = readFailure(try folder.write("gb.csv", [0xBC, 0xD7, 0x0A, 0x61, 0xBC, 0xD7, 0xFF, 0x2C, 0x0A]))
        #expect(gb?.code == "import.undecodable")
        #expect(gb?.place == FilePlace(file: "gb.csv", row: 2, column: "A"))
        #expect(gb?.message == "该行第 4 字节（0xFF）不是有效的文字编码。")
        let marked = readFailure(try folder.write("utf8.csv", [0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0x62, 0xE7, 0x94, 0x0A]))
        #expect(marked?.description.hasPrefix("utf8.csv第2行「A」列：该行第 4 字节（0xA）不是有效的文字编码。处理办法：请用 Excel 或 WPS 打开") == true)
        // CR alone ends the rows, and the cell before holds a separator in quotes.
        let deep = readFailure(try folder.write("cr.csv", Array("a,b\r1,\"x,y\",z".utf8) + [0xFF, 0xFF, 0x0D]))
        #expect(deep?.place == FilePlace(file: "cr.csv", row: 2, column: "C"))
        let cut = readFailure(try folder.write("cut.csv", [0xFF, 0xFE, 0x32]))
        #expect(cut?.code == "import.undecodable")
    }

    @Test("overlong forms, surrogates and lone continuation bytes are no UTF-8")
    func strictUTF8() {
        for bytes: [UInt8] in [[0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xF5]] {
            var checker = UTF8Checker()
            #expect(checker.firstFlaw(bytes) != nil)
        }
        var checker = UTF8Checker()
        #expect(checker.firstFlaw(Array("龘𠮷a".utf8)) == nil)
        #expect(checker.isComplete)
        #expect(checker.firstFlaw([0xE7, 0x94]) == nil)
        #expect(!checker.isComplete)
        #expect(checker.firstFlaw([0xB2]) == nil)
        #expect(checker.isComplete)
    }

    @Test("any bytes in any pieces are judged as the language's own reader judges them")
    func anyBytes() {
        var random = SeededRandom(5)
        let parts: [[UInt8]] = [
            Array("甲".utf8), Array("é".utf8), Array("𠮷".utf8), [0x41], [0xE0], [0xED], [0xED, 0xA0, 0x80], [0xE7, 0x94], [0x80],
            [0xF4, 0x90],
            [0xE0, 0x80, 0x80], [0xC1, 0xBF],
        ]
        var sound = 0
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 1...6, using: &random)).flatMap { _ in
                Int.random(in: 0..<3, using: &random) > 0 ? parts[0] : parts.randomElement(using: &random) ?? []
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            var checker = UTF8Checker()
            let isGood =
                checker.firstFlaw(Array(bytes[..<cut])) == nil && checker.firstFlaw(Array(bytes[cut...])) == nil && checker.isComplete
            #expect(isGood == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes) \(cut)")
            sound += isGood ? 1 : 0
        }
        #expect(sound > 500)
    }

    @Test(
        "fixtures in every encoding and with every line end carry the same list",
        .enabled(if: SheetFixtures.isPresent, "\(SheetFixtures.hint)"),
        arguments: ["utf8", "utf8-bom", "gb18030", "utf16le", "utf16be", "cr-only", "semicolon"])
    func fixtures(name: String) throws {
        #expect(try SheetReading.workbook(path: SheetFixtures.path(name + ".csv")).sheets[0].texts == SheetFixtures.list)
    }
}
