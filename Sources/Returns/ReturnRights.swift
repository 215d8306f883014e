package import Values

/// The rights of this slice. A town's officers see and return the form that was sent to their own town. What towns filled in and what went up is kept
/// as it came, whatever columns it rests on: departments do not see it.
package enum ReturnRights {
    package static let read = Right("returns.read", Word("看报表", "Read forms"), .programmeOffice)
    package static let manage = Right("returns.manage", Word("绑定、下发和上报报表", "Bind, send out and send up forms"), .programmeOffice)
    package static let readTowns = Right(
        "returns.read-towns", Word("看下发到镇街的报表", "Read forms sent to towns"), .programmeOffice, ownTown: true)
    package static let returnForms = Right("returns.return", Word("报回镇街报表", "Return a town's form"), .programmeOffice, ownTown: true)

    package static let all = [read, manage, readTowns, returnForms]
}
