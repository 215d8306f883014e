import DecisionTables
import Values

extension FeelValue {
    /// As a reader sees it: `5000`, `A`, `是`, `2006-09-05`, lists and structures in brackets.
    package var description: String {
        switch self {
        case .null: "未知"
        case .number(let number): number.description
        case .text(let text): text
        case .boolean(let flag): flag ? "是" : "否"
        case .day(let day): day.description
        case .time(let time): time.description
        case .moment(let moment): moment.description
        case .months(let months): FeelDuration.text(months: months)
        case .seconds(let seconds): FeelDuration.text(seconds: seconds)
        case .list(let items): "[" + items.map(\.description).joined(separator: "、") + "]"
        case .context(let context): "{" + context.entries.map { "\($0)：\($1.description)" }.joined(separator: "，") + "}"
        }
    }

    /// `「大」` after a kind in an error sentence; nothing for unknown, lists and structures.
    var shown: String {
        switch self {
        case .null, .list, .context: return ""
        default:
            let text = description
            return "「\(text.count > 60 ? text.prefix(60) + "…" : text[...])」"
        }
    }
}
