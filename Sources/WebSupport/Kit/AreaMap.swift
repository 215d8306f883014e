package import Values

/// Areas in shades (分区图), drawn by the server: every area is a link, names and numbers stand on it where there is room, and the table beside
/// says the same.
package struct AreaMap: Component, Sendable {
    /// One area of the picture.
    package struct Area: Sendable {
        package let name: Word
        /// The outline in SVG's path language.
        package let path: String
        /// The printed number; nil where there is none, and the area is hatched.
        package let text: String?
        package let shade: Int?
        package let address: Address?
        /// Where the name stands; nil where the area is too small for it.
        package let labelPlace: (x: Double, y: Double)?

        package init(
            _ name: Word, path: String, text: String?, shade: Int?, address: Address? = nil, labelPlace: (x: Double, y: Double)? = nil
        ) {
            self.name = name
            self.path = path
            self.text = text
            self.shade = shade
            self.address = address
            self.labelPlace = labelPlace
        }
    }

    package let title: Word
    /// What the picture shows, in a sentence.
    package let summary: Word
    package let width: Double
    package let height: Double
    package let areas: [Area]

    package init(title: Word, summary: Word, width: Double, height: Double, areas: [Area]) {
        self.title = title
        self.summary = summary
        self.width = width
        self.height = height
        self.areas = areas
    }

    package func write(into html: inout HTML) {
        let name = html.uniqueName("map")
        let hatching = name + "-none"
        let box = "0 0 \(Coordinate.text(width)) \(Coordinate.text(height))"
        // A picture whose parts are links is a group: an image would hide them from assistive technology.
        html.add(
            .svg, .class("areas"), .role("group"), .labelledBy(name + "-title " + name + "-text"), .other("viewBox", box)
        ) { html in
            html.add(.svgTitle, .id(name + "-title"), text: title)
            html.add(.svgDescription, .id(name + "-text"), text: summary)
            html.add(.svgDefinitions) { html in
                html.add(
                    .svgPattern, .id(hatching), .number("width", 6), .number("height", 6), .other("patternUnits", "userSpaceOnUse"),
                    .other("patternTransform", "rotate(45)")
                ) { html in
                    html.add(.rect, .class("hatch-ground"), .number("width", 6), .number("height", 6))
                    html.add(.line, .class("hatch"), .number("x1", 0), .number("y1", 0), .number("x2", 0), .number("y2", 6))
                }
            }
            for area in areas { shape(area, hatching, &html) }
            for area in areas { label(area, &html) }
        }
    }

    private func shape(_ area: Area, _ hatching: String, _ html: inout HTML) {
        let spoken = said(area, html.language)
        if let address = area.address {
            html.add(.a, .href(address), .spoken(Word(spoken))) { html in outline(area, spoken, hatching, &html) }
        } else {
            html.add(.svgGroup, .role("img"), .spoken(Word(spoken))) { html in outline(area, spoken, hatching, &html) }
        }
    }

    private func outline(_ area: Area, _ spoken: String, _ hatching: String, _ html: inout HTML) {
        html.add(.svgTitle, text: spoken)
        let shade = area.shade.map { "shade-\($0)" } ?? ""
        html.add(
            .path, .classes("area", shade), .other("d", area.path), .other("fill-rule", "evenodd"),
            area.shade == nil ? .other("fill", "url(#\(hatching))") : nil)
    }

    private func said(_ area: Area, _ language: Language) -> String {
        area.name.text(language) + (language == .chinese ? "：" : ": ") + (area.text ?? WebWords.withoutClass.text(language))
    }

    private func label(_ area: Area, _ html: inout HTML) {
        guard let place = area.labelPlace else { return }
        html.add(
            .svgText, .classes("area-name", area.shade == 5 ? "on-dark" : ""), .number("x", place.x), .number("y", place.y),
            .decorative, text: area.name)
        guard let text = area.text else { return }
        html.add(
            .svgText, .classes("area-number", area.shade == 5 ? "on-dark" : ""), .number("x", place.x), .number("y", place.y),
            .other("dy", "1.15em"), .decorative, text: text)
    }
}
