package import Values

/// The rights of this slice. Leaders see released figures only, which `TargetBoard` keeps to.
package enum TargetRights {
    package static let desk = Right(
        "targets.desk", Word("工作台", "The desk"), .programmeOffice, .departmentOfficer, .spotCheckOfficer)
    package static let read = Right(
        "targets.read", Word("看目标", "Read targets"), .programmeOffice, .departmentOfficer, .spotCheckOfficer, .leader,
        .outsideSystem)
    package static let readRows = Right(
        "targets.read-rows", Word("看目标的明细", "Read the rows behind targets"), .programmeOffice, .departmentOfficer, .spotCheckOfficer)
    package static let state = Right(
        "targets.state", Word("填报目标的数", "State figures"), .programmeOffice, .departmentOfficer, ofDuty: DutyTable.anyTarget)
    package static let release = Right("targets.release", Word("审核和发布目标的数", "Review and release figures"), .programmeOffice)

    package static let all = [desk, read, readRows, state, release]
}
