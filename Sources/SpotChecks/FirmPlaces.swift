import Enterprises
import Imports
import Places
import Values

/// Where a row's firm is, as far as its texts prove it; each different set of texts is read once.
struct FirmPlaces {
    /// What is stored of a resolution.
    struct Place {
        var region: Int64?
        var note: String
        var mentions: [Int64]
        var conflict: [Int64]
    }

    private struct Key: Hashable {
        let declared: String?
        let address: String?
        let name: String?
    }

    private let resolver: PlaceResolver
    private let day: Day
    private let context: Region?
    private var known: [Key: Place] = [:]

    init(regions: RegionDirectory, publication: Publication) {
        resolver = regions.resolver
        let day = publication.publishedDay ?? publication.year.flatMap { Day(year: $0, month: 12, day: 31) }
        self.day = day ?? Day(number: .max)
        context = publication.region.flatMap { regions.tree.region(ID($0)) }
    }

    mutating func place(declared: String?, address: String?, name: String?) -> Place {
        let key = Key(declared: declared, address: address, name: name)
        if let place = known[key] { return place }
        let found = resolver.resolve(PlaceClues(declared: declared, address: address, name: name), on: day, context: context)
        let place = Place(
            region: found.region?.id.number, note: found.sentence, mentions: found.mentions.map(\.region.id.number),
            conflict: found.conflict.map { [$0.first.region.id.number, $0.second.region.id.number] } ?? [])
        known[key] = place
        return place
    }
}
