/// An element that has content.
package struct Tag: Sendable {
    let name: StaticString

    private init(_ name: StaticString) { self.name = name }

    package static let html = Tag("html"), head = Tag("head"), title = Tag("title"), body = Tag("body"), script = Tag("script")
    package static let header = Tag("header"), nav = Tag("nav"), main = Tag("main"), aside = Tag("aside"), footer = Tag("footer")
    package static let section = Tag("section"), article = Tag("article"), div = Tag("div"), span = Tag("span"), p = Tag("p")
    package static let h1 = Tag("h1"), h2 = Tag("h2"), h3 = Tag("h3"), strong = Tag("strong"), em = Tag("em"), small = Tag("small")
    package static let a = Tag("a"), ul = Tag("ul"), ol = Tag("ol"), li = Tag("li"), dl = Tag("dl"), dt = Tag("dt"), dd = Tag("dd")
    package static let table = Tag("table"), caption = Tag("caption"), colgroup = Tag("colgroup"), thead = Tag("thead"),
        tbody = Tag("tbody")
    package static let tfoot = Tag("tfoot"), tr = Tag("tr"), th = Tag("th"), td = Tag("td"), figure = Tag("figure")
    package static let figcaption = Tag("figcaption"), form = Tag("form"), label = Tag("label"), fieldset = Tag("fieldset")
    package static let legend = Tag("legend"), select = Tag("select"), option = Tag("option"), textarea = Tag("textarea")
    package static let button = Tag("button"), details = Tag("details"), summary = Tag("summary"), time = Tag("time")
    package static let progress = Tag("progress"), blockquote = Tag("blockquote"), pre = Tag("pre"), code = Tag("code"), abbr = Tag("abbr")
    package static let del = Tag("del"), ins = Tag("ins"), mark = Tag("mark"), sup = Tag("sup")

    package static let svg = Tag("svg"), svgGroup = Tag("g"), svgText = Tag("text"), svgTitle = Tag("title"), svgDescription = Tag("desc")
    package static let svgDefinitions = Tag("defs"), svgPattern = Tag("pattern")
}

/// An element without content, or an SVG shape, which is written with its end tag.
package struct VoidTag: Sendable {
    let name: StaticString
    let isShape: Bool

    private init(_ name: StaticString, isShape: Bool = false) {
        self.name = name
        self.isShape = isShape
    }

    package static let br = VoidTag("br"), hr = VoidTag("hr"), img = VoidTag("img"), input = VoidTag("input"), meta = VoidTag("meta")
    package static let link = VoidTag("link"), col = VoidTag("col"), wbr = VoidTag("wbr")
    package static let rect = VoidTag("rect", isShape: true), line = VoidTag("line", isShape: true)
    package static let circle = VoidTag("circle", isShape: true), path = VoidTag("path", isShape: true)
    package static let polyline = VoidTag("polyline", isShape: true)
}
