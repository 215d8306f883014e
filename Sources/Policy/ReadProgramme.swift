import Foundation
import Values

/// Reads a `programme.yaml`; whatever is wrong goes to the log, and the programme is nil where its head cannot be read.
struct ReadProgramme {
    private let log: FailureLog
    private let top: FieldReader

    init?(_ root: YamlNode, log: FailureLog) {
        guard let top = FieldReader(root, "方案文件", log: log) else { return nil }
        self.log = log
        self.top = top
    }

    /// `folder` is the name of the directory, which the id has to repeat.
    func read(folder: String) -> Programme? {
        let id = top.requiredText("id")
        if let id, id != folder {
            top.fail("id-differs", "方案的 id 是「\(id)」，文件夹叫「\(folder)」。", cure: "两处写成一样。", line: top.value("id")?.line)
        }
        let title = top.requiredText("title")
        let clauses = clauses()
        log.clauses = Set(clauses.map(\.id))
        let source = top.required("source") == nil ? nil : top.map("source", "文本来历").flatMap(source)
        let region = top.required("region") == nil ? nil : top.map("region", "地区").flatMap(region)
        let organisations = organisations()
        let phases = phases()
        let durations = durations()
        let targets = ReadTargets(log: log).read(top.maps("targets", "目标"))
        let parts = ReadDuties(log: log)
        let programme = Programme(
            id: id ?? folder, title: title ?? "", source: source ?? ReadProgramme.noSource,
            region: region ?? RegionName(code: "", name: ""),
            scope: top.text("scope"), clauses: clauses, organisations: organisations, phases: phases, durations: durations,
            targets: targets,
            duties: parts.duties(top.maps("duties", "措施")), rules: parts.rules(top.maps("rules", "决策表")),
            amounts: parts.amounts(top.maps("amounts", "金额")), openPoints: parts.openPoints(top.maps("open-points", "待明确")),
            missingPapers: parts.missingPapers(top.maps("missing-papers", "待补文件")))
        top.done()
        checkIds(of: programme)
        return title != nil && source != nil && region != nil ? programme : nil
    }

    private static let noSource = ProgrammeSource(
        kind: .essay, document: "", text: nil, issuer: .open, number: .open, date: .open, signed: nil, clause: "", says: [], open: nil,
        line: 1)

    // MARK: Head

    private func source(_ reader: FieldReader) -> ProgrammeSource? {
        let kind = reader.word("kind", SourceKind.self)
        let document = reader.requiredText("document")
        let clause = reader.requiredClause()
        let issuer = statedText(reader, "issuer")
        let number = reader.has("number") ? statedText(reader, "number") : .open
        let date = reader.requiredDate("date", .last) ?? .open
        let source = ProgrammeSource(
            kind: kind ?? .essay, document: document ?? "", text: reader.text("text"), issuer: issuer, number: number, date: date,
            signed: reader.date("signed", .last)?.value, clause: clause, says: reader.says(clause: clause),
            open: reader.openNote(needed: reader.writesOpen("issuer", "number", "date")),
            line: reader.line)
        reader.done()
        return kind == nil || document == nil ? nil : source
    }

    private func statedText(_ reader: FieldReader, _ key: String) -> Stated<String> {
        guard let text = reader.requiredText(key) else { return .open }
        return text == "open" ? .open : .said(text)
    }

    private func region(_ reader: FieldReader) -> RegionName? {
        let code = reader.requiredText("code")
        let name = reader.requiredText("name")
        if let code, code.count != 6 || !code.allSatisfy({ $0.isASCII && $0.isNumber }) {
            reader.fail("region-code", "地区代码「\(code)」不是六位数字。", cure: "写六位行政区划代码，加引号。")
        }
        reader.done()
        guard let code, let name else { return nil }
        return RegionName(code: code, name: name)
    }

    private func clauses() -> [Clause] {
        guard top.required("clauses") != nil else { return [] }
        return top.maps("clauses", "条款").compactMap { reader in
            let id = reader.requiredText("id")
            let begins = reader.requiredText("begins")
            let title = reader.requiredText("title")
            let summary = reader.requiredText("summary")
            reader.done()
            guard let id, let begins else { return nil }
            return Clause(id: id, begins: begins, title: title ?? "", summary: summary ?? "", line: reader.line)
        }
    }

    // MARK: Who and when

    private func organisations() -> [Organisation] {
        let found = top.maps("organisations", "机构").compactMap(organisation)
        log.organisations = Set(found.map(\.id))
        return found
    }

    private func organisation(_ reader: FieldReader) -> Organisation? {
        let id = reader.requiredText("id")
        let name = reader.requiredText("name")
        let clause = reader.requiredClause()
        let written = reader.texts("roles") + reader.texts("role")
        if written.isEmpty { _ = reader.required("role") }
        let roles = written.compactMap { reader.word($0, "role", OrganisationRole.self, line: reader.line) }
        let organisation = Organisation(
            id: id ?? "", name: name ?? "", roles: roles, post: reader.text("post"), clause: clause, says: reader.says(clause: clause),
            line: reader.line)
        reader.done()
        return id == nil || name == nil ? nil : organisation
    }

    private func phases() -> [Phase] {
        top.maps("phases", "阶段").compactMap { reader in
            let id = reader.requiredText("id")
            let label = reader.requiredText("label")
            let clause = reader.requiredClause()
            let from = reader.requiredDate("from", .first) ?? .open
            let to = reader.requiredDate("to", .last) ?? .open
            if let start = from.value, let end = to.value, end < start {
                reader.fail("dates-reversed", "\(reader.name)的结束日期早于开始日期。", cure: "核对原文的日期。")
            }
            let phase = Phase(
                id: id ?? "", label: label ?? "", from: from, to: to, clause: clause, says: reader.says(clause: clause),
                open: reader.openNote(needed: reader.writesOpen("from", "to")), work: reader.maps("work", "工作").compactMap(workItem),
                line: reader.line)
            reader.done()
            return id == nil ? nil : phase
        }
    }

    private func workItem(_ reader: FieldReader) -> WorkItem? {
        let id = reader.requiredText("id")
        let clause = reader.requiredClause()
        let item = WorkItem(
            id: id ?? "", text: reader.requiredText("text") ?? "", clause: clause,
            owner: reader.text("owner").map { reader.organisation($0, "owner") },
            with: reader.texts("with").map { reader.organisation($0, "with") }, says: reader.says(clause: clause), line: reader.line)
        reader.done()
        return id == nil ? nil : item
    }

    private func durations() -> [StatedDuration] {
        top.maps("durations", "时长").compactMap { reader in
            let id = reader.requiredText("id")
            let label = reader.requiredText("label")
            let clause = reader.requiredClause()
            let stated = reader.requiredNumber("stated")
            let unit = reader.word("unit", StatedDuration.Unit.self)
            let says = reader.says(clause: clause)
            reader.check(stated, "stated", isSaidIn: says)
            let dates = reader.map("dates", "起止日期").flatMap(dates)
            reader.done()
            guard let id, let label, let stated, let unit else { return nil }
            return StatedDuration(
                id: id, label: label, stated: stated, unit: unit, clause: clause, says: says, dates: dates, line: reader.line)
        }
    }

    private func dates(_ reader: FieldReader) -> StatedDuration.Dates? {
        let clause = reader.requiredClause()
        let from = reader.requiredDate("from", .first)?.value
        let to = reader.requiredDate("to", .last)?.value
        let says = reader.says(clause: clause)
        reader.done()
        guard let from, let to else { return nil }
        return StatedDuration.Dates(from: from, to: to, clause: clause, says: says)
    }

    /// Ids name things in addresses and in the store, so that each may stand once among its like.
    private func checkIds(of programme: Programme) {
        let kinds: [(String, [(String, Int)])] = [
            ("条款", programme.clauses.map { ($0.id, $0.line) }), ("机构", programme.organisations.map { ($0.id, $0.line) }),
            ("阶段", programme.phases.map { ($0.id, $0.line) }), ("工作", programme.phases.flatMap(\.work).map { ($0.id, $0.line) }),
            ("时长", programme.durations.map { ($0.id, $0.line) }), ("目标", programme.targets.map { ($0.id, $0.line) }),
            ("措施", programme.duties.map { ($0.id, $0.line) }), ("金额", programme.amounts.map { ($0.id, $0.line) }),
            ("待明确", programme.openPoints.map { ($0.id, $0.line) }), ("待补文件", programme.missingPapers.map { ($0.id, $0.line) }),
        ]
        for (kind, ids) in kinds { log.checkUnique(ids, kind) }
    }
}

extension FailureLog {
    /// Reports every id that stands twice among its like.
    func checkUnique(_ ids: [(String, Int)], _ kind: String) {
        var seen: Set<String> = []
        for (id, line) in ids where !seen.insert(id).inserted {
            fail("duplicate-id", "\(kind)「\(id)」写了两次。", cure: "改成不同的 id，或删去一处。", line: line)
        }
    }
}
