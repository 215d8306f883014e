/// What this system keeps in a model beside DMN, in `extensionElements`: clause, label, metric and the like, as attributes of one element.
struct HallmarkNotes {
    static let namespace = "urn:hallmark:rules:1"

    /// `id`, `label`, `clause`, `metric`, `unit`, `open`, `kind` …
    let values: [String: String]

    init(_ node: XMLNode) {
        values = node.first("extensionElements")?.children.first { $0.namespace == HallmarkNotes.namespace }?.attributes ?? [:]
    }

    var id: String? { values["id"] }
}
