import Enterprises
import Evidence
import Foundation
import Imports
import Places
import SpotChecks
import Spreadsheets
import Storage
import TestSupport
import Testing
import Values

@Suite(.enabled(if: SharedData.isPresent, "the shared lists are not beside the checkout"))
struct PublishedResultsTests {
    private let folder = "spot-check-lists/xls/P020130829408943406799"

    @Test("the national publication of 22 kinds is 1,728 batches with 221 failing, and its counts by product add up")
    func national() async throws {
        let office = try await SpotCheckOffice()
        let books = try PublishedLists.files(folder, ".xls").compactMap(PublishedLists.workbook)
        #expect(books.count == 22)
        let report = try await office.take(books)
        #expect(report.read == 1728 && report.new == 1728 && !report.hasErrors, "\(report.issues.filter { $0.level == .error })")
        #expect(try await office.count() == 1728)
        #expect(try await office.count(where: [("verdict", "fail")]) == 221)
        let kinds = try await office.ask(Question("spotcheck.result", by: ["product"])).groups
        #expect(kinds.count == 22)
        let perKind = try await office.ask(Question("spotcheck.result", metric: "firms", by: ["product"])).groups.compactMap(\.figure.value)
        #expect(Int(perKind.reduce(0, +)) == (try await office.count(metric: "firm-products")))
        let rate = try await office.ask(Question("spotcheck.result", metric: "batch-pass-rate"))
        #expect(rate.figure.n == 1728 && rate.figure.hits == 1507 && rate.figure.interval != nil)

        let again = try await office.take(books)
        #expect(again.unchanged == 1728 && again.new == 0 && again.changed == 0 && again.position == nil)
        let twins = try PublishedLists.files(folder.replacing("/xls/", with: "/xlsx/"), ".xlsx").compactMap(PublishedLists.workbook)
        let twin = try await office.take(twins)
        #expect(twin.unchanged == 1728 && twin.new == 0 && twin.changed == 0)

        let position = try #require(report.position)
        let listing = { (name: String) in
            try await office.office.store.read { session in
                let ids = try SpotCheckStore.publications(importedAt: position, session)
                return try LocalListing.load(
                    publications: ids, region: office.office.regions.find(name), regions: office.office.regions, session)
            }
        }
        let nanhai = try await listing("440605")
        #expect(nanhai.publications.count == 22)
        #expect(nanhai.ours.count >= 13 && nanhai.firms >= 13, "\(nanhai.ours.map(\.result.firm))")
        #expect(nanhai.failing.count == 3)
        for word in ["星族", "君陇", "九江金永明"] { #expect(nanhai.failing.contains { $0.result.firm.contains(word) }, "\(word)") }
        #expect(!nanhai.ours.contains { $0.result.firm.contains("海启明") })
        #expect(nanhai.entries(.elsewhere).contains { $0.result.firm.contains("海启明") })
        #expect(try await Int(office.ask(nanhai.question()).figure.value ?? 0) == nanhai.ours.count)
        #expect(try await Int(office.ask(nanhai.question(metric: "firms")).figure.value ?? 0) == nanhai.firms)
        let longwan = try await listing("330303")
        #expect(longwan.ours.count == 2 && longwan.failing.count == 2, "\(longwan.ours.map(\.result.firm))")
        let chemical = try #require(longwan.unclear.first { $0.result.firm.contains("浙江龙湾化工") })
        #expect(chemical.namesRegion && chemical.reason.contains("龙湾"), "\(chemical.reason)")
    }

    private struct Truth {
        let file: String
        let pass: Int
        let fail: Int
        let other: Int
        let rows: Int
    }

    private func truths() throws -> [Truth] {
        let url = try #require(SharedData.url("data/spot-check-lists/truth-sheets.csv"))
        var truths: [Truth] = []
        for line in try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst() {
            let parts = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard parts[14] != "yes" else { continue }
            let numbers = (9...12).map { Int(parts[$0]) ?? 0 }
            truths.append(Truth(file: parts[0], pass: numbers[1], fail: numbers[2], other: numbers[3], rows: numbers[0]))
        }
        return truths
    }

    @Test("all 33 workbooks import with the counted batches, failures and follow-ups")
    func everyWorkbook() async throws {
        let truths = try self.truths()
        let office = try await SpotCheckOffice()
        let books = try PublishedLists.files("spot-check-lists/xls", ".xls").compactMap(PublishedLists.workbook)
        #expect(books.count == 33)
        for book in books {
            let mine = truths.filter { $0.file == book.name }
            let kind: ImportKind = mine.allSatisfy { $0.other > 0 } ? .followups : .results
            let report = try await office.take([book], kind)
            #expect(report.new == mine.map(\.rows).reduce(0, +) && !report.hasErrors, "\(book.name) \(report)")
        }
        #expect(try await office.count(where: [("verdict", "fail")]) == truths.map(\.fail).reduce(0, +))
        #expect(try await office.count(where: [("verdict", "pass")]) == truths.map(\.pass).reduce(0, +))
        #expect(try await office.count("spotcheck.followup") == truths.map(\.other).reduce(0, +))
        for book in try PublishedLists.files("spot-check-lists/xlsx", ".xlsx").compactMap(PublishedLists.workbook) {
            let mine = truths.filter { $0.file == book.name.replacing(".xlsx", with: ".xls") }
            let report = try await office.take([book], mine.allSatisfy { $0.other > 0 } ? .followups : .results)
            #expect(report.new == 0 && report.changed == 0 && report.unchanged == report.read, "\(book.name) \(report)")
        }
    }

    @Test("food and fluid lists import whole; suspected counterfeits and hidden names count against nobody")
    func foodAndFluids() async throws {
        let office = try await SpotCheckOffice()
        for file in try PublishedLists.files("spot-check-food", ".csv") + PublishedLists.files("spot-check-fluids", ".csv") {
            guard let book = try PublishedLists.workbook(file) else { continue }
            let report = try await office.take([book], mode: .good)
            #expect(report.new > 0)
            let again = try await office.take([book], mode: .good)
            #expect(again.new == 0 && again.changed == 0)
        }
        let doubtful = try await office.ask(
            Question("spotcheck.result", where: [.init("doubt", ["counterfeit", "masked"])], by: ["producer"]))
        #expect(doubtful.groups.allSatisfy { $0.keys == [""] })
    }
}
