import Enterprises
import Values
import WebSupport

/// The maps in use, loading one, and what one of them holds.
enum BoundaryPages {
    static var fields: [FormField] {
        [
            FormField("title", MapWords.title, isRequired: true, hint: MapWords.titleHint),
            FormField("source", MapWords.source, isRequired: true, hint: MapWords.sourceHint),
            FormField("file", MapWords.file, .file(accepts: ".json,.geojson", several: false), isRequired: true, hint: MapWords.loadNote),
        ]
    }

    static func list(_ maps: [(map: BoundaryMap, areas: Int, matched: Int)], seal: FormSeal?, fields: [FormField] = fields) -> Page {
        Page(MapWords.maps, lead: MapWords.lead, crumbs: [Link(QuestionWords.questions, Address("questions"))]) { html in
            html.add(
                WebSupport.Sheet(MapWords.maps) { html in
                    html.add(
                        Table(
                            caption: MapWords.maps, rows: maps,
                            columns: [
                                .link(MapWords.title) { Link($0.map.title, Address("questions", "maps", $0.map.id)) },
                                .text(MapWords.source) { $0.map.source }, .amount(MapWords.areas) { $0.areas },
                                .amount(MapWords.matched) { $0.matched }, .text(MapWords.file) { $0.map.file },
                            ], empty: EmptyState(MapWords.noMap, nextStep: MapWords.noMapNext)))
                })
            guard let seal else { return }
            html.add(
                WebSupport.Sheet(MapWords.load) { html in
                    html.add(Form(action: Address("questions", "maps"), seal: seal, fields: fields, submit: MapWords.loadButton))
                })
        }
    }

    static func map(_ map: BoundaryMap, _ boundaries: [Boundary], regions: RegionDirectory, seal: FormSeal?) -> Page {
        let unmatched = boundaries.filter { $0.region == nil }
        return Page(
            Word(name: map.title), lead: MapWords.loaded(boundaries.count - unmatched.count, boundaries.count),
            crumbs: [Link(QuestionWords.questions, Address("questions")), Link(MapWords.maps, Address("questions", "maps"))]
        ) { html in
            html.add(WebSupport.Sheet(MapWords.preview) { html in html.add(Padded { html in html.add(picture(map, boundaries)) }) })
            html.add(
                WebSupport.Sheet(MapWords.unmatched, note: unmatched.isEmpty ? MapWords.allMatched : MapWords.unmatchedNote) { html in
                    guard !unmatched.isEmpty else { return html.add(.p, .class("padded"), text: MapWords.allMatched) }
                    html.add(
                        Table(
                            caption: MapWords.unmatched, rows: unmatched,
                            columns: [
                                .text(MapWords.area) { $0.shape.name },
                                .text(MapWords.code) { $0.shape.code.isEmpty ? nil : $0.shape.code },
                                .text(MapWords.why) { $0.remark },
                            ]))
                })
            var facts = DefinitionList()
            facts.add(MapWords.source, map.source)
            facts.add(MapWords.file, map.file)
            facts.add(MapWords.original) { html in html.add(Link(map.original, Address("originals", map.original))) }
            html.add(
                WebSupport.Sheet(MapWords.source) { html in
                    html.add(facts)
                    guard let seal else { return }
                    html.add(
                        Padded { html in
                            html.add(ActionButton(MapWords.withdraw, action: Address("questions", "maps", map.id, "withdraw"), seal: seal))
                        })
                })
        }
    }

    private static func picture(_ map: BoundaryMap, _ boundaries: [Boundary]) -> AreaMap {
        let drawn = DrawAreas(boundaries.map(\.shape))
        let areas = zip(boundaries, drawn.outlines).map { boundary, outline in
            AreaMap.Area(
                Word(name: boundary.shape.name), path: outline.path, text: boundary.region == nil ? nil : boundary.shape.code,
                shade: boundary.region == nil ? nil : 1, labelPlace: outline.label)
        }
        return AreaMap(title: Word(name: map.title), summary: MapWords.previewText, width: drawn.width, height: drawn.height, areas: areas)
    }
}
