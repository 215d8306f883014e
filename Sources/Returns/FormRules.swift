import Values

/// What every act on forms checks first.
enum FormRules {
    /// Who may bind, send out and send up.
    static let roles: Set<Role> = [.programmeOffice]

    static func admit(_ actor: Actor) throws {
        guard roles.contains(actor.role) else {
            throw Failure(.refused, "returns.role", "报表的绑定、下发和上报只由质强办办理", cure: "请质强办办理")
        }
    }

    /// - Throws: `returns.stale`.
    static func checkVersion(_ shown: Int64?, _ form: ReportForm) throws {
        guard let shown, shown != form.version else { return }
        throw Failure(.conflict, "returns.stale", "这张报表在您打开页面以后换过表样或设置", cure: "刷新页面，看过现在的内容再做")
    }

    /// - Throws: `returns.period`.
    static func period(_ text: String, _ form: ReportForm) throws -> ReportPeriod {
        let examples: [Cadence: String] = [.month: "2026-09", .quarter: "2026Q3", .year: "2026"]
        guard let period = ReportPeriod(text), period.cadence == form.cadence else {
            throw Failure(
                .invalid, "returns.period", "“\(text.prefix(20))”不是\(form.cadence.word.chinese)的期别",
                cure: "写成 \(examples[form.cadence] ?? "2026") 的形式")
        }
        return period
    }
}

extension ReportPeriod {
    /// A period as it was typed for a form.
    ///
    /// - Throws: `returns.period`.
    package static func read(_ text: String, for form: ReportForm) throws -> ReportPeriod { try FormRules.period(text, form) }
}

extension FilledCell {
    /// Why nothing came into the cell; empty where something did.
    package var whyMissing: String {
        if case .missing(let why) = content { return why.chinese }
        return ""
    }
}
