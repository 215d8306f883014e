import Spreadsheets
import Values
import WebSupport

/// Bindings that lost their cell, each with the cells that it may mean.
struct WaitingBindings: Component {
    let view: FormPages.View
    let waiting: [CellBinding]

    func write(into html: inout HTML) {
        html.add(Notice(.bad, ReturnsWords.waitingTitle))
        html.add(
            WebSupport.Sheet(ReturnsWords.unplaced, note: ReturnsWords.count(waiting.count, "条", "")) { html in
                html.add(
                    Table(
                        caption: ReturnsWords.unplaced, rows: waiting,
                        columns: [
                            Column(ReturnsWords.label, .wide) { html, binding in
                                html.add(.strong, text: binding.anchor.description)
                                html.add(
                                    .small,
                                    text: Word(
                                        "原在 \(binding.place) · \(BindingText.long(binding, view.text))",
                                        "was at \(binding.place) · \(BindingText.long(binding, view.text))"))
                            },
                            .status(ReturnsWords.state) { Badge(.bad, $0.placement.word) },
                            Column(ReturnsWords.placeIn, .wide) { html, binding in choose(binding, into: &html) },
                        ]))
            })
    }

    private func choose(_ binding: CellBinding, into html: inout HTML) {
        guard let seal = view.seal else { return }
        let candidates: [CellPlaceOnSheet] =
            switch view.grid.find(binding.anchor) {
            case .at(let place): [place]
            case .several(let places), .none(let places): Array(places.prefix(12))
            }
        let choices = candidates.map { place in
            FormField.Choice(place.description, Word("\(place) \(view.grid.sheet(place.sheet)?.anchor(of: place.cell).description ?? "")"))
        }
        let id = binding.id.description
        let fields = [
            FormField("place-\(id)", ReturnsWords.placeIn, .select(choices)), FormField("cell-\(id)", ReturnsWords.orCell),
        ]
        html.add(Form(action: Address("bindings", binding.id, "place"), seal: seal, fields: fields, submit: ReturnsWords.confirm))
        html.add(ActionButton(ReturnsWords.drop, action: Address("bindings", binding.id, "unbind"), seal: seal))
    }
}
