import Enterprises
import Places
import Storage
import Values

/// Listings that pages read lately, each until an act touches lists, results or follow-ups: to read and sort a thousand rows for every look at them
/// made theirs the dearest page that people often open.
final class KeptListings: Sendable {
    private struct Key: Hashable, Sendable {
        let publications: [Int64]
        let region: Int64
    }

    /// Rows of a listing that is kept, and how many are: some thirty megabytes at most. Longer ones are read anew.
    private static let mostRows = 2000
    private let kept = PositionCache<Key, LocalListing>(limit: 16)

    func listing(
        of publications: [Int64], region: Region, regions: RegionDirectory, _ session: any Session
    ) throws -> LocalListing {
        try kept.answer(
            Key(publications: publications, region: region.id.number), at: try LocalListing.lastChange(session),
            keeping: { $0.entries.count + $0.earlier.count <= Self.mostRows }
        ) {
            try LocalListing.load(publications: publications, region: region, regions: regions, session)
        }
    }
}
