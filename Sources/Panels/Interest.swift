package import Values

/// An enterprise from whose assessment an assessor withdraws (回避申报).
package struct Interest: Sendable, Equatable {
    /// What ties the assessor to the enterprise.
    package enum Ground: String, Sendable, CaseIterable {
        case employed, shareholder, relative, adviser, other

        package var word: Word {
            switch self {
            case .employed: Word("任职或曾任职", "employed there, now or before")
            case .shareholder: Word("持股或投资", "shareholder or investor")
            case .relative: Word("近亲属在该企业", "a near relative is there")
            case .adviser: Word("提供咨询、检测或认证", "advises, tests or certifies it")
            case .other: Word("其他可能影响公正的关系", "another tie that may affect fairness")
            }
        }
    }

    package let id: ID<Interest>
    package let account: String
    package let enterprise: String
    package let ground: Ground
    package let reason: String
    package let declaredOn: Day
}
