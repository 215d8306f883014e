package import Values

/// The rights of this slice. What an operation reads is asked by the right of the slice that it is read from.
package enum InterfaceRights {
    package static let readChanges = Right(
        "interface.read-changes", Word("看变动", "Read the change feed"), .programmeOffice, .auditor, .outsideSystem)
    package static let readMetrics = Right(
        "interface.read-metrics", Word("看运行指标", "Read the metrics of the server"), .administrator, .outsideSystem)
    package static let readTokens = Right("interface.read-tokens", Word("看令牌", "See tokens"), .administrator, .auditor)
    package static let manageTokens = Right("interface.manage-tokens", Word("发放和撤销令牌", "Issue and revoke tokens"), .administrator)
    package static let readQueries = Right(
        "interface.read-queries", Word("看外部查询记录", "Read the record of outside queries"), .administrator, .auditor)

    package static let all = [readChanges, readMetrics, readTokens, manageTokens, readQueries]
}
