import Enterprises
import Evidence
import Hummingbird
import Places
import Questions
import Spreadsheets
import Storage
import Targets
import Values
import WebSupport

/// The addresses at which cells are bound.
enum BindRoutes {
    static func table(_ office: ReturnsOffice) -> RouteTable {
        let site = BindSite(office: office)
        var table = RouteTable()
        table.get("/returns/{form}/cells", may: ReturnRights.manage) { context in
            let place = try BindSite.place(context.query["sheet"], context.query["cell"])
            return .page(BindPages.page(try await site.view(context, place, nil)))
        }
        table.post("/returns/{form}/figure", may: ReturnRights.manage) { try await site.figure($0, $1) }
        table.post("/returns/{form}/town", may: ReturnRights.manage) { try await site.town($0, $1) }
        table.post("/returns/{form}/text", may: ReturnRights.manage) { try await site.text($0, $1) }
        table.post("/returns/{form}/formula", may: ReturnRights.manage) { try await site.formula($0, $1) }
        table.post("/bindings/{binding}/unbind", may: ReturnRights.manage) { context, form in
            let id: ID<CellBinding> = try context.id("binding")
            let binding = try await office.store.read { try FormStore.binding(id, $0) }
            try await UnbindCell(id).perform(on: office.store, by: context.actor, request: FormReading(form).requestID())
            return .seeOther(Address("returns", binding.form))
        }
        table.post("/bindings/{binding}/place", may: ReturnRights.manage) { context, form in
            let id: ID<CellBinding> = try context.id("binding")
            let binding = try await office.store.read { try FormStore.binding(id, $0) }
            let place = try BindSite.chosen(form, binding)
            try await PlaceBinding(id, at: place).perform(in: office, by: context.actor, request: FormReading(form).requestID())
            return .seeOther(Address("returns", binding.form))
        }
        return table
    }
}

/// What answers them.
struct BindSite: Sendable {
    let office: ReturnsOffice

    static func place(_ sheet: String?, _ cell: String?) throws -> CellPlaceOnSheet {
        guard let sheet, let cell, let place = CellPlace(cell) else {
            throw Failure(.invalid, "returns.cell", "没有写明工作表和单元格", cure: "从表样里点一个格进入")
        }
        return CellPlaceOnSheet(sheet: sheet, cell: place)
    }

    /// A candidate that was chosen, or a cell that was typed: `C7` on the binding's sheet, or `表1!C7`.
    static func chosen(_ form: FormBody, _ binding: CellBinding) throws -> CellPlaceOnSheet {
        let typed = form.text("cell-\(binding.id)")
        let text = typed.isEmpty ? form.text("place-\(binding.id)") : typed
        guard let sign = text.lastIndex(where: { $0 == "!" || $0 == "！" }) else { return try place(binding.place.sheet, text) }
        return try place(String(text[..<sign]), String(text[text.index(after: sign)...]))
    }

    private struct Ground: Sendable {
        let form: ReportForm
        let sheet: FormSheet
        let towns: [Region]
        let government: Int64?
        let offered: OfferedQuestions
    }

    private func ground(_ context: WebContext, _ place: CellPlaceOnSheet) async throws -> Ground {
        let id: ID<ReportForm> = try context.id("form")
        let blank = try await office.store.read { try FormStore.one(id, $0).blank }
        guard let sheet = try await office.grid(blank).sheet(place.sheet), sheet.isFillable(place.cell) else {
            throw Failure(
                .invalid, "returns.not-fillable", "表样里 \(place) 不是可以填数的格", at: FilePlace(sheet: place.sheet), cure: "从表样里点一个空格、数字或公式格")
        }
        return try await office.store.read { session in
            Ground(
                form: try FormStore.one(id, session), sheet: sheet, towns: try office.towns(session),
                government: try office.office.government(session)?.id.number,
                offered: OfferedQuestions(
                    catalogue: office.catalogue, programmes: try office.programmes.folders(session, known: nil), regions: office.regions))
        }
    }

    func view(_ context: WebContext, _ place: CellPlaceOnSheet, _ errors: [FormField]?) async throws -> BindPages.View {
        let ground = try await ground(context, place)
        let binding = try await office.store.read { try FormStore.binding(of: ground.form.id, at: place, $0) }
        return BindPages.View(
            form: ground.form, place: place, anchor: ground.sheet.anchor(of: place.cell), formula: ground.sheet.formulas[place.cell],
            binding: binding, offered: ground.offered.all,
            text: QuestionText(catalogue: office.catalogue, regions: office.regions),
            townRows: TownRows.find(in: ground.sheet, column: place.cell.column, towns: ground.towns).count,
            seal: context.formSeal(readVersion: ground.form.version), errors: errors)
    }

    private func again(_ context: WebContext, _ place: CellPlaceOnSheet, _ reading: FormReading, _ fields: (BindPages.View) -> [FormField])
        async throws -> Reply
    {
        let view = try await view(context, place, nil)
        return .formAgain(BindPages.page(try await self.view(context, place, reading.marked(fields(view)))))
    }

    private func bind(_ context: WebContext, _ form: FormBody, _ ground: Ground, _ bindings: [CellBinding]) async throws -> Reply {
        try await BindCell(ground.form.id, bindings).perform(
            on: office.store, by: context.actor, request: FormReading(form).requestID(), shown: form.readVersion)
        return .seeOther(Address("returns", ground.form.id).with("sheet", ground.sheet.name))
    }

    private func binding(_ ground: Ground, _ cell: CellPlace, _ kind: BindingKind) -> CellBinding {
        CellBinding(
            form: ground.form.id, anchor: ground.sheet.anchor(of: cell), place: CellPlaceOnSheet(sheet: ground.sheet.name, cell: cell),
            kind: kind)
    }

    func figure(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let place = try Self.place(form.text("sheet"), form.text("cell"))
        let ground = try await ground(context, place)
        var reading = FormReading(form)
        let unit = reading.optionalText("unit", atMost: 20) ?? ""
        let decimals = reading.optionalNumber("decimals", in: 0...6) ?? 0
        let template = template(&reading, ground)
        if let template { check(template, unit, &reading) }
        guard reading.isGood, let template else { return try await again(context, place, reading, BindPages.figureFields) }
        var plain = binding(ground, place.cell, .figure)
        plain.question = template
        plain.unit = unit
        plain.decimals = decimals
        guard form.has("block") else { return try await bind(context, form, ground, [plain]) }
        let rows = TownRows.find(in: ground.sheet, column: place.cell.column, towns: ground.towns).map { row in
            var copy = binding(ground, row.place, .figure)
            copy.question = template.inRegion(row.town.id.number)
            copy.unit = unit
            copy.decimals = decimals
            return copy
        }
        return try await bind(context, form, ground, rows)
    }

    /// The chosen question with the further conditions; nil where the reading has noted what is wrong.
    private func template(_ reading: inout FormReading, _ ground: Ground) -> QuestionTemplate? {
        let chosen = reading.optionalText("offered", atMost: 200)
        let pasted = reading.optionalText("pasted", atMost: 4000)
        let further = (reading.optionalText("conditions", atMost: 2000) ?? "").split(whereSeparator: \.isNewline).map {
            String($0.filter { !$0.isWhitespace })
        }
        var template: QuestionTemplate
        if let chosen {
            guard let offered = ground.offered.find(chosen) else {
                reading.refuse("offered", Word("没有这个指标", "no such metric"))
                return nil
            }
            template = offered.template
        } else if let pasted {
            do {
                template = try PastedQuestion.read(pasted, catalogue: office.catalogue, government: ground.government)
            } catch {
                reading.refuse("pasted", Word((error as? Failure)?.description ?? "\(error)"))
                return nil
            }
        } else {
            reading.refuse("offered", Word("选一个指标，或粘贴一个地址", "choose a metric or paste an address"))
            return nil
        }
        template.filters += further.filter { !$0.isEmpty && !template.filters.contains($0) }
        return template
    }

    /// A question that names what does not exist, or a unit that cannot be had, is refused before it is bound.
    private func check(_ template: QuestionTemplate, _ unit: String, _ reading: inout FormReading) {
        do {
            let fact = try office.catalogue.fact(template.fact)
            try BoundValue.check(unit, try fact.metric(template.metric))
            for filter in template.filters {
                guard let sign = filter.firstIndex(of: "=") else {
                    throw Failure(.invalid, "question.where-form", "条件“\(filter)”不是“维度=值”", cure: "写成 verdict=fail 的形式")
                }
                _ = try fact.dimension(String(filter[..<sign]))
            }
        } catch {
            let failure = error as? Failure
            let field = failure?.code == "returns.unit" ? "unit" : failure?.code.hasPrefix("question.") == true ? "conditions" : "offered"
            reading.refuse(field, Word(failure?.description ?? "\(error)"))
        }
    }

    func town(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let place = try Self.place(form.text("sheet"), form.text("cell"))
        let ground = try await ground(context, place)
        var reading = FormReading(form)
        let unit = reading.optionalText("town-unit", atMost: 20) ?? ""
        let decimals = reading.optionalNumber("town-decimals", in: 0...6) ?? 0
        let question = reading.optionalText("town-offered", atMost: 200).flatMap { ground.offered.find($0)?.template }
        if let question {
            do { try BoundValue.check(unit, try office.catalogue.fact(question.fact).metric(question.metric)) } catch {
                reading.refuse("town-unit", Word((error as? Failure)?.description ?? "\(error)"))
            }
        }
        guard reading.isGood else { return try await again(context, place, reading, BindPages.townFields) }
        func marked(_ cell: CellPlace, _ town: Int64?) -> CellBinding {
            var copy = binding(ground, cell, .town)
            copy.question = question
            copy.unit = unit
            copy.decimals = decimals
            copy.town = town
            return copy
        }
        let rows = TownRows.find(in: ground.sheet, column: place.cell.column, towns: ground.towns)
        if form.has("town-block") { return try await bind(context, form, ground, rows.map { marked($0.place, $0.town.id.number) }) }
        let own = rows.first { $0.place == place.cell }?.town.id.number
        return try await bind(context, form, ground, [marked(place.cell, own)])
    }

    func text(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let place = try Self.place(form.text("sheet"), form.text("cell"))
        let ground = try await ground(context, place)
        var reading = FormReading(form)
        let text = reading.text("text", atMost: 500)
        guard reading.isGood else { return try await again(context, place, reading, BindPages.textFields) }
        var copy = binding(ground, place.cell, .text)
        copy.text = text
        return try await bind(context, form, ground, [copy])
    }

    func formula(_ context: WebContext, _ form: FormBody) async throws -> Reply {
        let place = try Self.place(form.text("sheet"), form.text("cell"))
        let ground = try await ground(context, place)
        guard ground.sheet.formulas[place.cell] != nil else {
            throw Failure(.invalid, "returns.no-formula", "\(place) 没有公式", at: FilePlace(sheet: place.sheet), cure: "改选取数、固定文字或镇街填")
        }
        return try await bind(context, form, ground, [binding(ground, place.cell, .formula)])
    }
}
