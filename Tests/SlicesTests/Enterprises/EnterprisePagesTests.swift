import Enterprises
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@Suite struct EnterprisePagesTests {
    private func pages(_ office: RegisterOffice, _ addresses: [String]) async throws -> [(status: Int, text: String)] {
        let configuration = WebConfiguration(
            publicFolder: ProjectFiles.url("public"),
            uploadFolder: FileManager.default.temporaryDirectory.appendingPathComponent("uploads-\(UUID().uuidString)"),
            clock: office.office.clock, logger: Logger(label: "test"),
            frame: { context in
                Frame(navigation: [], programmes: [], on: try context.on(), known: nil, actor: Word("质强办"), search: Address("enterprises"))
            })
        let application = try WebServer.build(
            routes: EnterpriseRoutes.table(office.office, sections: [ClassSection()]), configuration: configuration)
        return try await application.test(.router) { client in
            var answers: [(status: Int, text: String)] = []
            for address in addresses {
                let answer = try await client.execute(uri: address, method: .get)
                answers.append((answer.status.code, String(decoding: answer.body.readableBytesView, as: UTF8.self)))
            }
            return answers
        }
    }

    /// What another slice would add.
    private struct ClassSection: DossierSection {
        var tab: DossierTab { .overview }

        func contribution(_ reading: DossierReading, _ session: any Storage.Session) throws -> DossierContribution? {
            DossierContribution(badge: Badge(.good, "示例类")) { html in html.add(Sheet("为什么是示例类") { _ in }) }
        }
    }

    @Test func `list, dossier, correction and requests are pages in Chinese whose numbers open`() async throws {
        try await RegisterOffice.with { office in
            try await office.take("企业名称,统一社会信用代码,年度,年销售额（万元）,产品名称", "示例甲鞋厂,91330303MA0TE5T082,2006,4820,皮鞋", "示例乙鞋厂,,,,")
            let id = try await IssueFillIn.run(
                title: "2007年补报", region: nil, year: 2007, fields: [.sales], office: office.office, actor: .local)
            let answers = try await pages(
                office,
                [
                    "/enterprises?q=%E7%94%B2%E9%9E%8B", "/enterprises/1", "/enterprises/1?tab=accounts", "/enterprises/1?tab=history",
                    "/enterprises/1/edit",
                    "/fill-ins", "/fill-ins/\(id)", "/fill-ins/\(id)/towns/none", "/enterprises/99", "/enterprises?missing=2006",
                    "/enterprises/1?known=0",
                ])
            #expect(answers.map(\.status) == [200, 200, 200, 200, 200, 200, 200, 200, 404, 200, 404])
            #expect(answers[0].text.contains("示例甲鞋厂"))
            #expect(!answers[0].text.contains("示例乙鞋厂"))
            #expect(answers[0].text.contains("/questions/enterprise?known="))
            #expect(answers[1].text.contains("示例类"))
            #expect(answers[1].text.contains("/questions/account?metric=sales"))
            #expect(answers[2].text.contains("4,820"))
            #expect(answers[3].text.contains("建档：示例甲鞋厂"))
            #expect(answers[4].text.contains("91330303MA0TE5T082"))
            #expect(answers[6].text.contains("未交"))
            #expect(answers[7].text.hasPrefix("PK"))
            #expect(answers[8].text.contains("没有编号为99的企业档案"))
            #expect(answers[9].text.contains("示例乙鞋厂"))
        }
    }
}
