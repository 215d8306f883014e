import Enterprises
import Evidence
import Foundation
import Places
import Questions
import Spreadsheets
package import Storage
package import Values

/// Fills a form for a period: every bound cell asks its question at one journal position; nothing is copied by hand and nothing is guessed.
package struct FillForm: Sendable {
    package let office: ReturnsOffice
    package let actor: Actor

    package init(_ office: ReturnsOffice, as actor: Actor) {
        self.office = office
        self.actor = actor
    }

    /// The filled form; a cell that cannot be filled says why.
    ///
    /// - Parameter known: the journal position to ask at; nil for the latest.
    package func fill(_ form: ReportForm, _ period: ReportPeriod, grid: FormGrid, known: Int64? = nil, _ session: any Session) throws
        -> FilledForm
    {
        let position = try known ?? JournalQuery.head(session).position
        let bindings = try FormStore.bindings(of: form.id, known: known, session)
        let sending = try SendOutStore.sendOut(of: form.id, period, known: known, session)
        let merged = try sending.map { try MergedReturns.read($0, bindings: bindings, office: office, known: known, session) }
        let region = try office.office.government(session)?.id.number
        var cells: [FilledCell] = []
        for binding in bindings where binding.placement == .placed {
            switch binding.kind {
            case .figure: cells.append(try figure(binding, period, region: region, known: position, session))
            case .text:
                let text = QuestionTemplate.resolved(binding.text, period)
                cells.append(cell(binding, .text(text), source: Word("固定文字", "fixed text")))
            case .formula: cells.append(cell(binding, .formula(nil), source: Word("公式", "formula")))
            case .town: cells.append(town(binding, merged))
            }
        }
        return FilledForm(
            form: form, period: period, position: position, cells: Self.computed(cells, grid),
            waiting: bindings.filter { $0.placement != .placed })
    }

    private func cell(
        _ binding: CellBinding, _ content: FilledCell.Content, question: Question? = nil, source: Word, n: Int64? = nil,
        unit: String? = nil,
        sendOut: ID<SendOut>? = nil
    ) -> FilledCell {
        FilledCell(
            binding: binding, content: content, question: question, source: source, n: n, unit: unit ?? binding.unit, sendOut: sendOut)
    }

    private func figure(
        _ binding: CellBinding, _ period: ReportPeriod, region: Int64?, known: Int64, _ session: any Session
    ) throws -> FilledCell {
        guard let template = binding.question else { return cell(binding, .missing(ReturnsReasons.noQuestion), source: "") }
        do {
            let told = try AskTemplate(office, actor).ask(
                template, period, region: region, unit: binding.unit, decimals: binding.decimals, known: known, session)
            let content: FilledCell.Content =
                told.value.map { .number($0) }
                ?? .missing(told.isSuppressed ? ReturnsReasons.suppressed : ReturnsReasons.noData(told.notes))
            return cell(binding, content, question: told.question, source: told.sentence, n: told.n, unit: told.unit)
        } catch let failure as Failure where failure.kind == .invalid || failure.kind == .missing {
            // One question that no longer fits leaves its cell empty and says so; the others are filled.
            return cell(binding, .missing(Word(failure.message)), source: Word(template.text.replacing("\n", with: " ")))
        }
    }

    private func town(_ binding: CellBinding, _ merged: MergedReturns?) -> FilledCell {
        guard let merged else { return cell(binding, .missing(ReturnsReasons.notSentOut), source: Word("镇街填报", "filled by towns")) }
        let source = Word("镇街填报汇总（第\(merged.sendOut.id)次下发）", "sum of the towns (sending no. \(merged.sendOut.id))")
        guard let total = merged.total(binding) else {
            return cell(binding, .missing(merged.whyNoTotal(binding)), source: source, sendOut: merged.sendOut.id)
        }
        return cell(
            binding, .number(BoundValue.rounded(total, binding.decimals)), source: source, n: Int64(merged.values(of: binding).count),
            sendOut: merged.sendOut.id)
    }

    /// The same cells with the results of formulas that can be told.
    static func computed(_ cells: [FilledCell], _ grid: FormGrid) -> [FilledCell] {
        cells.map { filled in
            guard filled.binding.kind == .formula, let sheet = grid.sheet(filled.binding.place.sheet) else { return filled }
            let result = FormulaResults(sheet: sheet, cells: cells).result(filled.binding.place.cell)
            return FilledCell(
                binding: filled.binding, content: .formula(result), question: nil,
                source: Word(
                    "公式 =" + (sheet.formulas[filled.binding.place.cell] ?? ""),
                    "formula =" + (sheet.formulas[filled.binding.place.cell] ?? "")),
                n: nil, unit: filled.unit, sendOut: nil)
        }
    }
}

/// The results of a sheet's formulas over the values that were filled in.
struct FormulaResults {
    let sheet: FormSheet
    private let filled: [CellPlace: FilledCell]
    private static let deepest = 30

    init(sheet: FormSheet, cells: [FilledCell]) {
        self.sheet = sheet
        let here = cells.filter { $0.binding.place.sheet == sheet.name && $0.binding.kind != .formula }
        filled = Dictionary(here.map { ($0.binding.place.cell, $0) }) { first, _ in first }
    }

    func result(_ place: CellPlace, depth: Int = 0) -> Decimal? {
        guard depth < Self.deepest, let formula = sheet.formulas[place] else { return nil }
        return CellFormula.result(formula) { operand($0, depth: depth + 1) }
    }

    private func operand(_ place: CellPlace, depth: Int) -> CellFormula.Operand {
        if let cell = filled[place] {
            switch cell.content {
            case .number(let value): return .number(sheet.percents.contains(place) ? value / 100 : value)
            case .text: return .blank
            case .missing: return .unknown
            case .formula: break
            }
        }
        if sheet.formulas[place] != nil { return result(place, depth: depth).map { .number($0) } ?? .unknown }
        if case .number(let value) = sheet.cells[place] ?? .empty { return .number(Decimal(string: "\(value)") ?? 0) }
        return .blank
    }

    /// Every formula of the sheet whose result can be told.
    var all: [CellPlace: Decimal] {
        var results: [CellPlace: Decimal] = [:]
        for place in sheet.formulas.keys where filled[place] == nil { results[place] = result(place) }
        return results
    }
}

/// Asks a template's question for a period and a region.
struct AskTemplate: Sendable {
    let office: ReturnsOffice
    let actor: Actor

    init(_ office: ReturnsOffice, _ actor: Actor) {
        self.office = office
        self.actor = actor
    }

    /// What came of it.
    struct Told: Sendable {
        let value: Decimal?
        let question: Question
        let sentence: Word
        let n: Int64
        let unit: String
        let isSuppressed: Bool
        let notes: [String]
    }

    func ask(
        _ template: QuestionTemplate, _ period: ReportPeriod, region: Int64?, unit: String, decimals: Int, known: Int64?,
        _ session: any Session
    ) throws -> Told {
        let text = QuestionText(catalogue: office.catalogue, regions: office.regions)
        let question = try text.read(template.parts(period, region: region), session).question
        var asked = question
        asked.known = known
        let answer = try office.asking(actor).ask(asked, session)
        try BoundValue.check(unit, answer.metric)
        let unit = unit.isEmpty ? BoundValue.units(answer.metric).first ?? "" : unit
        return Told(
            value: BoundValue.value(answer.figure, answer.metric, unit: unit, decimals: decimals), question: question,
            sentence: text.line(question), n: answer.figure.n, unit: unit, isSuppressed: answer.figure.isSuppressed, notes: answer.notes
        )
    }
}

/// Why a cell stays empty.
enum ReturnsReasons {
    static let noQuestion = Word("没有绑定查询", "no question is bound")
    static let suppressed = Word("不足3家，已隐去", "fewer than three firms: hidden")
    static let notSentOut = Word("这一期还没有下发镇街", "not sent to the towns yet")
    static let shareNotSummed = Word("百分比不能相加，只在分镇街表里看", "shares are not added up; see the table by town")

    static func noData(_ notes: [String]) -> Word {
        Word("缺数据" + (notes.isEmpty ? "" : "（" + notes.joined(separator: "；") + "）"), "no data")
    }

    static func owing(_ towns: [String]) -> Word {
        Word("还差\(towns.count)个镇街：" + towns.joined(separator: "、"), "\(towns.count) towns are missing: " + towns.joined(separator: ", "))
    }
}
