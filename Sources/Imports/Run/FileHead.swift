import Spreadsheets
import Values

/// Reads a file as far as it can be held: all of a short one; of a long one the heads of its sheets, their lengths and fingerprints.
struct FileHead: Sendable {
    private let size: WindowSize
    private let file: String
    /// Whether a long file can be read again in windows; else it is refused.
    private let mayBeLong: Bool
    private var format = WorkbookFormat.xlsx
    private var sheets: [Part] = []
    private(set) var rows = 0
    private(set) var isLong = false
    private let given: HeldRoom
    /// What is left beside the rows that are held.
    private(set) var room: HeldRoom

    /// One sheet.
    struct Part: Sendable {
        let name: String
        let visibility: SheetVisibility
        var held: [SheetRow] = []
        var rows = 0
        var merged: [CellRange] = []
        var fingerprint = ContentFingerprint()

        var isLong: Bool { rows > held.count }
    }

    /// Rows that are kept of a sheet even where there is no room for its head.
    private static let least = 50

    init(size: WindowSize, room: HeldRoom, mayBeLong: Bool, file: String) {
        self.size = size
        self.file = file
        self.mayBeLong = mayBeLong
        given = room
        self.room = room
    }

    /// - Throws: `import.too-many-held`, `import.too-much-held` where the file must be held and is too long for it.
    mutating func take(_ event: SheetEvent) throws {
        switch event {
        case .workbook(let format): self.format = format
        case .sheet(let name, let visibility): sheets.append(Part(name: name, visibility: visibility))
        case .row(let row): if !sheets.isEmpty { try take(row) }
        case .sheetEnd(let ranges): if !sheets.isEmpty { sheets[sheets.count - 1].merged = ranges }
        }
    }

    private mutating func take(_ row: SheetRow) throws {
        rows += 1
        let here = sheets.count - 1
        sheets[here].rows += 1
        if mayBeLong { sheets[here].fingerprint.add(row) }
        guard !isLong || sheets[here].held.count < (room.isSpent ? min(Self.least, size.head) : size.head) else { return }
        sheets[here].held.append(row)
        room.take(row)
        guard !isLong, room.isSpent || mayBeLong && rows > size.held else { return }
        guard mayBeLong else { throw room.failure(file) }
        keepHeads()
    }

    /// The file has turned out to be long: of the sheets so far, too, only the heads are kept.
    private mutating func keepHeads() {
        isLong = true
        room = HeldRoom(size.whole)
        for place in sheets.indices {
            sheets[place].held.removeLast(max(0, sheets[place].held.count - size.head))
            for row in sheets[place].held { room.take(row) }
        }
    }

    var parts: [Part] { sheets }

    /// What is left for the files after this one.
    var left: HeldRoom {
        guard isLong else { return room }
        var left = given
        for part in sheets where !part.isLong { for row in part.held { left.take(row) } }
        return left
    }

    var workbook: Workbook {
        Workbook(
            format: format,
            sheets: sheets.map { Sheet(name: $0.name, visibility: $0.visibility, rows: $0.held, mergedRanges: $0.merged) })
    }
}
