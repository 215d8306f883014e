import DecisionTables

/// What confirmed classes rest on (归类依据): the facts used with values, year and the day they hold, the reason, and the rulings.
///
/// Made for a whole register: what is the same for every firm of a group is put together once.
struct ClassBases {
    private let run: ClassRun
    /// For each input that is used its label with the year, its unit, and its column among the facts.
    private let used: [(label: String, unit: String, column: Int?)]
    private let columnOfAxis: [Int?]
    private let middle: String
    private let end: String
    private var groups: [Int: (key: String, sentence: DecidedSentence?)] = [:]

    init(_ run: ClassRun) {
        self.run = run
        func column(_ input: String) -> Int? { run.columns.firstIndex { $0.input == input } }
        used = run.table.asWritten.inputs.filter { $0.kind != .open }.map { input in
            let place = column(input.name)
            let isYearly = place.map { run.columns[$0].source.year != nil } ?? false
            return ("\(input.label)\(isYearly ? "（\(run.year)年）" : "")=", input.unit ?? "", place)
        }
        columnOfAxis = run.table.table.inputs.map { column($0.name) }
        middle = "；以\(run.on)为准，数据截至日志第\(run.position)号；"
        let rulings = run.table.rulings.map { "\($0.choice)（\($0.documentNumber)）" }.joined(separator: "、")
        end = rulings.isEmpty ? "" : "；口径认定：" + rulings
    }

    /// The key of the group that is proposed for a firm, and its reasons in words.
    mutating func basis(of firm: ClassedFirms.Firm) -> (proposed: String, basis: String) {
        if groups[firm.place] == nil {
            let group = run.group(at: firm.place)
            groups[firm.place] = (group?.key ?? "", group.flatMap { DecidedSentence(run.table.table, $0.outcome) })
        }
        let (key, sentence) = groups[firm.place] ?? ("", nil)
        let values = firm.facts.indices.map { shown(firm, $0) }
        var text = ""
        for (place, input) in used.enumerated() {
            if place > 0 { text += "，" }
            text += input.label
            if let value = input.column.flatMap({ values[$0] }) {
                text += value
                text += input.unit
            } else {
                text += FactValue.unknown.description
            }
        }
        text += middle
        text += sentence?.text { axis in columnOfAxis[axis].flatMap { values[$0] } } ?? run.table.table.sentence(run.facts(of: firm.id))
        text += end
        return (key, text)
    }

    private func shown(_ firm: ClassedFirms.Firm, _ column: Int) -> String? {
        let number = firm.facts[column]
        return number == OutcomePlaces.unknown ? nil : run.columns[column].source.text(whole: number, unit: run.columns[column].unit)
    }
}
