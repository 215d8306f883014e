import Values

/// Every way in which a file from outside can be refused, with its stable code, its sentence and its cure.
enum ReadFailure {
    static let saveAsXlsx = "请用 Excel 或 WPS 打开该文件，另存为 .xlsx 后再导入。"
    static let fetchAgain = "请向来文单位重新取得该文件，或用 Excel、WPS 打开确认内容完整后另存为 .xlsx 再导入。"
    private static let split = "请把文件拆分成几个较小的文件，分别导入。"

    static func missing(_ place: FilePlace) -> Failure {
        Failure(.missing, "import.file-missing", "找不到该文件，或没有权限读取。", at: place, cure: "请核对文件路径和权限。")
    }

    static func empty(_ place: FilePlace) -> Failure {
        Failure(.invalid, "import.file-empty", "文件是空的（0 字节）。", at: place, cure: "请核对是否选错文件，或重新下载。")
    }

    static func fileTooLarge(_ bytes: Int, _ limit: Int, _ place: FilePlace) -> Failure {
        Failure(
            .invalid, "import.file-too-large", "文件大小 \(megabytes(bytes))，超过上限 \(megabytes(limit))。", at: place,
            cure: "请删去图片和无关工作表，或拆分成几个文件后再导入。")
    }

    static func encrypted(_ place: FilePlace) -> Failure {
        Failure(
            .invalid, "import.file-encrypted", "文件设有打开密码，无法读取。", at: place,
            cure: "请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx 再导入。")
    }

    static func damaged(_ detail: String, _ place: FilePlace) -> Failure {
        Failure(.invalid, "import.file-damaged", "文件不完整或已损坏（\(detail)）。", at: place, cure: fetchAgain)
    }

    static func notATable(_ what: String, _ place: FilePlace, cure: String = "请把其中的表格存为 .xlsx 或 .csv 后再导入。") -> Failure {
        Failure(.invalid, "import.not-a-table", "这不是电子表格，而是\(what)。", at: place, cure: cure)
    }

    static func otherSpreadsheet(_ what: String, _ place: FilePlace) -> Failure {
        Failure(.invalid, "import.format-unsupported", "该文件实为\(what)，本系统不直接读取这种格式。", at: place, cure: saveAsXlsx)
    }

    static func unpacksTooLarge(_ part: String, _ place: FilePlace) -> Failure {
        Failure(
            .invalid, "import.unpacks-too-large", "压缩内容（\(part)）展开后过大，疑似压缩炸弹，已停止读取。", at: place,
            cure: "请核实文件来源；确属正常文件的，请删去空白格式行后另存，或拆分成几个文件。")
    }

    static func doctype(_ part: String, _ place: FilePlace) -> Failure {
        Failure(
            .invalid, "import.xml-doctype", "文件内的 XML（\(part)）带有文档类型声明（DOCTYPE），可能引用外部内容，已拒绝读取。", at: place,
            cure: saveAsXlsx)
    }

    static func brokenXML(_ part: String, line: Int, _ place: FilePlace) -> Failure {
        Failure(.invalid, "import.xml-broken", "文件内的 XML（\(part)）第 \(line) 行不合格式。", at: place, cure: fetchAgain)
    }

    static func noSheets(_ place: FilePlace) -> Failure {
        Failure(.invalid, "import.no-sheets", "文件中没有工作表。", at: place, cure: fetchAgain)
    }

    static func tooManySheets(_ limit: Int, _ place: FilePlace) -> Failure {
        Failure(.invalid, "import.too-many-sheets", "工作表超过上限 \(limit) 张。", at: place, cure: split)
    }

    static func tooManyRows(_ limit: Int, _ place: FilePlace) -> Failure {
        Failure(.invalid, "import.too-many-rows", "行数超过上限 \(limit) 行。", at: place, cure: split)
    }

    static func tooManyColumns(_ limit: Int, _ place: FilePlace) -> Failure {
        Failure(
            .invalid, "import.too-many-columns", "列数超过上限 \(limit) 列。", at: place, cure: "请删去表格右侧无关的列后再导入。")
    }

    static func tooManyCells(_ limit: Int, _ place: FilePlace) -> Failure {
        Failure(.invalid, "import.too-many-cells", "单元格总数超过上限 \(limit) 个。", at: place, cure: split)
    }

    static func cellTooLong(_ limit: Int, _ place: FilePlace) -> Failure {
        Failure(
            .invalid, "import.cell-too-long", "单元格文字超过上限 \(limit) 字节。", at: place,
            cure: "请缩短该单元格的文字；若是引号不成对，请补齐引号。")
    }

    static func tooSlow(_ seconds: Int, _ place: FilePlace) -> Failure {
        Failure(.invalid, "import.reader-too-slow", "读取超过 \(seconds) 秒仍未完成，已停止。", at: place, cure: split)
    }

    static func undecodable(byte: Int, offset: Int, _ place: FilePlace) -> Failure {
        let hex = String(byte, radix: 16, uppercase: true)
        return Failure(
            .invalid, "import.undecodable", "该行第 \(offset) 字节（0x\(hex)）不是有效的文字编码。", at: place,
            cure: "请用 Excel 或 WPS 打开，另存为“CSV UTF-8”或 .xlsx 后再导入。")
    }

    static func openQuote(_ place: FilePlace) -> Failure {
        Failure(
            .invalid, "import.quote-unclosed", "从该行开始的引号没有配对，直到文件末尾。", at: place,
            cure: "请补齐该行的英文双引号；单元格内的双引号应写成两个。")
    }

    static func readerMissing(_ place: FilePlace) -> Failure {
        Failure(
            .internal, "import.reader-missing", "无法启动文件读取进程。", at: place, cure: "请联系系统管理员检查程序安装是否完整。")
    }

    static func readerDied(_ detail: String, _ place: FilePlace) -> Failure {
        Failure(.invalid, "import.reader-died", "读取进程异常结束（\(detail)），文件没有导入。", at: place, cure: saveAsXlsx)
    }

    static func readerTooLarge(_ limit: Int, _ place: FilePlace) -> Failure {
        Failure(
            .invalid, "import.reader-too-large", "文件内容超过上限 \(megabytes(limit))，已停止读取。", at: place, cure: split)
    }

    private static func megabytes(_ bytes: Int) -> String {
        bytes < 1_000_000 ? "\(bytes) 字节" : NumberText.of((Double(bytes) / 100_000).rounded() / 10) + " MB"
    }
}
