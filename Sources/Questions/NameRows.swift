import Evidence
import Spreadsheets
import Storage
import Values

/// Turns the rows of a question into cells in which firms, regions and lists stand by their names.
///
/// Rows are kept back until a piece is full, so that names are asked for by the piece; the memory does not grow with the rows.
struct NameRows {
    /// Rows in a piece.
    static let piece = 500

    /// The columns that are written. A firm stands once, by its name: beside a column of names its number is left out.
    let shown: [Int]
    private(set) var count = 0
    private let columns: [Fact.Column]
    private let asking: Asking
    private let names: RecordNames
    private let known: Int64?
    private var kept: [[Value]] = []
    private var regions: [Int64: String] = [:]

    init(columns: [Fact.Column], asking: Asking, names: RecordNames, known: Int64?) {
        self.columns = columns
        self.asking = asking
        self.names = names
        self.known = known
        let hasName = columns.contains { $0.name == "name" }
        shown = columns.indices.filter { !hasName || columns[$0].kind != .enterprise }
        kept.reserveCapacity(Self.piece)
    }

    /// Whether a column holds numbers that a reader knows by a name.
    static func isName(_ column: Fact.Column) -> Bool {
        column.kind == .enterprise || column.name == "region" || column.name == "publication"
    }

    /// What the numbers of a column name.
    private static func record(_ column: Fact.Column) -> String { column.kind == .enterprise ? "enterprise" : column.name }

    mutating func add(_ values: [Value], _ session: any Storage.Session, _ write: ([Cell]) throws -> Void) throws {
        kept.append(values)
        if kept.count >= Self.piece { try flush(session, write) }
    }

    mutating func flush(_ session: any Storage.Session, _ write: ([Cell]) throws -> Void) throws {
        var found: [Int: [Int64: String]] = [:]
        for index in shown where Self.isName(columns[index]) && columns[index].name != "region" {
            found[index] = try names.names(Self.record(columns[index]), Set(kept.compactMap { $0[index].integer }), at: known, session)
        }
        var cells: [Cell] = []
        for values in kept {
            cells.removeAll(keepingCapacity: true)
            for index in shown { cells.append(cell(columns[index], values[index], found[index] ?? [:])) }
            try write(cells)
        }
        count += kept.count
        kept.removeAll(keepingCapacity: true)
    }

    private mutating func region(_ number: Int64) -> String? {
        if let known = regions[number] { return known.isEmpty ? nil : known }
        let name = asking.regions.name(of: number)
        regions[number] = name ?? ""
        return name
    }

    private mutating func cell(_ column: Fact.Column, _ value: Value, _ found: [Int64: String]) -> Cell {
        switch value {
        case .null, .blob: return .empty
        case .integer(let number):
            if column.kind == .money { return .number(Double(number) / Double(Fen.perYuan)) }
            guard Self.isName(column) else { return .number(Double(number)) }
            return Cell(text: (column.name == "region" ? region(number) : found[number]) ?? "#\(number)")
        case .real(let number): return .number(number)
        case .text(let text): return Cell(text: column.words.isEmpty ? text : column.words[text]?.chinese ?? text)
        }
    }
}
