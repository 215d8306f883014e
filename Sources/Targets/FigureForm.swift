import Policy
import Values
import WebSupport

/// The form in which a figure is stated.
enum FigureForm {
    static func fields(_ target: Target) -> [FormField] {
        let sources = [FigureSource.superior, .department].map { FormField.Choice($0.rawValue, $0.word) }
        var fields = [
            FormField("source", TargetWords.source, .select(sources), isRequired: true),
            FormField("reporter", TargetWords.reporter, isRequired: true),
            FormField("document", TargetWords.document, isRequired: true),
            FormField("period", TargetWords.period, isRequired: true, hint: TargetWords.periodHint),
            FormField("from", TargetWords.from, .day), FormField("to", TargetWords.to, .day),
            FormField("value", TargetWords.value, isRequired: true, unit: target.unit.map { Word($0) }),
            FormField("note", TargetWords.note),
        ]
        if target.kind == .compare {
            let choices = [FormField.Choice("", TargetWords.ours)] + target.against.map { FormField.Choice($0, Word($0)) }
            let kind: FormField.Kind = target.against.isEmpty ? .text : .select(choices)
            fields.insert(FormField("subject", TargetWords.subject, kind, hint: TargetWords.subjectHint), at: 1)
        }
        if target.kind == .growth || target.unit == nil { fields.insert(FormField("unit", TargetWords.unit), at: fields.count - 1) }
        return fields
    }

    /// The figure that the form states; nil where the reading has noted errors.
    static func draft(_ reading: inout FormReading, programme: String, target: Target) -> FigureDraft? {
        let source = reading.choice("source", of: FigureSource.self)
        if source == .own { reading.refuse("source", TargetWords.notASource) }
        let reporter = reading.text("reporter", atMost: 100)
        let document = reading.text("document", atMost: 200)
        let period = reading.text("period", atMost: 50)
        let (from, to) = (reading.optionalDay("from"), reading.optionalDay("to"))
        let written = reading.text("value", atMost: 30)
        let value = Millionths(text: written)
        if value == nil, !written.isEmpty { reading.refuse("value", TargetWords.badValue) }
        let note = reading.optionalText("note", atMost: 500)
        let subject = reading.optionalText("subject", atMost: 50) ?? ""
        let unit = reading.optionalText("unit", atMost: 20) ?? target.unit ?? ""
        guard reading.isGood, let source, let value else { return nil }
        let (first, last) = days(period, from, to)
        return FigureDraft(
            programme: programme, target: target.id, subject: subject, source: source, reporter: reporter, document: document,
            period: FigurePeriod(period, from: first, to: last), value: value, unit: unit, note: note)
    }

    /// `2017年` says its own days; other periods have those that were entered.
    static func days(_ period: String, _ from: Day?, _ to: Day?) -> (Day?, Day?) {
        guard from == nil, to == nil, period.hasSuffix("年"), let year = Int(period.dropLast()), (1...9999).contains(year) else {
            return (from, to)
        }
        let whole = FigurePeriod.year(year)
        return (whole.from, whole.to)
    }
}
