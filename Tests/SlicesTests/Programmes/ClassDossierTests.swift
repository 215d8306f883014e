import Enterprises
import Foundation
import Policy
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Programmes

@Suite struct ClassDossierTests {
    @Test func `the dossier says why the firm is in its class`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let section = ClassDossierSection(office.desk)
        let text = try await office.desk.office.store.read { session -> String in
            let dossier = try EnterpriseStore.dossier(ID(3), at: nil, session)
            let reading = DossierReading(dossier: dossier, day: ProgrammeFixture.today, position: nil, actor: .local)
            guard let said = try section.contribution(reading, session) else { return "" }
            var html = HTML(language: .chinese)
            said.write(&html)
            return html.text
        }
        #expect(text.contains("B类(重点帮扶)"))
        #expect(text.contains("还差180万元"))
        #expect(text.contains("where=enterprise%3D3"))
    }

    @Test func `a sentence shows its cells in words each time, and names as they are`() {
        for _ in 0..<2 {
            #expect(RuleText.sentence("「甲类」：销售额「>= 1000」，「[1..5]」").chinese == "「甲类」：销售额「≥ 1000」，「≥ 1且≤ 5」")
        }
        #expect(RuleText.sentence("没有单元格").chinese == "没有单元格")
    }

    @Test func `a classification and a programme are given as text and JSON`() async throws {
        let office = try await ProgrammeFixture.make()
        try await office.adopt()
        let run = try await office.run()
        #expect(run.lines.contains("合计　6家"))
        let json = try #require(try JSONSerialization.jsonObject(with: run.json()) as? [String: Any])
        #expect(json["year"] as? Int == 2006)
        #expect((json["groups"] as? [[String: Any]])?.first?["key"] as? String == "A")
        let folder = try ProgrammeLibrary.load(programme: ProjectFiles.url("programmes/longwan-2006")).get()
        #expect(folder.shownLines.contains { $0.contains("四(三)2　企业分类指导") })
    }
}
