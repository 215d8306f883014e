import Imports
import Places
import Values

/// Lays the rows of one register over the firms they mean, row by row, and says of each what it does.
struct RegisterWork {
    let state: RegisterState
    let regions: RegionDirectory
    let industries: IndustryCodes?
    let headings: RegisterHeadings
    /// The towns of the own district; nil before it is known which it is.
    let home: HomeTowns?
    /// What a department may bring; nil for those who may bring everything.
    let duty: RegisterDuty?
    private(set) var drafts: [FirmDraft] = []
    private(set) var planned: [PlannedRow] = []
    private var byStored: [ID<Enterprise>: Int] = [:]
    private var byCode: [String: Int] = [:]
    private var byRegistration: [String: Int] = [:]
    private var byName: [String: [Int]] = [:]
    /// Codes that stand beside different names in this file, with the first row of each.
    private var contradictedCodes: [String: Int] = [:]

    init(
        state: RegisterState, regions: RegionDirectory, industries: IndustryCodes?, headings: RegisterHeadings, home: HomeTowns? = nil,
        duty: RegisterDuty? = nil
    ) {
        self.state = state
        self.regions = regions
        self.home = home
        self.industries = industries
        self.headings = headings
        self.duty = duty
    }

    /// Lays the rows of one window, which are all that the file says about their firms.
    mutating func run(_ rows: [WindowRow<RegisterRow>]) {
        noticeContradictions(rows)
        makeRoom(rows.count)
        for row in rows {
            var issues: [RowIssue] = []
            let outcome = outcome(row.entry.entry, isGood: row.isGood, &issues)
            planned.append(PlannedRow(number: row.entry.entry.number, outcome: outcome, issues: issues))
        }
    }

    /// Growing by doubling would move everything several times.
    private mutating func makeRoom(_ rows: Int) {
        planned.reserveCapacity(rows)
        drafts.reserveCapacity(rows)
        byCode.reserveCapacity(rows)
        byName.reserveCapacity(rows)
    }

    private mutating func noticeContradictions(_ rows: [WindowRow<RegisterRow>]) {
        var first: [String: (name: String, row: Int)] = [:]
        first.reserveCapacity(rows.count)
        for row in rows where row.isGood {
            guard let code = row.entry.entry.code, let name = row.entry.entry.folded else { continue }
            if let other = first[code] {
                if other.name != name { contradictedCodes[code] = other.row }
            } else {
                first[code] = (name, row.entry.entry.number)
            }
        }
    }

    private mutating func outcome(_ entry: RegisterEntry, isGood: Bool, _ issues: inout [RowIssue]) -> RowOutcome {
        issues += entry.issues
        guard isGood else { return .rejected }
        if !contradictedCodes.isEmpty, let code = entry.code, let row = contradictedCodes[code] {
            let first = row == entry.number ? "本文件后面还有一行" : "第\(row)行"
            issues.append(.duplicateCode(code, first, entry.number, headings["code"], names: true))
            return .rejected
        }
        if let refusal = duty?.refusal(entry) {
            issues.append(refusal)
            return .rejected
        }
        switch place(entry, &issues) {
        case .failure(let issue):
            issues.append(issue)
            return .rejected
        case .success(let index): return lay(entry, on: index, &issues)
        }
    }

    private mutating func lay(_ entry: RegisterEntry, on index: Int, _ issues: inout [RowIssue]) -> RowOutcome {
        let isFirst = drafts[index].firstRow == entry.number
        if !isFirst, !entry.bringsMore {
            issues.append(
                .duplicateRow(drafts[index].firstRow, entry.number, headings["code"] ?? headings["name"], hasCode: entry.code != nil))
            return .rejected
        }
        if let clash = drafts[index].contradicts(entry) {
            issues.append(.figureTwice(clash.figure, entry.year ?? 0, clash.row, entry.number, headings[clash.figure.field]))
            return .rejected
        }
        if let duty, !entry.writesProducts, let product = entry.product, !drafts[index].hasProduct(product.name) {
            issues.append(duty.unknownProduct(product, entry))
            return .rejected
        }
        checkIndustry(entry, &issues)
        let region = region(entry, drafts[index].after, &issues)
        if isFirst, drafts[index].before == nil {
            drafts[index].begin(entry, region: region)
            return .new
        }
        let changes = drafts[index].apply(entry, region: region) { [regions] in regions.name(of: $0) }
        return changes.isEmpty ? .unchanged : .changed(changes.joined(separator: "；"))
    }

    // MARK: Which firm a row means

    private enum Placing { case success(Int), failure(RowIssue) }

    private mutating func place(_ entry: RegisterEntry, _ issues: inout [RowIssue]) -> Placing {
        switch stored(entry, &issues) {
        case .failure(let issue): return .failure(issue)
        case .found(let firm):
            let index = byStored[firm.id] ?? drafts.count
            // A row before may have given the code to another firm.
            if let other = entry.code.flatMap({ byCode[$0] }), other != index {
                return .failure(
                    .twoDossiers(drafts[other].after.name, firm.name, entry.number, headings["registration_no"] ?? headings["code"]))
            }
            if index == drafts.count { drafts.append(FirmDraft(firm, state, row: entry.number)) }
            byStored[firm.id] = index
            if let code = entry.code { byCode[code] = index }
            return .success(index)
        case .none: return fresh(entry, &issues)
        }
    }

    private enum Stored { case found(Enterprise), none, failure(RowIssue) }

    private func stored(_ entry: RegisterEntry, _ issues: inout [RowIssue]) -> Stored {
        let coded = entry.code.map(state.code) ?? []
        let registered = entry.registration.map(state.registration) ?? []
        if let firm = coded.first.flatMap({ state.firms[$0] }) {
            if let other = registered.first(where: { $0 != firm.id }).flatMap({ state.firms[$0] }) {
                return .failure(.twoDossiers(firm.name, other.name, entry.number, headings["registration_no"]))
            }
            return .found(firm)
        }
        if !registered.isEmpty { return only(registered, entry, "注册号", headings["registration_no"]) }
        let organised = entry.organisation.map(state.organisation) ?? []
        if !organised.isEmpty { return only(organised, entry, "组织机构代码", headings["code"]) }
        guard let folded = entry.folded else { return .none }
        let named = state.name(folded)
        let possible = named.filter { agrees(entry, state.firms[$0]) }
        if possible.isEmpty, !named.isEmpty {
            issues.append(.sameNameOtherCode(entry.name ?? "", entry.number, headings["name"]))
            return .none
        }
        return possible.isEmpty ? .none : only(possible, entry, "企业名称", headings["name"])
    }

    /// A firm of the same name with another code is another firm.
    private func agrees(_ entry: RegisterEntry, _ firm: Enterprise?) -> Bool {
        guard let firm else { return false }
        if let code = entry.code, let other = firm.code, code != other { return false }
        if let number = entry.registration, let other = firm.registrationNumber, number != other { return false }
        return true
    }

    private func only(_ ids: [ID<Enterprise>], _ entry: RegisterEntry, _ by: String, _ column: String?) -> Stored {
        let firms = ids.sorted().compactMap { state.firms[$0] }
        guard firms.count == 1, let firm = firms.first else { return .failure(.several(by, firms, entry.number, column)) }
        if let code = entry.code, let other = firm.code, code != other {
            return .failure(.otherCode(by, firm.name, other, entry.number, headings["code"]))
        }
        return .found(firm)
    }

    private mutating func fresh(_ entry: RegisterEntry, _ issues: inout [RowIssue]) -> Placing {
        if let duty, !entry.writesIdentity { return .failure(duty.notRegistered(entry)) }
        if let code = entry.code, let index = byCode[code] { return .success(index) }
        if let number = entry.registration, let index = byRegistration[number] {
            if let code = entry.code, let other = drafts[index].after.code, code != other {
                return .failure(.otherCode("注册号", drafts[index].after.name, other, entry.number, headings["code"]))
            }
            if let code = entry.code { byCode[code] = index }
            return .success(index)
        }
        guard let name = entry.name, let folded = entry.folded, !folded.isEmpty else {
            return .failure(.nameMissing(entry.number, headings["name"] ?? headings["code"]))
        }
        let sameName = byName[folded] ?? []
        let possible = sameName.filter { agrees(entry, drafts[$0].after) }
        if possible.count > 1 { return .failure(.several("企业名称", possible.map { drafts[$0].after }, entry.number, headings["name"])) }
        let index: Int
        if let found = possible.first {
            index = found
        } else {
            if !sameName.isEmpty { issues.append(.sameNameOtherCode(name, entry.number, headings["name"])) }
            index = drafts.count
            drafts.append(FirmDraft(new: name, row: entry.number))
            byName[folded, default: []].append(index)
        }
        if let code = entry.code { byCode[code] = index }
        if let number = entry.registration { byRegistration[number] = index }
        return .success(index)
    }

    // MARK: Place and industry

    /// The region to store; nil leaves the stored one. A shallower place does not replace a deeper one inside it.
    private func region(_ entry: RegisterEntry, _ firm: Enterprise, _ issues: inout [RowIssue]) -> Int64? {
        guard entry.declared != nil || entry.address != nil || firm.region == nil else { return nil }
        let found = entry.place ?? place(entry, named: firm.name)
        if let conflict = found.conflict {
            issues.append(.placeConflict(conflict, entry.number, headings["address"] ?? headings["district"]))
        }
        guard let region = ownTown(entry, found.region, &issues) ?? found.region else { return nil }
        if let stored = firm.region.flatMap({ regions.tree.region(ID($0)) }), regions.tree.isWithin(stored, region) { return nil }
        return region.id.number
    }

    /// The town of the own district that a row means which names no district.
    private func ownTown(_ entry: RegisterEntry, _ found: Region?, _ issues: inout [RowIssue]) -> Region? {
        guard let home, let name = entry.town else { return nil }
        if let town = home.town(named: name, besides: found) { return town }
        if home.misses(found) { issues.append(.townUnknown(name, entry.number, headings["town"])) }
        return nil
    }

    private func place(_ entry: RegisterEntry, named name: String) -> RegisterPlace {
        let clues = PlaceClues(declared: entry.declared, address: entry.address, name: entry.name ?? name)
        return RegisterPlace(regions.resolver.resolve(clues, on: RegisterReading.lastDay))
    }

    private func checkIndustry(_ entry: RegisterEntry, _ issues: inout [RowIssue]) {
        guard let code = entry.industryCode, let version = entry.industryVersion.flatMap({ Int($0) }), let industries else { return }
        guard industries.codes.contains(where: { $0.version == version }), industries.code(code, version: version) == nil else { return }
        issues.append(.industryUnknown(code, version, entry.number, headings["industry_code"]))
    }
}
