import Evidence
package import Foundation
package import Imports
package import Places
package import Storage
package import Values

/// One government's running office: its store, its regions and the files it works by. Handed to every slice.
package struct Office: Sendable {
    package let store: Store
    package let regions: RegionDirectory
    package let vocabulary: HeadingVocabulary
    /// Where `programmes/`, `regulations/`, `forms/` and `public/` stand.
    package let root: URL
    /// Counts of the list of dossiers that hold until what they are made from changes.
    let listCounts = PositionCache<ListCountKey, ListCounts>()

    package init(store: Store, regions: RegionDirectory, vocabulary: HeadingVocabulary, root: URL) {
        self.store = store
        self.regions = regions.timed(by: store.clock)
        self.vocabulary = vocabulary
        self.root = root
    }

    /// Under this name the store keeps whose it is.
    package static let governmentSetting = "government.region"

    package var clock: Clock { store.clock }

    /// The region whose government runs this store; nil until it is chosen.
    package func government(_ session: any Session) throws -> Region? {
        try Settings.value(Self.governmentSetting, session).flatMap { try? regions.find($0) }
    }
}

/// Named settings of a store, versioned like everything else.
package enum Settings {
    package static func value(_ name: String, _ session: any Session) throws -> String? {
        try session.row("select value from setting as s where name = \(name) and \(RecordTable.current("s"))")?.optionalText(0)
    }

    package static func set(_ name: String, _ value: String, _ transaction: Transaction) throws {
        let row: [Value] = [.text(name), .text(value)]
        if let current = try transaction.session.row(
            "select id, value from setting as s where name = \(name) and \(RecordTable.current("s"))")
        {
            if current.text(1) != value { try transaction.replace(.setting, id: current.integer(0), row) }
        } else {
            let id: ID<Settings> = try transaction.newID(.setting)
            try transaction.open(.setting, id: id.number, row)
        }
    }
}
