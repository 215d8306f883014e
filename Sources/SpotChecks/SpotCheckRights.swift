import Enterprises
package import Values

/// The rights of this slice. Lists are of the whole government, so a town's officers see their own results and not the lists.
package enum SpotCheckRights {
    package static let readResults = Right(
        "spotchecks.read-results", Word("看抽查结果", "Read results"), .programmeOffice, .departmentOfficer, .spotCheckOfficer, ownTown: true)
    package static let readLists = Right(
        "spotchecks.read-lists", Word("看公布的名单", "Read published lists"), .programmeOffice, .departmentOfficer, .spotCheckOfficer,
        .outsideSystem)
    package static let workLists = Right(
        "spotchecks.work-lists", Word("办理名单：建档、归属、抽样方式", "Work on lists: dossiers, places, sampling"), .programmeOffice, .departmentOfficer,
        .spotCheckOfficer, ofDuty: DossierColumn.spotCheckResults.rawValue)

    package static let openLists = Right("spotchecks.open-lists", Word("向公众开放名单", "Open lists to the public"), .programmeOffice)

    package static let all = [readResults, readLists, workLists, openLists]
}
