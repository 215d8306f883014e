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

    package static let bindUsers = Right("enterprises.bind-users", Word("关联企业用户", "Bind firms’ accounts"), .programmeOffice)
    package static let readOwn = Right("enterprises.read-own", Word("看本企业档案", "Read one’s own dossier"), .enterprise)
    package static let requestCorrection = Right(
        "enterprises.request-correction", Word("申请更正本企业档案", "Ask for a correction of one’s own dossier"), .enterprise)
    package static let answerFillIns = Right(
        "enterprises.answer-fill-ins", Word("补报本企业数据", "Fill in what is asked of one’s own firm"), .enterprise)
    package static let decideRequests = Right(
        "enterprises.decide-requests", Word("答复更正申请和企业补报", "Decide on what firms ask and fill in"), .programmeOffice, .departmentOfficer,
        ownTown: true)

    package static let all = [
        read, correct, merge, readFillIns, issueFillIns, bindUsers, readOwn, requestCorrection, answerFillIns, decideRequests,
    ]
}
