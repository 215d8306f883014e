import Enterprises
package import Values

/// The rights of this slice.
package enum ProgrammeRights {
    package static let read = Right(
        "programmes.read", Word("看方案", "Read programmes"), .programmeOffice, .departmentOfficer, .spotCheckOfficer, .assessor, .leader,
        .auditor, .outsideSystem,
        ownTown: true)
    package static let readRules = Right(
        "programmes.read-rules", Word("看规则表", "Read rules"), .programmeOffice, .departmentOfficer, .spotCheckOfficer, ownTown: true)
    /// A proposal tells what its figures are: a department must answer for what classes rest on, and other systems get confirmed classes alone.
    package static let readClasses = Right(
        "programmes.read-classes", Word("看企业分类和依据", "Read classes of firms and what they rest on"), .programmeOffice, .departmentOfficer,
        .spotCheckOfficer, ownTown: true, ofDuty: DossierColumn.classBasis.rawValue)
    package static let adopt = Right("programmes.adopt", Word("采纳方案", "Adopt programmes"), .programmeOffice)
    package static let rule = Right("programmes.rule", Word("认定口径", "Rule on what the text leaves open"), .programmeOffice)
    package static let confirm = Right("programmes.confirm", Word("确认企业分类", "Confirm classes of firms"), .programmeOffice)

    package static let all = [read, readRules, readClasses, adopt, rule, confirm]
}
