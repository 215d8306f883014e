import Values

/// What can be wrong with a model, an input or an expression: code, sentence and cure; the place is file and line.
enum ModelFault {
    static func make(_ code: String, _ message: String, cure: String, at place: FilePlace) -> Failure {
        Failure(.invalid, "dmn." + code, message, at: place, cure: cure)
    }

    static func broken(line: Int, _ file: String?) -> Failure {
        make("xml-broken", "XML 不合格式，文件可能不完整。", cure: "用建模软件重新导出。", at: FilePlace(file: file, line: line))
    }

    static func tooDeep(line: Int, _ file: String?) -> Failure {
        make("too-deep", "元素嵌套超过\(ReadXMLTree.deepest)层。", cure: "用建模软件重新导出；正常的模型没有这样深。", at: FilePlace(file: file, line: line))
    }

    static func doctype(_ file: String?) -> Failure {
        make("xml-doctype", "文件带有文档类型声明（DOCTYPE），可能引用外部内容，已拒绝读取。", cure: "删去 DOCTYPE 声明后再试。", at: FilePlace(file: file))
    }

    static func tooLarge(_ what: String, _ file: String?) -> Failure {
        make("too-large", "模型超过上限：\(what)。", cure: "把模型拆成几个文件。", at: FilePlace(file: file))
    }

    static func missing(_ what: String, in element: XMLNode, _ file: String?) -> Failure {
        make(
            "element-missing", "「\(element.name)」\(element.nameInWords)缺少\(what)。", cure: "在建模软件里补上后重新导出。",
            at: FilePlace(file: file, line: element.line))
    }

    static func unsupported(_ element: XMLNode, _ file: String?) -> Failure {
        make(
            "unsupported-element", "不支持「\(element.name)」\(element.nameInWords)。",
            cure: "可用的写法（DMN 第二级）：文字表达式、决策表、上下文、调用、业务知识模型。", at: FilePlace(file: file, line: element.line))
    }

    static func unknownDecision(_ name: String, known: [String], _ file: String?) -> Failure {
        Failure(
            .missing, "dmn.unknown-decision", "模型里没有决策「\(name)」。", at: FilePlace(file: file),
            cure: known.isEmpty ? "模型里没有决策，请核对文件。" : "可用的决策：\(known.joined(separator: "、"))。")
    }
}

extension XMLNode {
    /// `「年龄」`, or nothing where the element carries no name.
    var nameInWords: String { attributes["name"].map { "「\($0)」" } ?? "" }
}
