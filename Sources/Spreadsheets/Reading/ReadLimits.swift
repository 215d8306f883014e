/// How much an outside file may cost. A limit reached is an error with a cure, never a shortened table.
///
/// The defaults hold a list of a million enterprises and the widest official lists (255 columns).
package struct ReadLimits: Sendable, Equatable {
    /// Bytes of the file itself.
    package var fileBytes = 200_000_000
    /// Bytes of all parts of a packed workbook after unpacking.
    package var unpackedBytes = 2_000_000_000
    /// How many times larger a part of over 20 MB may be than its packed form; deflate reaches 1,032, real sheets stay below 60.
    package var unpackRatio = 200
    package var sheets = 255
    /// The greatest row number of one sheet.
    package var rows = 2_000_000
    /// The rightmost column that may hold anything.
    package var columns = 1_024
    /// Cells of all sheets, counted dense from column A.
    package var cells = 60_000_000
    /// Bytes (UTF-8) of one cell's text; Excel itself ends at 32,767 characters.
    package var cellBytes = 131_072
    /// Seconds of work, of the processor in the child and of waiting in the parent.
    package var seconds = 120
    /// Address space of the child process.
    package var memoryBytes = 3_000_000_000
    /// Bytes that the child may hand over.
    package var outputBytes = 2_000_000_000

    package init() {}

    private static var fields: [WritableKeyPath<ReadLimits, Int>] {
        [
            \.fileBytes, \.unpackedBytes, \.unpackRatio, \.sheets, \.rows, \.columns, \.cells, \.cellBytes, \.seconds, \.memoryBytes,
            \.outputBytes,
        ]
    }

    /// All limits as one argument for the reading process.
    package var argument: String { ReadLimits.fields.map { String(self[keyPath: $0]) }.joined(separator: ",") }

    /// The limits from the argument of a reading process; nil where it is not one.
    package init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == ReadLimits.fields.count else { return nil }
        for (field, number) in zip(ReadLimits.fields, numbers) {
            guard let number, number > 0 else { return nil }
            self[keyPath: field] = number
        }
    }
}
