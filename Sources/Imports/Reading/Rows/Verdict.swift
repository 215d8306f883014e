/// What was found about a batch, or why nothing was found.
package enum Verdict: String, Sendable, CaseIterable {
    case pass
    case fail
    /// 拒检: the firm refused; its own outcome, neither pass nor fail.
    case refused
    /// 未抽样: no sample could be taken.
    case notSampled
    /// 检验中、复检中
    case pending

    package var label: String {
        switch self {
        case .pass: "合格"
        case .fail: "不合格"
        case .refused: "拒检"
        case .notSampled: "未抽样"
        case .pending: "待定"
        }
    }
}
