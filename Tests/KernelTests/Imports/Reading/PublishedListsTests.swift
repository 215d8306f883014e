import Foundation
import Imports
import Spreadsheets
import TestSupport
import Testing

/// The published workbooks beside the checkout, each sheet against the counted truth.
@Suite(.enabled(if: SharedData.isPresent, "the shared lists are not beside the checkout"))
struct PublishedListsTests {
    private struct Truth {
        let file: String
        let sheet: String
        let number: Int
        let title: String
        let headerRow: Int
        let rows: Int
        let pass: Int
        let fail: Int
        let other: Int
        let isLeftover: Bool
    }

    private func truths() throws -> [Truth] {
        let url = try #require(SharedData.url("data/spot-check-lists/truth-sheets.csv"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        return lines.map { line in
            let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return Truth(
                file: parts[0], sheet: parts[3], number: Int(parts[2]) ?? 0, title: parts[7], headerRow: Int(parts[8]) ?? 0,
                rows: Int(parts[9]) ?? 0,
                pass: Int(parts[10]) ?? 0, fail: Int(parts[11]) ?? 0, other: Int(parts[12]) ?? 0, isLeftover: parts[14] == "yes")
        }
    }

    @Test("every sheet of the published lists has the counted rows and verdicts, to the last digit")
    func truth() throws {
        let vocabulary = try Vocabularies.shipped()
        let sorting = SheetSorting(vocabulary: vocabulary)
        var batches = 0
        var failing = 0
        for (file, truths) in Dictionary(grouping: try truths(), by: \.file).sorted(by: { $0.key < $1.key }) {
            let url = try #require(SharedData.url("data/spot-check-lists/xls/\(file)"))
            let sheets = sorting.sort(try SheetReading.workbook(path: url.path), path: file)
            for sheet in sheets where !truths.contains(where: { $0.number == sheet.number }) {
                #expect(!sheet.isTaken, "\(file) \(sheet.name) should be set aside")
            }
            for truth in truths {
                let sheet = try #require(sheets.first { $0.number == truth.number })
                let table = try #require(sheet.table)
                let name = "\(file) \(truth.sheet)"
                #expect(sheet.name == truth.sheet, "\(name)")
                #expect(sheet.title.text.filter { !$0.isWhitespace } == truth.title.filter { !$0.isWhitespace }, "\(name)")
                #expect(table.layout.headingRows == truth.headerRow...truth.headerRow, "\(name)")
                #expect(table.rows.count == truth.rows, "\(name)")
                #expect(sheet.isTaken == !truth.isLeftover, "\(name): \(sheet.setAside?.sentence ?? "taken")")
                #expect(sheet.kind == (truth.other > 0 ? .followups : .results), "\(name)")
                #expect(table.layout.columns.allSatisfy { $0.heading.isEmpty || $0.field != nil }, "\(name) \(table.layout.columns)")
                let rows = try RowReading(sheet: sheet, vocabulary: vocabulary).read(table.rows)
                #expect(rows.allSatisfy { $0.isGood }, "\(name) \(rows.first { !$0.isGood }?.issues ?? [])")
                guard sheet.kind == .results else { continue }
                #expect(rows.count { $0.verdict == .pass } == truth.pass, "\(name)")
                #expect(rows.count { $0.verdict == .fail } == truth.fail, "\(name)")
                if file.hasPrefix("P020130829") {
                    batches += rows.count
                    failing += rows.count { $0.verdict == .fail }
                    #expect(sheet.title.products.count == 1, "\(name) \(sheet.title.products)")
                    #expect(sheet.title.level == .national)
                }
            }
        }
        #expect(batches == 1728)
        #expect(failing == 221)
    }

    @Test("the twins in .xlsx read the same")
    func twins() throws {
        let vocabulary = try Vocabularies.shipped()
        let sorting = SheetSorting(vocabulary: vocabulary)
        for (file, truths) in Dictionary(grouping: try truths(), by: \.file) {
            guard let url = SharedData.url("data/spot-check-lists/xlsx/\(file.replacing(/\.xls$/, with: ".xlsx"))") else { continue }
            let sheets = sorting.sort(try SheetReading.workbook(path: url.path), path: file)
            for truth in truths {
                let sheet = try #require(sheets.first { $0.name == truth.sheet })
                #expect(sheet.table?.rows.count == truth.rows, "\(file)")
                #expect(sheet.isTaken == !truth.isLeftover, "\(file)")
            }
        }
    }

    @Test("food lists: 629 and 3 rows, 41 failing")
    func food() throws {
        let vocabulary = try Vocabularies.shipped()
        for (file, count, failing) in [("国内21年1-6月20230718090903.csv", 629, 41), ("国内22年冷冻20230728000945.csv", 3, 0)] {
            let rows = try read("data/spot-check-food/\(file)", vocabulary)
            #expect(rows.count == count)
            #expect(rows.count { $0.verdict == .fail } == failing)
            #expect(rows.allSatisfy { $0.text("producer") != nil })
            // One row of the larger list names no seller.
            #expect(rows.count { $0.text("sampled_unit") == nil } == (count == 629 ? 1 : 0))
            #expect(rows.allSatisfy { $0.day("published_day")?.day != nil && $0.text("publisher")?.hasPrefix("国内监督抽查") == true })
        }
    }

    @Test("car fluids: English headings, verdicts and batches")
    func fluids() throws {
        let vocabulary = try Vocabularies.shipped()
        let files = [
            ("shenzhen-2019-automotive-fluid-inspection", 60, 9), ("wuxi-2024-lubricant-inspection", 10, 0),
            ("yantai-2025-gasoline-detergent-inspection", 15, 0),
        ]
        for (file, count, failing) in files {
            let rows = try read("data/spot-check-fluids/\(file).csv", vocabulary)
            #expect(rows.count == count, "\(file)")
            #expect(rows.count { $0.verdict == .fail } == failing, "\(file)")
            #expect(rows.allSatisfy { $0.text("producer") != nil && $0.text("product") != nil }, "\(file)")
        }
    }

    @Test("registers of firms and upload templates are enterprise lists; permits and penalties are told apart")
    func registers() throws {
        let vocabulary = try Vocabularies.shipped()
        for (file, count) in [("panyu", 1001), ("longwan", 532)] {
            let rows = try read("data/enterprises/\(file).csv", vocabulary, kind: .enterprises)
            #expect(rows.count == count)
            #expect(rows.allSatisfy { $0.text("name") != nil && $0.text("code") != nil })
        }
        #expect(try read("data/import-files/zj-双随机-check01-478.xlsx", vocabulary, kind: .enterprises).count == 478)
        #expect(try read("data/import-files/zj-check04-5.xlsx", vocabulary, kind: .enterprises).count == 5)
        #expect(try read("data/import-files/zj-批量比对模板.xlsx", vocabulary, kind: .enterprises).count == 1)
        #expect(try read("data/import-files/zj-行政许可模板.xlsx", vocabulary, kind: .enterprises).first?.text("holding_number") == "201312142")
        let url = try #require(SharedData.url("data/import-files/zj-行政处罚模板.xlsx"))
        let sheets = SheetSorting(vocabulary: vocabulary).sort(try SheetReading.workbook(path: url.path))
        #expect(sheets.allSatisfy { !$0.isTaken })
        #expect(sheets.first?.setAside?.reason == .otherList)
    }

    private func read(_ path: String, _ vocabulary: HeadingVocabulary, kind: ImportKind = .results) throws -> [ReadRow] {
        let url = try #require(SharedData.url(path))
        let sheets = SheetSorting(vocabulary: vocabulary).sort(try SheetReading.workbook(path: url.path), path: url.lastPathComponent)
        let sheet = try #require(sheets.first { $0.isTaken }, "\(sheets.map { $0.setAside?.sentence ?? "" })")
        #expect(sheet.kind == kind, "\(path)")
        return try RowReading(sheet: sheet, vocabulary: vocabulary).read(sheet.table?.rows ?? [])
    }
}
