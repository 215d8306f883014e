import Foundation
import Values

/// Reads a file of reported figures and lists.
struct ReadReported {
    let log: FailureLog
    /// The programme, whose region is the figures' unless they name another.
    let programme: Programme

    func read(_ root: YamlNode) -> ReportedFile? {
        guard let top = FieldReader(root, "数字文件", log: log) else { return nil }
        if let source = top.required("source").flatMap({ _ in top.map("source", "出处") }) {
            let document = source.requiredText("document")
            if let document, document != programme.id {
                source.fail("document-differs", "数字写的出处是「\(document)」，方案是「\(programme.id)」。", cure: "写方案的 id。")
            }
            source.done()
        }
        let figures = top.maps("figures", "数字").compactMap(figure)
        let lists = top.maps("lists", "名单").compactMap(list)
        top.done()
        log.checkUnique(figures.map { ($0.id, $0.line) }, "数字")
        log.checkUnique(lists.map { ($0.id, $0.line) }, "名单")
        return ReportedFile(file: log.file, figures: figures, lists: lists)
    }

    private func figure(_ reader: FieldReader) -> ReportedFigure? {
        let id = reader.requiredText("id")
        let label = reader.requiredText("label")
        let measure = reader.requiredText("measure")
        let counted = reader.requiredText("counted")
        let value = reader.requiredNumber("value")
        let unit = reader.requiredText("unit")
        let clause = reader.requiredClause()
        let says = reader.says(clause: clause)
        reader.check(value, "value", isSaidIn: says)
        let qualifier = reader.has("qualifier") ? reader.word("qualifier", ReportedFigure.Qualifier.self) : nil
        let figure = ReportedFigure(
            id: id ?? "", label: label ?? "", measure: measure ?? "", counted: counted ?? "", value: value ?? 0, unit: unit ?? "",
            time: time(reader), region: reader.text("region") ?? programme.region.code, qualifier: qualifier, clause: clause, says: says,
            asSaid: reader.text("as-said"), growth: growth(reader, says), partOf: reader.text("part-of"),
            countsList: reader.text("counts-list"), laterThan: reader.text("later-than"), open: reader.text("open"), file: log.file,
            line: reader.line)
        reader.done()
        guard id != nil, label != nil, measure != nil, counted != nil, value != nil, unit != nil else { return nil }
        return figure
    }

    private func time(_ reader: FieldReader) -> ReportedFigure.Time {
        if let period = reader.map("period", "期间") {
            let from = period.requiredDate("from", .first)?.value
            let to = period.requiredDate("to", .last)?.value
            period.done()
            if let from, let to { return .period(from: from, to: to) }
            return .open
        }
        return reader.requiredDate("on", .last)?.value.map { .on($0) } ?? .open
    }

    private func growth(_ reader: FieldReader, _ says: [SaidNumber]) -> ReportedFigure.Growth? {
        guard let nested = reader.map("growth", "增长") else { return nil }
        let percent = nested.requiredNumber("percent")
        let since = nested.requiredText("since")
        nested.check(percent, "percent", isSaidIn: says)
        nested.done()
        guard let percent, let since else { return nil }
        return ReportedFigure.Growth(percent: percent, since: since)
    }

    private func list(_ reader: FieldReader) -> NameList? {
        let id = reader.requiredText("id")
        let label = reader.requiredText("label")
        let clause = reader.requiredClause()
        _ = reader.required("names")
        let names = reader.texts("names")
        _ = reader.says(clause: clause)
        let list = NameList(
            id: id ?? "", label: label ?? "", clause: clause, names: names, excludes: reader.texts("excludes"),
            counted: reader.text("counted"),
            file: log.file, line: reader.line)
        reader.done()
        return id == nil ? nil : list
    }
}

/// Reads `not-a-commitment.yaml`: numbers of the text that promise and report nothing, each with the reason.
struct ReadNotCommitments {
    let log: FailureLog

    func read(_ root: YamlNode) {
        guard let top = FieldReader(root, "不是承诺的数", log: log) else { return }
        _ = top.required("entries")
        for reader in top.maps("entries", "不是承诺的数") {
            let clause = reader.requiredClause()
            let reason = reader.requiredText("reason") ?? ""
            let items = reader.required("texts")?.items ?? []
            for item in items {
                guard let text = item.text else {
                    reader.fail("not-text", "\(reader.name)的「texts」里应为文字，这里是\(item.chinese)。", cure: "每一项照抄原文的几个字。", line: item.line)
                    continue
                }
                if NumbersInText.find(in: text).isEmpty {
                    reader.fail("says-without-number", "\(reader.name)写了「\(text)」，里面没有数。", cure: "照抄原文里含那个数的几个字。", line: item.line)
                }
                log.claim(SaidNumber(text: text, clause: clause, line: item.line), by: reason, isCommitment: false)
            }
            reader.done()
        }
        top.done()
    }
}
