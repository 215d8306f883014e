import Values

/// Up to five classes of numbers, each holding about as many; equal numbers share a class. Shades only repeat what the printed numbers say.
package struct ShadeClasses: Sendable {
    /// The lowest and highest number of each class that holds any, lightest first.
    package let bounds: [(low: Double, high: Double)]
    static let most = 5

    package init(_ numbers: [Double]) {
        let sorted = numbers.filter(\.isFinite).sorted()
        let different = Set(sorted).count
        let count = min(Self.most, different)
        var bounds: [(low: Double, high: Double)] = []
        for number in sorted {
            if let last = bounds.last, number == last.high { continue }
            let below = sorted.firstIndex(of: number) ?? 0
            let wanted = different <= Self.most ? bounds.count : min(below * count / max(sorted.count, 1), count - 1)
            if wanted >= bounds.count {
                bounds.append((number, number))
            } else {
                bounds[bounds.count - 1].high = number
            }
        }
        self.bounds = bounds
    }

    /// 1 for the lightest class to 5 for the darkest; nil for what has no number.
    package func shade(_ number: Double?) -> Int? {
        guard let number, let index = bounds.firstIndex(where: { $0.low <= number && number <= $0.high }) else { return nil }
        // Few classes use the whole range of shades, so that they stay apart on paper.
        return bounds.count == 1 ? 2 : 1 + index * (Self.most - 1) / (bounds.count - 1)
    }
}

/// What the shades mean: each with its numbers.
package struct ShadeLegend: Component, Sendable {
    private let classes: ShadeClasses
    private let text: @Sendable (Double) -> String
    private let hasGaps: Bool

    /// `hasGaps` explains the hatching of what has no number.
    package init(_ classes: ShadeClasses, hasGaps: Bool = false, text: @escaping @Sendable (Double) -> String) {
        self.classes = classes
        self.text = text
        self.hasGaps = hasGaps
    }

    package func write(into html: inout HTML) {
        guard !classes.bounds.isEmpty else { return }
        html.add(.ul, .class("legend"), .spoken(WebWords.classes)) { html in
            for bound in classes.bounds {
                html.add(.li) { html in
                    html.add(.span, .classes("swatch", "shade-\(classes.shade(bound.low) ?? 1)"), .decorative) { _ in }
                    html.add(bound.low == bound.high ? text(bound.low) : text(bound.low) + " – " + text(bound.high))
                }
            }
            if hasGaps {
                html.add(.li) { html in
                    html.add(.span, .class("swatch hatched"), .decorative) { _ in }
                    html.add(WebWords.withoutClass)
                }
            }
        }
    }
}
