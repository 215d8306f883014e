import Spreadsheets
import Values

/// What of the files of one import may still be held in memory.
struct HeldRoom: Sendable {
    private let most: WindowSize.Held
    private(set) var rows: Int
    private(set) var bytes: Int

    init(_ most: WindowSize.Held) {
        self.most = most
        rows = most.rows
        bytes = most.bytes
    }

    var isSpent: Bool { rows < 0 || bytes < 0 }

    mutating func take(_ row: SheetRow) {
        rows -= 1
        // A cell with a short text takes the first number; longer texts lie apart.
        bytes -= row.cells.reduce(64) { sum, cell in if case .text(let text) = cell { sum + 40 + text.utf8.count } else { sum + 40 } }
    }

    /// Why a list that is compared as a whole is refused.
    func failure(_ file: String) -> Failure {
        if rows < 0 {
            return Failure(
                .invalid, "import.too-many-held", "这类名单要整份比对，一次导入合计不能超过\(most.rows)行", at: FilePlace(file: file),
                cure: "按批次拆成几个文件，分几次导入，先导入较早的")
        }
        return Failure(
            .invalid, "import.too-much-held", "这类名单要整份比对，一次导入的文字合计不能超过\(most.bytes >> 20) MB", at: FilePlace(file: file),
            cure: "删去无关的栏目和工作表，或按批次拆成几个文件，分几次导入")
    }
}
