package import Evidence
import Values

/// A question as it is kept beside a figure or under a name: the fact, then one `name=value` a line, as in its address.
package enum KeptQuestion {
    /// Without `known`: the position is kept on its own.
    package static func text(_ question: Question) -> String {
        ([question.fact] + question.items.filter { $0.name != "known" }.map { "\($0.name)=\($0.value)" }).joined(separator: "\n")
    }

    /// The question again; nil for a text of another shape.
    package static func question(_ text: String) -> Question? {
        let lines = text.split(separator: "\n").map(String.init)
        guard let fact = lines.first, !fact.contains("=") else { return nil }
        var question = Question(fact)
        for line in lines.dropFirst() {
            guard let (name, value) = parts(line) else { return nil }
            switch name {
            case "metric": question.metric = value
            case "by": question.by.append(value)
            case "on": question.on = Day(value)
            case "structure":
                guard let structure = try? Structure(text: value) else { return nil }
                question.structure = structure
            case "where":
                guard let (dimension, values) = parts(value) else { return nil }
                question.filters.append(
                    Question.Filter(dimension, values.split(separator: "|", omittingEmptySubsequences: false).map(String.init)))
            default: return nil
            }
        }
        return question
    }

    private static func parts(_ line: String) -> (String, String)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        return (String(line[..<equals]), String(line[line.index(after: equals)...]))
    }
}
