import Enterprises
import Evidence
import Foundation
import Spreadsheets
import Storage
import Targets
package import Values

/// Takes in files that came back from the towns, several at once: each is known by its code, the good ones are kept, the others say what is
/// wrong where.
package struct TakeReturns: Sendable {
    package let sendOut: ID<SendOut>
    package let files: [File]

    /// A returned file.
    package struct File: Sendable {
        package let name: String
        package let bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// What became of a file.
    package struct Outcome: Sendable {
        package enum Kind: Sendable { case taken, replaced, unchanged, refused }

        package let file: String
        package let kind: Kind
        package let region: Int64?
        package let faults: [Failure]
        package let empty: [CellBinding]
    }

    package init(_ sendOut: ID<SendOut>, files: [File]) {
        self.sendOut = sendOut
        self.files = files
    }

    /// A file that was read and waits to be kept.
    private struct Good: Sendable {
        let file: File
        let task: TownTask
        let read: ReadReturn.Read
    }

    /// - Throws: `returns.role`, `returns.unknown-send-out`.
    package func perform(in office: ReturnsOffice, by actor: Actor, request: String) async throws -> [Outcome] {
        guard FormRules.roles.contains(actor.role) || (actor.role == .townOfficer && actor.region != nil) else {
            try FormRules.admit(actor)
            return []
        }
        let id = sendOut
        let (sending, tasks, bindings) = try await office.store.read { session in
            let sending = try SendOutStore.one(id, session)
            return (sending, try SendOutStore.tasks(of: id, session), try Self.asked(sending, session))
        }
        let blank = try await office.grid(sending.blank)
        var outcomes: [Outcome] = []
        var good: [Good] = []
        for file in files {
            do {
                let read = try await read(file, blank: blank, tasks: tasks, bindings: bindings, sending, office, actor)
                good.append(read)
                if !read.read.faults.isEmpty { outcomes.append(refused(file.name, read.task.region, read.read.faults)) }
            } catch let failure as Failure {
                outcomes.append(refused(file.name, nil, [named(failure, file.name)]))
            }
        }
        good.removeAll { !$0.read.faults.isEmpty }
        outcomes += twice(&good, office)
        return outcomes + (try await keep(good, office.store, actor, request))
    }

    /// The cells as they were marked when the form was sent: a blank that came later does not move them.
    private static func asked(_ sending: SendOut, _ session: any Session) throws -> [CellBinding] {
        try FormStore.bindings(of: sending.form, known: sending.position, session).filter { $0.kind == .town && $0.placement == .placed }
    }

    private func refused(_ file: String, _ region: Int64?, _ faults: [Failure]) -> Outcome {
        Outcome(file: file, kind: .refused, region: region, faults: faults, empty: [])
    }

    private func named(_ failure: Failure, _ file: String) -> Failure {
        var place = failure.place
        place.file = file
        return Failure(failure.kind, failure.code, failure.message, at: place, cure: failure.cure)
    }

    private func read(
        _ file: File, blank: FormGrid, tasks: [TownTask], bindings: [CellBinding], _ sending: SendOut, _ office: ReturnsOffice,
        _ actor: Actor
    ) async throws -> Good {
        let workbook = try await office.shelf.workbook(file.bytes, name: file.name)
        let identity = try ReturnIdentity.read(workbook, file: file.name)
        guard let task = tasks.first(where: { $0.code == identity.code }) else { throw try await stranger(identity, sending, office) }
        let town = office.regions.name(of: task.region) ?? String(task.region)
        guard identity.town == town else {
            throw Failure(
                .invalid, "returns.wrong-town", "识别码是\(town)的，镇街一栏写的是“\(identity.town)”", cure: "核实是谁填的；请该镇街用发给它自己的表填")
        }
        if let seen = try office.regions.entrusted(to: actor), !seen.contains(task.region) {
            throw Failure(.refused, "returns.not-your-town", "这是\(town)的表，您只能交本镇街的表", cure: "核对文件")
        }
        let facts = try FormInspection(file.bytes, name: file.name).sheets
        let grid = FormGrid(workbook.sheets.map { sheet in FormSheet(sheet, facts: facts.first { $0.name == sheet.name }) })
        let own = bindings.filter { $0.town == nil || $0.town == task.region }
        return Good(file: file, task: task, read: ReadReturn(blank: blank, bindings: own, file: file.name).read(grid))
    }

    /// A code that is not of this send-out: another form's, another period's, or nobody's.
    private func stranger(_ identity: ReturnIdentity, _ sending: SendOut, _ office: ReturnsOffice) async throws -> Failure {
        let found = try await office.store.read { session -> (SendOut, ReportForm, ReportForm)? in
            guard let task = try SendOutStore.task(code: identity.code, session) else { return nil }
            let other = try SendOutStore.one(task.sendOut, session)
            return (other, try FormStore.one(other.form, session), try FormStore.one(sending.form, session))
        }
        guard let (other, form, own) = found else {
            return Failure(.invalid, "returns.unknown-code", "识别码“\(identity.code.prefix(40))”不是本系统发出的", cure: "请镇街用下发的原表填")
        }
        if other.form != sending.form {
            return Failure(
                .invalid, "returns.wrong-form", "这是「\(form.title)」的表，不是「\(own.title)」的",
                cure: "到「\(form.title)」\(other.period.word.chinese)的下发页收这份表")
        }
        return Failure(
            .invalid, "returns.wrong-period", "这是\(other.period.word.chinese)的表，这里收的是\(sending.period.word.chinese)",
            cure: "请镇街用\(sending.period.word.chinese)下发的表填；上期要更正的，到上期的下发页收")
    }

    /// Two different files of one town in one upload: nobody here knows which one counts.
    private func twice(_ good: inout [Good], _ office: ReturnsOffice) -> [Outcome] {
        var outcomes: [Outcome] = []
        for (region, same) in Dictionary(grouping: good, by: \.task.region).sorted(by: { $0.key < $1.key }) where same.count > 1 {
            if Set(same.map { sha256($0.file.bytes) }).count == 1 {
                good.removeAll { item in item.task.region == region && item.file.name != same[0].file.name }
                continue
            }
            let names = same.map(\.file.name).joined(separator: "、")
            let town = office.regions.name(of: region) ?? String(region)
            good.removeAll { $0.task.region == region }
            outcomes += same.map { item in
                refused(
                    item.file.name, region,
                    [
                        Failure(
                            .invalid, "returns.two-versions", "\(town)这次交了\(same.count)份不同的表：\(names)", at: FilePlace(file: item.file.name),
                            cure: "问清哪一份为准，只上传那一份")
                    ])
            }
        }
        return outcomes
    }

    private func keep(_ good: [Good], _ store: Store, _ actor: Actor, _ request: String) async throws -> [Outcome] {
        guard !good.isEmpty else { return [] }
        let id = sendOut
        let kinds = try await store.actOnce(request: request, "returns.take-returns", by: actor) { transaction in
            var kinds: [String] = []
            for item in good { kinds.append(try Self.keep(item, id, transaction)) }
            transaction.subject = "send-out/\(id)"
            transaction.detail = ["files": good.map(\.file.name).joined(separator: "\n")]
            return kinds.joined(separator: " ")
        }
        let words = kinds.split(separator: " ")
        return good.enumerated().map { index, item in
            let word = words.indices.contains(index) ? words[index] : ""
            let kind: Outcome.Kind = word == "replaced" ? .replaced : word == "unchanged" ? .unchanged : .taken
            return Outcome(file: item.file.name, kind: kind, region: item.task.region, faults: [], empty: item.read.empty)
        }
    }

    /// The later return takes the place of the earlier one; both files stay among the originals.
    private static func keep(_ item: Good, _ id: ID<SendOut>, _ transaction: Transaction) throws -> String {
        guard var task = try SendOutStore.task(code: item.task.code, transaction.session) else { return "unchanged" }
        let sha = try transaction.keep(original: item.file.bytes, name: item.file.name)
        guard task.returned != sha else { return "unchanged" }
        let wasReturned = task.isReturned
        task.returned = sha
        task.returnedName = item.file.name
        task.returnedDay = transaction.time.day
        task.returnedTimes += 1
        try transaction.replace(.sendOutTown, id: task.id.number, task.row)
        let old = try transaction.session.rows(
            """
            select v.id, v.binding_id, v.value from town_value as v
            where v.send_out_id = \(id) and v.region_id = \(task.region) and \(RecordTable.current("v")) order by v.id
            """)
        for row in old where item.read.values[row.id(1)] == nil { try transaction.close(.townValue, id: row.integer(0)) }
        for (binding, value) in item.read.values.sorted(by: { $0.key < $1.key }) {
            let row: [Value] = [Value(id), .integer(task.region), Value(binding), .integer(Millionths(value)?.number ?? 0)]
            if let earlier = old.first(where: { $0.id(1) == binding }) {
                if earlier.integer(2) != Millionths(value)?.number { try transaction.replace(.townValue, id: earlier.integer(0), row) }
            } else {
                let number: ID<TownValue> = try transaction.newID(.townValue)
                try transaction.open(.townValue, id: number.number, row)
            }
        }
        return wasReturned ? "replaced" : "taken"
    }
}
