package import Values

/// The rights of importing. Files are of everybody's rows: a town sends its own back as a form.
package enum ImportRights {
    package static let load = Right(
        "imports.load", Word("导入", "Import"), .programmeOffice, .departmentOfficer, .spotCheckOfficer)
    /// Firms' own data: whoever may not correct a dossier by hand may not do it by a file either.
    package static let loadEnterprises = Right(
        "imports.load-enterprises", Word("导入企业名册", "Import registers of firms"), .programmeOffice, .departmentOfficer)
    /// The department that answers for spot checks may bring what came of them.
    package static let loadResults = Right(
        "imports.load-results", Word("导入抽查结果", "Import results"), .programmeOffice, .departmentOfficer, .spotCheckOfficer,
        ofDuty: "spotcheck.result")
    package static let loadFollowUps = Right(
        "imports.load-follow-ups", Word("导入后处理结果", "Import follow-ups"), .programmeOffice, .departmentOfficer, .spotCheckOfficer,
        ofDuty: "spotcheck.follow-up")
    package static let readOriginals = Right(
        "imports.read-originals", Word("看导入的原件", "Read originals"), .programmeOffice, .departmentOfficer, .spotCheckOfficer)
    package static let eraseOriginals = Right("imports.erase-originals", Word("抹去原件", "Erase originals"), .programmeOffice)

    package static let all = [load, loadEnterprises, loadResults, loadFollowUps, readOriginals, eraseOriginals]

    /// What a list of a kind needs, and each of its rows.
    package static func right(_ kind: ImportKind) -> Right {
        switch kind {
        case .enterprises: loadEnterprises
        case .results: loadResults
        case .followups: loadFollowUps
        }
    }
}
