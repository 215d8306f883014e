import Foundation
import Hummingbird
import Logging
import Values
import WebSupport

/// A site with every part of the page kit, for tests and for looking at. All names and numbers are invented.
enum DemoSite {
    static let today = Day(number: 13_603)  // 2007-03-31

    static func configuration(publicFolder: URL) -> WebConfiguration {
        let uploads = FileManager.default.temporaryDirectory.appendingPathComponent(
            "hallmark-demo-\(ProcessInfo.processInfo.processIdentifier)")
        return WebConfiguration(
            publicFolder: publicFolder, uploadFolder: uploads, clock: .noon(today), logger: Logger(label: "demo"),
            frame: { context in frame(on: try context.on(), known: context.query["known"]) })
    }

    static func frame(on: Day, known: String?) -> Frame {
        Frame(
            navigation: [
                NavigationGroup(nil, [NavigationItem(Word("工作台", "Desk"), Address(), .waiting(12))]),
                NavigationGroup(
                    Word("方案", "Programme"),
                    [
                        NavigationItem(Word("方案原文", "Text"), Address("programme"), .note("龙湾 2006")),
                        NavigationItem(Word("目标", "Targets"), Address("targets"), .total(9)),
                        NavigationItem(Word("存疑与矛盾", "Open points"), Address("discrepancies"), .waiting(3)),
                    ]),
                NavigationGroup(
                    Word("业务", "Work"),
                    [
                        NavigationItem(Word("企业档案", "Enterprises"), Address("enterprises"), .total(1284)),
                        NavigationItem(Word("监督抽查", "Spot checks"), Address("spot-checks"), .total(3912)),
                    ]),
                NavigationGroup(
                    Word("数据", "Data"),
                    [
                        NavigationItem(Word("导入", "Import"), Address("imports", "new")),
                        NavigationItem(Word("日志", "Journal"), Address("journal")),
                    ]),
            ],
            programmes: [
                ProgrammeChoice("示例区皮鞋行业名牌培育质量提升工程", Address(), isCurrent: true),
                ProgrammeChoice("另一示例方案", Address("programme", "other"), isCurrent: false),
            ],
            on: on, known: known, actor: Word("区质监分局", "District bureau"), search: Address("enterprises"))
    }

    private static let officers = Right("demo.read", "", .programmeOffice, .departmentOfficer)

    static var routes: RouteTable {
        var table = RouteTable()
        table.get("/", may: Self.officers) { _ in .page(DemoPages.desk) }
        table.get("/enterprises", may: Self.officers) { context in .page(DemoPages.enterprises(context)) }
        table.get("/enterprises/{enterprise}", may: Self.officers) { context in
            let id: ID<DemoRow> = try context.id("enterprise")
            return .page(DemoPages.dossier(id))
        }
        table.get("/places/{name}", may: Self.officers) { context in .page(DemoPages.titled(try context.parameter("name"))) }
        table.get("/imports/new", may: Self.officers) { context in
            .page(DemoPages.form(context.formSeal(readVersion: 7), DemoPages.fields))
        }
        table.post("/imports", may: Self.officers, limits: FormLimits(parts: 40, fieldBytes: 8192, fileBytes: 4096)) { context, form in
            var reading = FormReading(form)
            _ = reading.text("title", atMost: 20)
            _ = reading.day("received")
            _ = reading.file("list")
            guard reading.isGood else { return .formAgain(DemoPages.form(context.formSeal(), reading.marked(DemoPages.fields))) }
            _ = try reading.requestID()
            return .seeOther(Address("enterprises").with("q", reading.text("title")))
        }
        table.get("/leaders", may: Right("demo.lead", "", .leader)) { _ in .page(DemoPages.titled("")) }
        for kind in Failure.Kind.allCases {
            table.get("/failing/\(kind.rawValue)", may: Self.officers) { _ in
                throw Failure(kind, "demo.\(kind.rawValue)", "示例错误", at: FilePlace(file: "名单.xls", sheet: "Sheet1", row: 4), cure: "示例办法")
            }
        }
        table.get("/api/v1/failing", may: .anyone) { _ in throw Failure(.missing, "demo.missing", "没有这家企业", cure: "核对代码") }
        table.get("/failing/unknown", may: Self.officers) { _ in throw DemoFault(secret: "password=hunter2") }
        table.get("/exports/rows", may: Self.officers) { context in
            .download(
                Download(name: "龙湾 上榜\"名单.csv", kind: .csv) { writer in
                    for number in 0..<20_000 {
                        let line = try await context.onWorkerThread { "第\(number)行\r\n" }
                        try await writer.write(line)
                    }
                })
        }
        return table
    }
}

struct DemoFault: Error { let secret: String }

struct DemoRow: Sendable {
    let id: ID<DemoRow>
    let name: String
    let town: String
    let sales: Fen?
    let checked: Day?
    let verdict: Badge?
}
