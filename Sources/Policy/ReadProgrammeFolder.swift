import DecisionTables
import Foundation
import Values

/// Reads a programme from its files' bytes, whether they come from a folder or from the store.
package struct ReadProgrammeFolder {
    private let folder: String
    private let files: [PolicyFile]
    private let budget: YamlBudget
    private var failures: [Failure] = []
    private var claims: [NumberClaim] = []

    private init(folder: String, files: [PolicyFile], budget: YamlBudget) {
        self.folder = folder
        self.files = files.sorted { $0.name < $1.name }
        self.budget = budget
    }

    /// `folder` is the programme's id; file names are relative to it. Throws everything that is wrong with all files.
    package static func read(
        _ folder: String, files: [PolicyFile], budget: YamlBudget = YamlBudget()
    ) throws(PolicyFailures) -> ProgrammeFolder {
        var reading = ReadProgrammeFolder(folder: folder, files: files, budget: budget)
        let result = reading.run()
        guard reading.failures.isEmpty, let result else { throw PolicyFailures(reading.failures) }
        return result
    }

    private mutating func run() -> ProgrammeFolder? {
        guard let head = files.first(where: { $0.name == "programme.yaml" }) else {
            failures.append(
                Failure(
                    .missing, "programme.head-missing", "文件夹「\(folder)」里没有 programme.yaml。", at: FilePlace(file: folder),
                    cure: "照 programmes/README.md 写一个。"))
            return nil
        }
        refuseStrangers()
        let headLog = FailureLog(file: head.name)
        let programme = root(of: head).flatMap { ReadProgramme($0, log: headLog)?.read(folder: folder) }
        let organisations = headLog.organisations
        let clauses = headLog.clauses
        close(headLog)
        guard let programme else { return nil }
        func log(_ file: PolicyFile) -> FailureLog {
            let log = FailureLog(file: file.name)
            log.clauses = clauses
            log.organisations = organisations
            return log
        }
        let rules = each("rules/") { root, file, reading in
            let log = log(file)
            defer { reading.close(log) }
            var reader = ReadRuleFile(log: log)
            return reader.read(root)
        }
        let reported = each("reported/") { root, file, reading in
            let log = log(file)
            defer { reading.close(log) }
            return ReadReported(log: log, programme: programme).read(root)
        }
        let cases = each("tests/") { root, file, reading in
            let log = log(file)
            defer { reading.close(log) }
            return ReadRuleCases(log: log, tables: rules).read(root)
        }
        if let file = files.first(where: { $0.name == "not-a-commitment.yaml" }), let root = root(of: file) {
            let log = log(file)
            ReadNotCommitments(log: log).read(root)
            close(log)
        }
        checkReferences(programme, rules, reported)
        return ProgrammeFolder(
            programme: programme, rules: rules, reported: reported, cases: cases, claims: claims, files: files, digest: digest())
    }

    // MARK: Files

    /// A file in the wrong place would be ignored silently, so it is refused.
    private mutating func refuseStrangers() {
        for file in files {
            let name = file.name
            let isKnown =
                ["programme.yaml", "not-a-commitment.yaml", "README.md"].contains(name)
                || (["rules/", "reported/", "tests/"].contains { name.hasPrefix($0) } && name.hasSuffix(".yaml")
                    && name.filter { $0 == "/" }.count == 1)
            if !isKnown {
                failures.append(
                    Failure(
                        .invalid, "programme.unknown-file", "方案文件夹里不认识「\(name)」。", at: FilePlace(file: name),
                        cure: "决策表放 rules/，数字放 reported/，算例放 tests/，扩展名 .yaml；其他文件移走。"))
            }
        }
    }

    private mutating func each<Value>(
        _ prefix: String, _ read: (YamlNode, PolicyFile, inout ReadProgrammeFolder) -> Value?
    ) -> [Value] {
        files.filter { $0.name.hasPrefix(prefix) && $0.name.hasSuffix(".yaml") }.compactMap { file in
            root(of: file).flatMap { read($0, file, &self) }
        }
    }

    private mutating func root(of file: PolicyFile) -> YamlNode? {
        guard let text = String(data: file.bytes, encoding: .utf8) else {
            failures.append(
                Failure(.invalid, "yaml.unreadable", "文件不能按 UTF-8 文本读取。", at: FilePlace(file: file.name), cure: "用 UTF-8 保存。"))
            return nil
        }
        do throws(PolicyFailures) {
            return try ReadYaml.root(text, file: file.name, budget: budget)
        } catch {
            failures += error.all
            return nil
        }
    }

    private mutating func close(_ log: FailureLog) {
        failures += log.failures
        claims += log.claims
    }

    private func digest() -> String {
        let lines = files.map { "\($0.sha256)  \($0.name)\n" }.joined()
        return Digest.hexadecimal(of: Data(lines.utf8))
    }

    // MARK: References between files

    private mutating func checkReferences(_ programme: Programme, _ rules: [RuleFile], _ reported: [ReportedFile]) {
        let names = Set(files.map(\.name))
        for reference in programme.rules where !names.contains(reference.file) {
            fail(
                "rule-file-missing", "方案用到的「\(reference.file)」不存在。", "programme.yaml", reference.line, reference.clause,
                cure: "改正文件名，或补上文件。")
        }
        for rule in rules {
            if rule.document != programme.id {
                fail(
                    "document-differs", "决策表写的出处是「\(rule.document)」，方案是「\(programme.id)」。", rule.file, nil, rule.table.clause,
                    cure: "写方案的 id。")
            }
            if !programme.rules.contains(where: { $0.file == rule.file }) {
                fail(
                    "rule-file-unused", "方案的「rules」里没有列出这个文件。", rule.file, nil, rule.table.clause,
                    cure: "在 programme.yaml 的 rules 里列出，或删去文件。")
            }
        }
        checkFigures(reported)
        refuseCycles(rules, reported)
    }

    private mutating func checkFigures(_ reported: [ReportedFile]) {
        let figures = reported.flatMap(\.figures)
        let lists = reported.flatMap(\.lists)
        let ids = Set(figures.map(\.id))
        let listIds = Set(lists.map(\.id))
        for figure in figures {
            for (key, id, known) in [
                ("part-of", figure.partOf, ids), ("later-than", figure.laterThan, ids), ("counts-list", figure.countsList, listIds),
            ] {
                guard let id, !known.contains(id) else { continue }
                fail(
                    "unknown-figure", "数字「\(figure.id)」的「\(key)」写了「\(id)」，没有它。", figure.file, figure.line, figure.clause,
                    cure: "改成 reported 里的 id。")
            }
        }
        for list in lists {
            for id in list.excludes where !listIds.contains(id) {
                fail(
                    "unknown-figure", "名单「\(list.id)」的「excludes」写了「\(id)」，没有它。", list.file, list.line, list.clause, cure: "改成 lists 里的 id。")
            }
        }
    }

    /// A part that is part of itself, or a rule that asks for its own answer, could never be computed.
    private mutating func refuseCycles(_ rules: [RuleFile], _ reported: [ReportedFile]) {
        let figures = reported.flatMap(\.figures)
        for (key, references) in [
            ("part-of", figures.map { ($0.id, [$0.partOf].compactMap { $0 }) }),
            ("later-than", figures.map { ($0.id, [$0.laterThan].compactMap { $0 }) }),
        ] {
            for cycle in ReferenceCycles.find(Dictionary(references, uniquingKeysWith: +), order: figures.map(\.id)) {
                guard let figure = figures.first(where: { $0.id == cycle.first }) else { continue }
                fail(
                    "circular-reference", "数字的「\(key)」绕回了自己：\(cycle.joined(separator: " → "))。", figure.file, figure.line, figure.clause,
                    cure: "改正其中一处，使各数只指向更大或更早的数。")
            }
        }
        let lists = reported.flatMap(\.lists)
        for cycle in ReferenceCycles.find(Dictionary(lists.map { ($0.id, $0.excludes) }, uniquingKeysWith: +), order: lists.map(\.id)) {
            guard let list = lists.first(where: { $0.id == cycle.first }) else { continue }
            fail(
                "circular-reference", "名单的「excludes」绕回了自己：\(cycle.joined(separator: " → "))。", list.file, list.line, list.clause,
                cure: "去掉其中一处「excludes」。")
        }
        let asked = rules.map { rule in (rule.table.id, rule.metrics.values.map(\.name).sorted()) }
        for cycle in ReferenceCycles.find(Dictionary(asked, uniquingKeysWith: +), order: rules.map(\.table.id)) {
            guard let rule = rules.first(where: { $0.table.id == cycle.first }) else { continue }
            let line = rule.metrics.values.first { $0.name == cycle.dropFirst().first }?.line
            fail(
                "circular-reference", "决策表的条件绕回了自己：\(cycle.joined(separator: " → "))。", rule.file, line, rule.table.clause,
                cure: "决策表的条件不能用它自己的结果；改用别的指标。")
        }
    }

    private mutating func fail(_ code: String, _ message: String, _ file: String, _ line: Int?, _ clause: String, cure: String) {
        failures.append(Failure(.invalid, "programme." + code, message, at: FilePlace(file: file, line: line, clause: clause), cure: cure))
    }
}
