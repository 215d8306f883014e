import CFuzzer
import DecisionTables
import Foundation
import Values

@testable import DecisionModels
@testable import Interface
@testable import Places
@testable import Policy
@testable import Questions
@testable import Spreadsheets
@testable import WebSupport

/// Each parser of input from outside; what it throws is its answer, a trap is what is looked for.
enum FuzzTargets {
    static let all: [String: @Sendable ([UInt8]) -> Void] = [
        "sheet": sheet, "csv": { sheet(Array("名称,数\n".utf8) + $0) }, "xls": { sheet(xlsHead + $0) }, "xlsx": xlsx,
        "html": { sheet(Array("<html><table>".utf8) + $0) }, "xml-spreadsheet": { sheet(Array(xmlHead.utf8) + $0) },
        "child-frames": childFrames, "rule-file": { _ = try? RuleFile.read(text($0), file: "a.yaml") }, "regions": regions,
        "dmn": { _ = try? DecisionModel.read($0, file: "a.dmn") }, "feel": feel, "json": { _ = try? WrittenJSON.read($0, file: nil) },
        "boundaries": { _ = try? ReadBoundaries.read(Data($0), file: "a.geojson") }, "multipart": multipart, "request": request,
        "values": values,
    ]

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    // MARK: Files of sheets

    /// One file in memory, rewritten for each input.
    private static let file = memfd_create("fuzz", 0)
    private static let path = "/proc/self/fd/\(file)"
    private static let limits: ReadLimits = {
        var limits = ReadLimits()
        limits.unpackedBytes = 20_000_000
        limits.cells = 200_000
        limits.rows = 50_000
        return limits
    }()

    private static func sheet(_ bytes: [UInt8]) {
        guard ftruncate(file, 0) == 0, pwrite(file, bytes, bytes.count, 0) == bytes.count else { return }
        try? SheetReading.read(path: path, limits: limits) { _ in }
    }

    private static let parts = [
        "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
    ]

    /// One text for the parts of a workbook, parted by lines of three dashes: packed here, since no mutation would find its way past the checksums.
    private static func xlsx(_ bytes: [UInt8]) {
        let texts = text(bytes).components(separatedBy: "\n---\n")
        let path = folder.appendingPathComponent("a.xlsx").path
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard (try? ZipFile.write(Array(zip(parts, texts)).map { (name: $0, text: $1) }, to: path)) != nil else { return }
        try? SheetReading.read(path: path, limits: limits) { _ in }
        if let packed = FileManager.default.contents(atPath: path) { _ = try? FormInspection(Array(packed), name: "a.xlsx") }
    }

    /// The head of a compound file, so that mutations are not spent on it.
    private static let xlsHead: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let xmlHead =
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">"

    private static func childFrames(_ bytes: [UInt8]) {
        var decoder = EventDecoder(longestFrame: 1 << 20)
        bytes.withUnsafeBytes { decoder.feed($0) }
        while let message = try? decoder.next() { if case .finished = message { break } }
    }

    // MARK: Rules and places

    private static let regionFiles = ["provinces", "cities", "districts", "towns", "former", "aliases"]
    private static let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(getpid())")

    /// One text for all files of regions, parted by lines of three dashes.
    private static func regions(_ bytes: [UInt8]) {
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let texts = text(bytes).components(separatedBy: "\n---\n")
        for (index, name) in regionFiles.enumerated() {
            try? Data((index < texts.count ? texts[index] : "{}").utf8).write(to: folder.appendingPathComponent(name + ".yaml"))
        }
        _ = try? RegionFiles.load(folder: folder)
    }

    private static func feel(_ bytes: [UInt8]) {
        let text = text(bytes)
        _ = try? FeelParser.expression(text, scope: FeelScope(values: ["a", "b"]), at: FilePlace())
        _ = try? TableCell(parsing: text)
    }

    // MARK: What browsers send

    private static func multipart(_ bytes: [UInt8]) {
        let cut = bytes.firstIndex(of: 10) ?? bytes.endIndex
        let body = bytes[cut...].dropFirst()
        guard var whole = try? MultipartParser(contentType: "multipart/form-data; boundary=" + text(Array(bytes[..<cut])), partLimit: 20),
            var cutUp = try? MultipartParser(contentType: "multipart/form-data; boundary=" + text(Array(bytes[..<cut])), partLimit: 20)
        else { return }
        let once = try? joined(whole.take(body))
        var pieces: [MultipartParser.Event]? = []
        for start in stride(from: body.startIndex, to: body.endIndex, by: 7) {
            guard let more = try? cutUp.take(body[start..<min(start + 7, body.endIndex)]) else {
                pieces = nil
                break
            }
            pieces? += more
        }
        // However a body is cut up on its way, it is the same form.
        precondition(once == pieces.map(joined))
    }

    private static func joined(_ events: [MultipartParser.Event]) -> [MultipartParser.Event] {
        events.reduce(into: []) { all, event in
            if case .bytes(let more) = event, case .bytes(let before)? = all.last {
                all[all.count - 1] = .bytes(before + more)
            } else {
                all.append(event)
            }
        }
    }

    private static func request(_ bytes: [UInt8]) {
        let text = text(bytes)
        _ = try? EncodedForm.items(bytes, limit: 50)
        _ = RequestCookies(text.components(separatedBy: "\n"))["a"]
        if let address = Address(returnedBy: text) {
            precondition(address.description.hasPrefix("/") && !address.description.hasPrefix("//"))
        }
        _ = Query(text)["a"]
        _ = ExternalAddress(text)
        _ = try? PageCursor(text, of: "q", head: 9)
    }

    private static func values(_ bytes: [UInt8]) {
        let text = text(bytes)
        _ = Day(text)
        _ = CodeReading(text)
        _ = Amount.read(text, unitNamed: nil)
        _ = NameFolding.query(NameFolding.key(text))
        _ = FeelMoment(text)
        _ = FeelTime(text)
        _ = FeelDuration.value(text)
        _ = Decimal34(text)
    }
}
