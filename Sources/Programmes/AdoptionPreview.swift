import DecisionTables
import Evidence
package import Policy
package import Storage
package import Values

/// What adopting a programme would do, shown before anybody adopts it.
package struct AdoptionPreview: Sendable {
    /// A firm that would be classed otherwise.
    package struct Move: Sendable, Hashable {
        package let subject: ClassSubject
        package let before: String
        package let after: String
    }

    /// One table: how the classes fall out now, and who would move.
    package struct TableChange: Sendable {
        package let id: String
        package let label: String
        /// True where the store has no such table in force.
        package let isNew: Bool
        /// The groups under the new file.
        package let groups: [ClassGroup]
        /// How many firms would move, and the first of them by name.
        package let moveCount: Int
        package let moves: [Move]
        /// Rulings that end because their file changes.
        package let endingRulings: [RecordedRuling]
    }

    package let id: String
    package let title: String
    /// The digest of the files that would be adopted: what a person has seen.
    package let digest: String
    package let isFirst: Bool
    /// Files added, changed, removed, against what is in force.
    package let added: [String]
    package let changed: [String]
    package let removed: [String]
    package let tables: [TableChange]
    package let findings: [PolicyFinding]
    package let year: Int

    package var isUnchanged: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
    package var moveCount: Int { tables.reduce(0) { $0 + $1.moveCount } }
}

extension ProgrammeDesk {
    /// Compares a folder with what is in force, over the facts of the day.
    ///
    /// - Parameter shown: how many firms are named for each table.
    package func preview(
        _ folder: ProgrammeFolder, on day: Day, by actor: Actor, shown: Int = 200, _ session: any Session
    ) throws -> AdoptionPreview {
        let id = folder.programme.id
        let before = try adopted(id, session)
        let old = Dictionary((before?.files ?? []).map { ($0.name, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(folder.files.map { ($0.name, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        let oldTables = try before.map { try classTables($0, session) } ?? []
        let newTables = try classTables(folder, session)
        return AdoptionPreview(
            id: id, title: folder.programme.title, digest: folder.digest, isFirst: before == nil,
            added: new.keys.filter { old[$0] == nil }.sorted(), changed: new.keys.filter { old[$0] != nil && old[$0] != new[$0] }.sorted(),
            removed: old.keys.filter { new[$0] == nil }.sorted(),
            tables: try newTables.map { table in
                try change(oldTables.first { $0.asWritten.id == table.asWritten.id }, table, day, actor, shown, session)
            }, findings: ProgrammeCheck(folder, knownMetrics: knownMetrics).findings(), year: newTables.first?.year(on: day) ?? day.year - 1
        )
    }

    private func change(
        _ old: ClassTable?, _ new: ClassTable, _ day: Day, _ actor: Actor, _ shown: Int, _ session: any Session
    ) throws -> AdoptionPreview.TableChange {
        let after = try classify(new, on: day, known: nil, by: actor, session)
        var moved: [(Int64, String, String)] = []
        var count = 0
        if let old {
            let before = try classify(old, on: day, known: nil, by: actor, session)
            // Both runs are about the same firms at the same position.
            for (left, right) in zip(before.firms.placed, after.firms.placed) {
                guard let from = before.group(at: left.place), let to = after.group(at: right.place), !from.outcome.isSame(as: to.outcome)
                else { continue }
                count += 1
                if moved.count < shown { moved.append((right.id, from.label, to.label)) }
            }
        }
        let names = try ClassStore.names(moved.map(\.0), session, at: nil)
        let byID = Dictionary(names.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let rulings = try RulingStore.rulings(of: new.programme.id, table: new.asWritten.id, session)
        return AdoptionPreview.TableChange(
            id: new.asWritten.id, label: new.asWritten.label, isNew: old == nil, groups: after.groups, moveCount: count,
            moves: moved.compactMap { id, before, after in byID[id].map { AdoptionPreview.Move(subject: $0, before: before, after: after) }
            },
            endingRulings: rulings.filter { $0.fileSha != new.fileSha })
    }
}
