import DecisionTables
import Values

/// How a decision or a business knowledge model comes to its value.
indirect enum ModelLogic: Sendable {
    case expression(FeelExpression)
    case table(ModelTable)
    /// Entries in their order; the last one may be a result without a name.
    case context([(name: String, logic: ModelLogic)], result: ModelLogic?)
    /// A business knowledge model with its bindings.
    case invocation(String, [(name: String, logic: ModelLogic)])
}

/// A business knowledge model: its parameters and what it does with them.
struct ModelFunction: Sendable {
    let parameters: [(name: String, type: ModelType)]
    let logic: ModelLogic
}

/// A decision table of a model.
struct ModelTable: Sendable {
    let hit: HitPolicy
    let inputs: [Input]
    let outputs: [Output]
    let rules: [Rule]
    /// As remarks name it.
    let name: String

    struct Input: Sendable {
        let label: String
        let written: String
        let expression: FeelExpression
        let allowed: UnaryTests?
        let node: XMLNode
    }

    struct Output: Sendable {
        /// Empty where there is one column without a name.
        let name: String
        /// Most wanted first.
        let values: [FeelValue]
        let standard: FeelExpression?
        let node: XMLNode
    }

    struct Rule: Sendable {
        /// As the rule file calls it, or its number.
        let id: String
        let cells: [UnaryTests]
        let outputs: [FeelExpression]
        let node: XMLNode
    }
}

/// What a table of the model said on the way.
package struct TableTrace: Sendable, Equatable {
    /// The decision that the table stands in.
    package let decision: String
    /// The rules that match, in the order of the file.
    package let matching: [String]
    package let standing: Standing

    package enum Standing: String, Sendable {
        /// Rules or the default answer.
        case decided
        /// Several rules match against the hit policy, so that there is no answer.
        case held
        /// No rule matches and there is no default.
        case uncovered
    }

    /// Inputs whose value is unknown although it could change what the table says.
    package let missing: [String]
}

/// The value of a decision, and what is to be said about it.
package struct DecisionAnswer: Sendable, Equatable {
    package let value: FeelValue
    package let tables: [TableTrace]
    /// In Chinese: what is unknown, held or out of range.
    package let remarks: [String]
}
