import Enterprises
import Imports
import Storage
import Values

/// Turns the rows of a list of results into records: places and links are found for the whole list at once.
struct ResultDrafts {
    let regions: RegionDirectory
    let vocabulary: HeadingVocabulary
    let publication: Publication
    let table: CheckedTable

    func all(_ session: any Session) throws -> [SampleResult] {
        var places = FirmPlaces(regions: regions, publication: publication)
        var drafts = table.rows.map(written)
        for index in drafts.indices { place(table.rows[index], &drafts[index], &places) }
        let links = try FirmLinks(
            codes: Set(drafts.compactMap(\.producerCode)), names: Set(drafts.map { NameFolding.key($0.firm) }), regions: regions, session)
        for index in drafts.indices { ResultDrafts.link(&drafts[index], links) }
        return drafts
    }

    /// What the row says.
    private func written(_ row: ReadRow) -> SampleResult {
        var draft = SampleResult()
        draft.row = row.number
        draft.sequence = row.text("sequence")
        draft.producer = row.text("producer")
        draft.producerCode = row.text("code")
        draft.sampledUnit = row.text("sampled_unit")
        draft.product = row.text("product") ?? publication.productKind
        draft.productKind = publication.productKind ?? row.text("product_class") ?? row.text("product")
        draft.brand = row.text("brand")
        draft.model = [row.text("model"), row.text("grade")].compactMap { $0 }.joined(separator: " ").nonEmpty
        draft.batch = [row.text("batch"), row.text("batch_number")].compactMap { $0 }.joined(separator: " ").nonEmpty
        draft.verdict = row.verdict ?? .pending
        draft.failedItems = row.text("failed_items") ?? (row.verdict == .fail ? row.text("test_item") : nil)
        draft.laboratory = row.text("laboratory")
        draft.recheck = row.text("recheck")
        draft.remark = remark(row)
        draft.level = publication.level
        draft.method = method(row)
        draft.stage = stage(row)
        draft.doubt = ResultDrafts.doubt(row)
        draft.eventDay = (row.day("sampling_day") ?? row.day("test_day") ?? row.day("published_day"))?.day ?? publication.publishedDay
        draft.year = table.sheet.title.year ?? draft.eventDay?.year ?? publication.year
        let oneSided: [ListKind] = [.failing, .passing, .refused, .failedTwice]
        draft.isRated = draft.doubt == nil && table.sheet.impliedVerdict == nil && !oneSided.contains(table.sheet.title.kind)
        return draft
    }

    /// The remark, and what a row says besides in fields that have no column of their own.
    private func remark(_ row: ReadRow) -> String? {
        let fields = ["remark", "supplier", "severity", "test_item", "measured_value", "limit", "report_number", "standard", "licence"]
        var parts = fields.compactMap { name in
            row.text(name).map { name == "remark" ? $0 : "\(vocabulary[.results]?[name]?.label ?? name)：\($0)" }
        }
        parts += row.others.sorted { $0.key < $1.key }.map { "\($0.key)：\($0.value)" }
        return parts.joined(separator: "；").nonEmpty
    }

    /// What the row states wins over the title; nothing is assumed.
    private func method(_ row: ReadRow) -> SamplingMethod {
        for text in [row.text("method"), row.text("task_source")].compactMap({ $0 }) {
            let found = vocabulary.titles.methods.first { entry in entry.words.contains { text.contains($0) } }
            if let found { return found.method }
        }
        return publication.method
    }

    private func stage(_ row: ReadRow) -> SamplingStage {
        if let text = row.text("stage") { return CellWords(values: vocabulary.values).stage(text) }
        return publication.stage
    }

    private static func doubt(_ row: ReadRow) -> SampleResult.Doubt? {
        let isCounterfeit = row.doubts.contains { if case .counterfeit = $0 { true } else { false } }
        if isCounterfeit { return .counterfeit }
        return row.doubts.contains(.masked) ? .masked : nil
    }

    /// The maker's place; where no maker is named, that of the firm the sample was taken from. A possible counterfeit was not made where its
    /// label says, so that the place is only mentioned.
    private func place(_ row: ReadRow, _ draft: inout SampleResult, _ places: inout FirmPlaces) {
        let isOwnSample = draft.sampledUnit.map { NameFolding.key($0) == draft.producerFolded } ?? false
        if draft.producer == nil {
            draft.declaredRegion = row.text("sampled_region") ?? row.text("region")
            draft.address = row.text("sampled_address") ?? row.text("producer_address")
        } else {
            draft.declaredRegion = row.text("region") ?? (isOwnSample ? row.text("sampled_region") : nil)
            draft.address = row.text("producer_address") ?? (isOwnSample ? row.text("sampled_address") : nil)
        }
        let name = draft.doubt == .masked ? nil : draft.firm.nonEmpty
        let place = places.place(declared: draft.declaredRegion, address: draft.address, name: name)
        draft.placeNote = place.note
        draft.mentions = place.mentions
        draft.conflict = place.conflict
        if draft.doubt == .counterfeit {
            draft.mentions += [place.region].compactMap { $0 }
            draft.conflict = []
            draft.placeNote = "涉嫌假冒，不按标称生产者计地区；" + place.note
        } else {
            draft.region = place.region
        }
    }

    /// A doubtful row is linked to nobody.
    static func link(_ draft: inout SampleResult, _ links: FirmLinks) {
        guard draft.doubt == nil, !draft.firm.isEmpty else {
            if draft.doubt != nil { draft.linkNote = draft.doubt == .masked ? "名称被隐去，没有对应" : "涉嫌假冒，没有对应" }
            return
        }
        let link = links.link(code: draft.producerCode, name: draft.firm, region: draft.region)
        draft.linkNote = link.note
        guard let dossier = link.dossier else { return }
        draft.enterprise = dossier.id
        let region = links.deeper(draft.region, dossier.region)
        if region != draft.region { draft.placeNote += "；地区取自企业档案" }
        draft.region = region
    }
}

extension String {
    /// nil for an empty text.
    var nonEmpty: String? { isEmpty ? nil : self }
}
