import Foundation
import Testing
import Values
import XMLReading

@testable import Spreadsheets

@Suite("Writing documents")
struct DocumentWriterTests {
    private var sample: Document {
        Document(
            title: "本辖区上榜 <简报>", author: "质强办", made: Moment(milliseconds: 0),
            blocks: [
                .title("监督抽查情况简报"), .heading("一、总体情况", level: 1), .paragraph([.init("共 3 家 & "), .init("1 家不合格", isBold: true)]),
                .bullet([.init("甲厂\n第二行")]),
                .table(
                    .init(
                        columns: [.init("企业", weight: 3), .init("批次", isNumeric: true)],
                        rows: [[.text("甲<厂>\u{1}"), .number(12)], [.text("乙厂")]])), .note("数据来源：公布名单。"), .signature("质强办"), .pageBreak,
            ])
    }

    @Test("every part is well-formed XML, whatever the text holds")
    func wellFormed() throws {
        for (name, xml) in DocumentParts.all(sample) {
            final class Silent: XMLHandler {
                func start(_ name: String, _ attributes: XMLAttributes) {}
                func end(_ name: String) {}
                func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
            }
            let handler = Silent()
            let stream = try XMLStream(part: name, place: FilePlace(), handler: handler)
            try Array(xml.utf8).withUnsafeBytes { try stream.feed($0, isLast: true) }
        }
    }

    @Test("text is escaped, figures stand right, the heading row repeats, the page is A4 with its number")
    func content() throws {
        let body = try #require(DocumentParts.all(sample).first { $0.name == "word/document.xml" }?.text)
        #expect(body.contains("共 3 家 &amp; "))
        #expect(body.contains("甲&lt;厂&gt;<"))
        #expect(body.contains("<w:t xml:space=\"preserve\">甲厂</w:t><w:br/>"))
        #expect(body.contains("<w:jc w:val=\"right\"/></w:pPr><w:r><w:t xml:space=\"preserve\">12</w:t>"))
        #expect(body.contains("<w:tblHeader/>"))
        #expect(body.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"))
        let parts = Dictionary(uniqueKeysWithValues: DocumentParts.all(sample).map { ($0.name, $0.text) })
        #expect(parts["word/footer1.xml"]?.contains(" PAGE ") == true)
        #expect(parts["word/styles.xml"]?.contains("w:eastAsia=\"仿宋\"") == true)
        #expect(parts["docProps/core.xml"]?.contains("1970-01-01T08:00:00+08:00") == true)
    }

    @Test("equal documents give equal bytes, and the file is a package that opens")
    func reproducible() throws {
        let folder = try ScratchFolder()
        try DocumentWriter.write(sample, to: folder.file("a.docx"))
        try DocumentWriter.write(sample, to: folder.file("b.docx"))
        let first = try Data(contentsOf: URL(fileURLWithPath: folder.file("a.docx")))
        #expect(try first == Data(contentsOf: URL(fileURLWithPath: folder.file("b.docx"))))
        #expect(readFailure(folder.file("a.docx"))?.message == "这不是电子表格，而是Word 文档。")
    }

    @Test("a place that cannot be written is said")
    func cannotWrite() {
        #expect(#expect(throws: Failure.self) { try DocumentWriter.write(sample, to: "/nowhere/a.docx") }?.code == "export.cannot-write")
    }
}
