package import Values

/// The rights of importing. Files are of everybody's rows: a town sends its own back as a form.
package enum ImportRights {
    package static let load = Right(
        "imports.load", Word("导入", "Import"), .programmeOffice, .departmentOfficer, .spotCheckOfficer)
    /// Firms' own data: whoever may not correct a dossier by hand may not do it by a file either.
    package static let loadEnterprises = Right(
        "imports.load-enterprises", Word("导入企业名册", "Import registers of firms"), .programmeOffice, .departmentOfficer)
    package static let readOriginals = Right(
        "imports.read-originals", Word("看导入的原件", "Read originals"), .programmeOffice, .departmentOfficer, .spotCheckOfficer)
    package static let eraseOriginals = Right("imports.erase-originals", Word("抹去原件", "Erase originals"), .programmeOffice)

    package static let all = [load, loadEnterprises, readOriginals, eraseOriginals]

    /// What a list of a kind needs, and each of its rows.
    package static func right(_ kind: ImportKind) -> Right {
        switch kind {
        case .enterprises: loadEnterprises
        case .results, .followups: load
        }
    }
}
