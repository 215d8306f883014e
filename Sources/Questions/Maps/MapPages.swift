import Enterprises
import Evidence
import Values
import WebSupport

/// A question on a map, with the same numbers as a table.
enum MapPages {
    static func map(_ answer: MapAnswer, _ view: QuestionView, _ html: inout HTML) {
        let links = answer.maps.filter { $0.map.id != answer.map?.id }.prefix(4).map {
            Link($0.map.title, view.address(view.question, form: .map).with("map", $0.map.id))
        }
        let manage = Link(MapWords.maps, Address("questions", "maps"))
        AnswerPages.sheet(view, .map, MapWords.map, links: links + [manage], &html) { html in
            guard let map = answer.map else {
                return html.add(
                    EmptyState(
                        MapWords.noMap, nextStep: MapWords.noMapNext,
                        action: Link(MapWords.toLoad, Address("questions", "maps"), look: .primary)))
            }
            let metric = view.metric
            let classes = ShadeClasses(answer.figures.values.compactMap(\.value))
            html.add(.div, .class("map-and-table")) { html in
                html.add(.div, .class("padded")) { html in
                    html.add(picture(answer, map, classes, view, html.language))
                    html.add(ShadeLegend(classes, hasGaps: true) { FigureText.mark($0, metric) })
                }
                html.add(table(answer, view))
            }
            html.add(.div, .class("footnote")) { html in
                html.add(.p, text: FigureText.hasInterval(metric) ? MapWords.rank : MapWords.order)
                if let elsewhere = answer.elsewhere, elsewhere > 0 { html.add(.p, text: MapWords.elsewhere(elsewhere)) }
                html.add(.p) { html in
                    html.add(MapWords.drawnFrom)
                    html.add("：\(map.title) · \(map.source)")
                }
            }
        }
    }

    private static func picture(
        _ answer: MapAnswer, _ map: BoundaryMap, _ classes: ShadeClasses, _ view: QuestionView, _ language: Language
    ) -> AreaMap {
        let drawn = DrawAreas(answer.boundaries.map(\.shape))
        let areas = zip(answer.boundaries, drawn.outlines).map { boundary, outline in
            let figure = boundary.region.flatMap { answer.figures[$0] }
            return AreaMap.Area(
                Word(name: boundary.shape.name), path: outline.path, text: FigureText.said(figure, view.metric, language),
                shade: classes.shade(figure?.value), address: figure == nil ? nil : address(boundary, view), labelPlace: outline.label)
        }
        return AreaMap(
            title: FigureText.heading(view.metric), summary: MapWords.drawn(answer.boundaries.count, map.title), width: drawn.width,
            height: drawn.height, areas: areas)
    }

    private static func address(_ boundary: Boundary, _ view: QuestionView) -> Address? {
        guard let region = boundary.region, let place = view.fact.place else { return nil }
        return view.rowsAddress(by: [place.name], keys: [String(region)])
    }

    private static func table(_ answer: MapAnswer, _ view: QuestionView) -> Table<Boundary> {
        let metric = view.metric
        func figure(_ boundary: Boundary) -> Evidence.Figure? { boundary.region.flatMap { answer.figures[$0] } }
        let sorted = answer.boundaries.enumerated().sorted { left, right in
            let (one, other) = (figure(left.element), figure(right.element))
            let (first, second) =
                FigureText.hasInterval(metric)
                ? (Double(one?.n ?? -1), Double(other?.n ?? -1)) : (one?.value ?? -.infinity, other?.value ?? -.infinity)
            return first == second ? left.offset < right.offset : first > second
        }.map(\.element)
        return Table(
            caption: MapWords.map, rows: sorted,
            columns: [
                .text(MapWords.area) { $0.shape.name },
                Column(FigureText.heading(metric), .amount) { html, boundary in
                    guard let text = FigureText.said(figure(boundary), metric, html.language) else { return html.add("—") }
                    if let address = address(boundary, view), figure(boundary)?.isSuppressed == false {
                        html.add(.a, .class("opens"), .href(address), text: text)
                    } else {
                        html.add(text)
                    }
                    if let detail = FigureText.detail(figure(boundary), metric) { html.add(.small, text: detail) }
                },
            ])
    }
}
