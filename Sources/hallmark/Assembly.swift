import Accounts
import Enterprises
import Evidence
import Foundation
import Imports
import Interface
import Jobs
import Panels
import Places
import Programmes
import Questions
import Returns
import SpotChecks
import Spreadsheets
import Storage
import Targets
import Values
import WebSupport

/// The wiring: every slice's part of the store, its facts, its import target and its addresses, put together in one place.
struct Assembly: Sendable {
    let office: Office
    let importing: ImportRun
    /// Which department answers for which columns.
    let duties: DutyTable
    /// The programmes' part with everything that rules may name; it keeps what it has computed.
    let desk: ProgrammeDesk
    let summaries = ListingSummaries()
    /// Who saw confidential values.
    let readings: ReadingRecord
    /// What stands around pages, for the latest position.
    let frames = PositionCache<String, FrameState>()

    var store: Store { office.store }
    /// Forms in and out; it keeps the cells of forms that it has read.
    let returns: ReturnsOffice
    var catalogue: FactCatalogue { Self.catalogue }

    /// The shape of a store: the kernel's part and the slices' parts, in the order in which they were added.
    static let schema: Schema =
        .kernel + .imports + .importRuns + .enterprises + .spotChecks + .programmes + .targets + .questions + .returns
        + .accounts + .interface + .jobs + .panels

    /// Everything that can be asked.
    static let catalogue = FactCatalogue(EnterpriseFacts.all + SpotCheckFacts.all + ProgrammeFacts.all)

    /// Opens a store with the files it works by.
    static func open(_ address: StoreAddress, root given: String?, clock: Clock = .system) async throws -> Assembly {
        let root = try ProjectRoot.find(given)
        let (regions, vocabulary) = try regulations(root)
        let duties = try DutyFile.load(root: root, columns: dutyColumns)
        let database = try address.open()
        let store = try await Store(database, schema: schema, clock: clock)
        let day = try await store.read { try Settings.value(DemoClock.setting, $0) }.flatMap { Day($0) }
        guard let day else {
            return Assembly(office: Office(store: store, regions: regions, vocabulary: vocabulary, root: root), duties: duties)
        }
        let demo = try await Store(database, schema: schema, clock: DemoClock.starting(on: day, from: clock))
        return Assembly(office: Office(store: demo, regions: regions, vocabulary: vocabulary, root: root), duties: duties)
    }

    /// The files that all programmes share: regions and the vocabulary of headings.
    static func regulations(_ root: URL) throws -> (regions: RegionDirectory, vocabulary: HeadingVocabulary) {
        let folder = root.appendingPathComponent("regulations")
        let vocabulary = try HeadingVocabulary.read(folder: folder.appendingPathComponent("headings"))
        return (RegionDirectory(tree: try RegionFiles.load(folder: folder.appendingPathComponent("regions"))), vocabulary)
    }

    init(office: Office, duties: DutyTable = .none) {
        self.office = office
        self.duties = duties
        importing = ImportRun(
            vocabulary: office.vocabulary, targets: [EnterpriseImport(office), ResultsImport(office), FollowupsImport(office)])
        desk = ProgrammeDesk(office: office, catalogue: Self.catalogue, targetMetrics: MetricQuestions.names(in: Self.catalogue))
        readings = ReadingRecord(office.store) { [root = office.root] in (try? SignInRules.load(root: root).auditMonths) ?? 6 }
        returns = ReturnsOffice(office: office, catalogue: Self.catalogue, programmes: desk)
    }

    /// Every name that a programme file may use for a metric, without opening a store.
    static var knownMetrics: Set<String> {
        RuleInputs.accounts.names.union(catalogue.metricNames).union(MetricQuestions.names(in: catalogue))
    }
}

extension Clock {
    /// The machine's clock.
    static let system = Clock { Moment(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
}
