package import Values

/// The rights of this slice: who may do what.
package enum AccountRights {
    package static let manage = Right("accounts.manage", Word("管理账号和机构", "Manage accounts and organisations"), .administrator)
    package static let read = Right("accounts.read", Word("查看账号和机构", "See accounts and organisations"), .administrator, .auditor)

    package static let readReadings = Right(
        "accounts.read-readings", Word("看查阅记录", "See who read confidential pages"), .auditor)

    package static let readDuties = Right(
        "accounts.read-duties", Word("看部门职责", "See which department answers for what"), .programmeOffice, .departmentOfficer,
        .spotCheckOfficer, .auditor, .administrator, ownTown: true)

    package static let all = [manage, read, readReadings, readDuties]
}
