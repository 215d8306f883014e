package import Values

/// The rights of importing. Files are of everybody's rows: a town sends its own back as a form.
package enum ImportRights {
    package static let load = Right(
        "imports.load", Word("导入", "Import"), .programmeOffice, .departmentOfficer, .spotCheckOfficer)
    package static let readOriginals = Right(
        "imports.read-originals", Word("看导入的原件", "Read originals"), .programmeOffice, .departmentOfficer, .spotCheckOfficer)
    package static let eraseOriginals = Right("imports.erase-originals", Word("抹去原件", "Erase originals"), .programmeOffice)

    package static let all = [load, readOriginals, eraseOriginals]
}
