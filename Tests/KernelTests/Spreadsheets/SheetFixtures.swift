import Foundation
import Values

@testable import Spreadsheets

/// Spreadsheets with traps, made by `Tests/Fixtures/make_fixtures.py` before the test run; `HALLMARK_FIXTURES` says where.
enum SheetFixtures {
    static let folder: String? = ProcessInfo.processInfo.environment["HALLMARK_FIXTURES"]
    static var isPresent: Bool { folder != nil }
    static let hint = "HALLMARK_FIXTURES is not set: run Tests/Fixtures/make_fixtures.py"

    static func path(_ name: String) -> String { (folder ?? "") + "/" + name }

    /// The rows that most fixtures carry.
    static let list = [
        ["序号", "企业名称", "产品名称", "抽查结果"], ["1", "甲厂", "皮鞋", "合格"], ["2", "乙厂", "涂料", "不合格"], ["3", "丙厂", "电缆", "合格"],
    ]
}

/// A folder that goes away with the test.
final class ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/hallmark-sheets-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

extension Sheet {
    /// The texts of all rows, for short comparisons.
    var texts: [[String]] { rows.map { $0.cells.map(\.text) } }
}

/// The failure that reading a file ends in.
func readFailure(_ path: String, limits: ReadLimits = ReadLimits()) -> Failure? {
    do {
        _ = try SheetReading.workbook(path: path, limits: limits)
        return nil
    } catch { return error as? Failure }
}
