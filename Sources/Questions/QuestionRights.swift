package import Values

/// The rights of this slice.
package enum QuestionRights {
    package static let ask = Right(
        "questions.ask", Word("统计查询", "Ask questions"), .programmeOffice, .departmentOfficer, .spotCheckOfficer, .outsideSystem,
        ownTown: true)
    package static let arrangeDesk = Right("questions.arrange-desk", Word("安排工作台上的查询", "Put views on the desk"), .programmeOffice)
    package static let loadMaps = Right(
        "questions.load-maps", Word("装入地图边界", "Load boundaries"), .programmeOffice)
    package static let readJournal = Right("questions.read-journal", Word("看日志", "Read the journal"), .programmeOffice, .auditor)

    package static let all = [ask, arrangeDesk, loadMaps, readJournal]
}
