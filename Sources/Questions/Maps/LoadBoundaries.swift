package import Enterprises
package import Foundation
package import Storage
package import Values

/// Takes a file of boundaries into use: checked, its areas matched with regions, the file kept as it came.
package struct LoadBoundaries: Sendable {
    package let title: String
    /// Who drew the boundaries; a map without its source proves nothing.
    package let source: String
    package let file: String
    package let bytes: Data

    package init(title: String, source: String, file: String, bytes: Data) {
        self.title = title
        self.source = source
        self.file = file
        self.bytes = bytes
    }

    package static let roles: Set<Role> = [.programmeOffice]
    /// Rows written at once.
    private static let chunk = 200

    /// Answers the map's number; a repeated request gets the first answer.
    ///
    /// - Throws: `map.role`, `map.title`, `map.nothing-matched`, `map.already`, and what reading throws.
    package func perform(on store: Store, regions: RegionDirectory, by actor: Actor, request: String) async throws -> ID<BoundaryMap> {
        guard Self.roles.contains(actor.role) else {
            throw Failure(.refused, "map.role", "您的岗位不能装入地图边界", cure: "请质强办装入")
        }
        guard !title.isEmpty, title.count <= 60, !source.isEmpty, source.count <= 200 else {
            throw Failure(.invalid, "map.title", "地图要有名称（不超过60个字）和出处", cure: "名称如“佛山市各区”，出处写明来自哪里、哪一年")
        }
        let boundaries = MatchBoundaries(regions: regions).boundaries(try ReadBoundaries.read(bytes, file: file))
        guard boundaries.contains(where: { $0.region != nil }) else {
            throw Failure(
                .invalid, "map.nothing-matched",
                "\(boundaries.count)个区域都对不上区划目录，如「\(boundaries[0].shape.name)」：\(boundaries[0].remark ?? "")",
                at: FilePlace(file: file), cure: "属性里要有 adcode（六位行政区划代码）和全称 name")
        }
        let load = self
        let answer = try await store.actOnce(request: request, "questions.load-map", by: actor, reason: source) { transaction in
            String(try load.write(boundaries, transaction).number)
        }
        return ID(Int64(answer) ?? 0)
    }

    private func write(_ boundaries: [Boundary], _ transaction: Transaction) throws -> ID<BoundaryMap> {
        let original = try transaction.keep(original: Array(bytes), name: file)
        guard try !BoundaryStore.maps(transaction.session).contains(where: { $0.map.original == original }) else {
            throw Failure(.conflict, "map.already", "这份边界文件已经装入过了", cure: "从地图列表中打开；要重装先撤下原来的")
        }
        let map: ID<BoundaryMap> = try transaction.newID(.boundaryMap)
        transaction.subject = "map/\(map)"
        let matched = boundaries.count { $0.region != nil }
        transaction.detail = ["title": title, "file": file, "areas": String(boundaries.count), "matched": String(matched)]
        try transaction.open(.boundaryMap, id: map.number, [.text(title), .text(source), .text(file), .text(original)])
        var rows: [(id: Int64, row: [Value])] = []
        for (index, boundary) in boundaries.enumerated() {
            let id: ID<Boundary> = try transaction.newID(.boundary)
            rows.append(
                (
                    id.number,
                    [
                        .integer(map.number), .integer(Int64(index)), .text(boundary.shape.name), .text(boundary.shape.code),
                        Value(boundary.region), Value(boundary.remark), .text(RingText.text(boundary.shape.rings)),
                    ]
                ))
        }
        for start in stride(from: 0, to: rows.count, by: Self.chunk) {
            try transaction.open(.boundary, rows: Array(rows[start..<min(start + Self.chunk, rows.count)]))
        }
        return map
    }
}
