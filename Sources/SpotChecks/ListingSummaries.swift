package import Enterprises
package import Places
package import Storage
import Values

/// What one list says of a region in a few numbers, for places that name many lists.
package struct ListingSummary: Sendable {
    package let firms: Int
    package let batches: Int
    package let failing: Int
    /// Rows of ours to settle, without a dossier, or failed and not followed up.
    package let waiting: Int

    init(_ listing: LocalListing) {
        let ours = listing.ours
        firms = listing.firms
        batches = ours.count
        failing = listing.failing.count
        waiting = listing.unclear.count + listing.entries(.candidate).count + listing.withoutFollowUp.count
    }
}

/// Summaries of lists, each read once until an act touches lists, results or follow-ups.
package final class ListingSummaries: Sendable {
    private struct Key: Hashable, Sendable {
        let publication: Int64
        let region: Int64
    }

    private let kept = PositionCache<Key, ListingSummary>()

    package init() {}

    package func summary(
        of publication: Int64, region: Region, regions: RegionDirectory, _ session: any Session
    ) throws -> ListingSummary {
        let changed = try LocalListing.lastChange(session)
        return try kept.answer(Key(publication: publication, region: region.id.number), at: changed) {
            ListingSummary(
                try LocalListing.load(publications: [publication], region: region, regions: regions, withEarlier: false, session))
        }
    }
}
