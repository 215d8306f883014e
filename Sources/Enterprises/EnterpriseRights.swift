package import Values

/// The rights of this slice: who may do what, and how far.
package enum EnterpriseRights {
    package static let read = Right(
        "enterprises.read", Word("看企业档案", "Read dossiers"), .programmeOffice, .departmentOfficer, .spotCheckOfficer, .outsideSystem,
        ownTown: true)
    package static let correct = Right(
        "enterprises.correct", Word("更正企业档案", "Correct dossiers"), .programmeOffice, .departmentOfficer, ownTown: true)
    package static let merge = Right("enterprises.merge", Word("并档", "Merge dossiers"), .programmeOffice)
    package static let readFillIns = Right(
        "enterprises.read-fill-ins", Word("看补报", "Read fill-ins"), .programmeOffice, .departmentOfficer, ownTown: true)
    package static let issueFillIns = Right("enterprises.issue-fill-ins", Word("下发补报", "Issue fill-ins"), .programmeOffice)

    package static let all = [read, correct, merge, readFillIns, issueFillIns]
}
