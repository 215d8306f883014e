import Enterprises
import Evidence
import Places
import Storage
import Values
import WebSupport

/// What a listing page is about: one publication, or all that one act brought in.
struct ListingSource {
    let publications: [Int64]
    let base: Address
    let region: Region?

    static func publication(_ office: Office, _ context: WebContext) async throws -> ListingSource {
        let id: ID<Publication> = try context.id("publication")
        return try await make([id.number], Address("publications", id), office, context.query["region"])
    }

    static func position(_ office: Office, _ context: WebContext) async throws -> ListingSource {
        let position: ID<JournalEntry> = try context.id("position")
        let ids = try await office.store.read { try SpotCheckStore.publications(importedAt: position.number, $0) }
        guard !ids.isEmpty else {
            throw Failure(.missing, "listing.missing", "这次操作没有导入名单", cure: "从名单列表重新进入")
        }
        return try await make(ids, Address("listings", position), office, context.query["region"])
    }

    private static func make(_ ids: [Int64], _ base: Address, _ office: Office, _ region: String?) async throws -> ListingSource {
        let own = try region.map { try office.regions.find($0) }
        let government = own == nil ? try await office.store.read { try office.government($0) } : nil
        return ListingSource(publications: ids, base: base, region: own ?? government)
    }

    /// The address of the page or one of its downloads and actions, the region kept.
    func address(_ step: String? = nil) -> Address {
        let address = step.map { base.appending($0) } ?? base
        return address.with("region", region.map { $0.id.number })
    }

    func listing(_ office: Office, from kept: KeptListings) async throws -> LocalListing {
        guard let region else {
            throw Failure(.invalid, "listing.region-missing", "还没有选定地区", cure: "在页面上填写地区名称或代码")
        }
        let (publications, regions) = (publications, office.regions)
        return try await office.store.read { try kept.listing(of: publications, region: region, regions: regions, $0) }
    }
}

/// Figures link to the question that answers them.
enum QuestionLink {
    static func of(_ question: Question, known position: Int64? = nil) -> Address {
        var address = Address("questions", question.fact)
        for item in question.items { address = address.with(item.name, item.value) }
        return address.with("known", position)
    }
}
