import Foundation
import TestSupport
import Testing

@testable import Spreadsheets

@Suite("Official lists as published", .enabled(if: SharedData.isPresent, "the shared data is not beside the project"))
struct OfficialListsTests {
    private func files(_ folder: String, _ ending: String) throws -> [String: URL] {
        let root = try #require(SharedData.url("data/spot-check-lists/" + folder))
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let wanted = found.filter { $0.pathExtension == ending }
        return Dictionary(
            uniqueKeysWithValues: wanted.map { (String($0.path.dropFirst(root.path.count + 1).dropLast(ending.count + 1)), $0) })
    }

    @Test("every .xls says cell by cell what its .xlsx twin says")
    func twins() throws {
        let old = try files("xls", "xls")
        let new = try files("xlsx", "xlsx")
        #expect(old.count == 33)
        var cells = 0
        for (name, url) in old {
            let first = try SheetReading.workbook(path: url.path)
            let second = try SheetReading.workbook(path: try #require(new[name]).path)
            #expect(first.format == .xls)
            #expect(first.sheets.map(\.name) == second.sheets.map(\.name), "\(name)")
            for (left, right) in zip(first.sheets, second.sheets) {
                #expect(left.rows.map(\.number) == right.rows.map(\.number), "\(name) \(left.name)")
                // Only the places are told: the lists themselves are not quoted in a log.
                let differing = zip(left.rows, right.rows).filter { $0.cells.map(\.text) != $1.cells.map(\.text) }.map(\.0.number)
                #expect(differing.isEmpty, "\(name) \(left.name)")
                #expect(left.visibility == right.visibility, "\(name) \(left.name)")
                #expect(Set(left.mergedRanges) == Set(right.mergedRanges), "\(name) \(left.name)")
                cells += left.rows.reduce(0) { $0 + $1.cells.count }
            }
        }
        #expect(cells > 20_000)
    }

    @Test("the rows of every sheet are as many as counted by hand")
    func counts() throws {
        let truth = try SheetReading.workbook(path: try #require(SharedData.url("data/spot-check-lists/truth-sheets.csv")).path)
        let old = try files("xls", "xls")
        var checked = 0
        for row in truth.sheets[0].rows.dropFirst() {
            guard let url = old[String(row[column: 0].text.dropLast(4))], let number = Int(row[column: 2].text) else { continue }
            let sheet = try SheetReading.workbook(path: url.path).sheets[number - 1]
            let headingRow = try #require(Int(row[column: 8].text))
            let counted = try #require(Int(row[column: 9].text))
            #expect(sheet.name == row[column: 3].text)
            #expect((sheet.visibility == .hidden) == (row[column: 4].text == "1"))
            let below = sheet.rows.filter { $0.number > headingRow && $0.cells.count { !$0.isEmpty } > 2 }
            #expect(below.count == counted, "\(row[column: 0].text) \(sheet.name)")
            checked += 1
        }
        #expect(checked == truth.sheets[0].rows.count - 1)
    }

    @Test("the leftover sheet 360Qex is seen as hidden")
    func leftover() throws {
        var hidden = 0
        for url in try files("xls", "xls").values {
            for sheet in try SheetReading.workbook(path: url.path).sheets where sheet.name == "360Qex" {
                #expect(sheet.visibility == .hidden)
                hidden += 1
            }
        }
        #expect(hidden == 4)
    }
}
