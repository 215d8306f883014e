package import Values

/// A node of a programme file with the line it stands on; only maps, lists and plain texts exist.
package struct YamlNode: Sendable, Hashable {
    /// What the node holds.
    package enum Content: Sendable, Hashable {
        case scalar(String, isQuoted: Bool)
        case list([YamlNode])
        case map([YamlEntry])
    }

    package let content: Content
    /// 1-based line of the file.
    package let line: Int

    /// `line` is 1-based.
    package init(_ content: Content, line: Int) {
        self.content = content
        self.line = line
    }

    /// The text of a scalar.
    package var text: String? {
        if case .scalar(let text, _) = content { return text }
        return nil
    }

    /// The items of a list.
    package var items: [YamlNode]? {
        if case .list(let items) = content { return items }
        return nil
    }

    /// The pairs of a map, in the order of the file.
    package var entries: [YamlEntry]? {
        if case .map(let entries) = content { return entries }
        return nil
    }

    /// What the node is, as error sentences name it.
    package var chinese: String {
        switch content {
        case .scalar: "一段文字"
        case .list: "列表"
        case .map: "映射"
        }
    }
}

/// A key with its value.
package struct YamlEntry: Sendable, Hashable {
    package let key: String
    /// 1-based line of the key.
    package let line: Int
    package let value: YamlNode

    /// `line` is 1-based.
    package init(key: String, line: Int, value: YamlNode) {
        self.key = key
        self.line = line
        self.value = value
    }
}

/// How much one file may hold, so that a hostile or damaged file is refused before it is walked.
package struct YamlBudget: Sendable {
    package var bytes = 512 * 1024
    package var depth = 16
    package var nodes = 20_000

    /// The limits of delivered programmes.
    package init() {}

    /// Other limits, for tests and for small machines.
    package init(bytes: Int, depth: Int, nodes: Int) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }
}

/// Everything that is wrong with a file or a folder, in the order of the files.
package struct PolicyFailures: Error, Sendable, Equatable {
    package let all: [Failure]

    /// In the order of the files.
    package init(_ all: [Failure]) { self.all = all }
}
