import Values

extension DecisionTable {
    /// Proves the table: overlaps exactly, holes and unreachable rules exactly up to four restricted inputs, beyond that
    /// within a budget of visited cells.
    package func prove(budget: Int = 200_000) -> Proof {
        var search = ProofSearch(table: self, limit: grid.constrainedAxes <= 4 ? nil : budget)
        let overlaps = overlappingPairs().map(overlap)
        let uncovered = search.uncovered().map(hole)
        let unreachable = search.unreachable().map { idle($0.rule, by: $0.cause) }
        return Proof(
            overlaps: overlaps, uncovered: uncovered, unreachable: unreachable, openConditions: openConditions,
            coverage: search.isExhausted ? .notProved(budget: budget) : .exact, visited: search.visited)
    }

    /// Rules that match together where the policy does not choose.
    struct OverlappingPair {
        let first: Int
        let second: Int
        let box: [SegmentSet]
    }

    /// Every such pair, in the order of the file.
    func overlappingPairs() -> [OverlappingPair] {
        guard hit == .unique || hit == .any else { return [] }
        var pairs: [OverlappingPair] = []
        for first in rules.indices {
            for second in rules.indices.dropFirst(first + 1) where Remainder.intersects(grid.boxes[first], grid.boxes[second]) {
                if hit == .any, output(of: rules[first]) == output(of: rules[second]) { continue }
                let box = zip(grid.boxes[first], grid.boxes[second]).map { $0.intersection($1) }
                pairs.append(OverlappingPair(first: first, second: second, box: box))
            }
        }
        return pairs
    }

    // MARK: findings in words

    private func overlap(_ pair: OverlappingPair) -> Proof.Finding {
        let ids = [rules[pair.first].id, rules[pair.second].id]
        let region = regionInWords(pair.box)
        return finding(
            .overlap, [pair.first, pair.second], pair.box,
            "\(names(ids))重叠：\(region.isEmpty ? "任何情形" : region)时同时符合。", cure: "改正单元格的端点，或作口径认定。")
    }

    private func hole(_ box: [SegmentSet]) -> Proof.Finding {
        let region = regionInWords(box)
        return finding(
            .uncovered, [], box, "空档：\(region.isEmpty ? "任何情形" : region)时没有规则适用。", cure: "补一条规则，或写明默认结果；原文没有规定的，列为待明确。")
    }

    private func idle(_ rule: Int, by cause: ProofSearch.Cause) -> Proof.Finding {
        let name = names([rules[rule].id])
        switch cause {
        case .emptyCell(let axis):
            let cell = rules[rule].cell(inputs[axis]).text
            return finding(.unreachable, [rule], nil, "\(name)不可达：「\(inputs[axis].label)」的单元格「\(cell)」没有值能符合。", cure: "改正单元格。")
        case .others(let others):
            let why =
                switch hit {
                case .first: "凡符合它的，都已先符合\(names(others))。"
                case .priority: "凡符合它的，都同时符合优先的\(names(others))。"
                default: "凡符合它的，都同时符合\(names(others))，它从不单独成立。"
                }
            return finding(.unreachable, [rule], grid.boxes[rule], "\(name)不可达：" + why, cure: "删去这条规则，或缩小与它重复的规则。")
        }
    }

    private func finding(
        _ kind: Proof.Finding.Kind, _ concerned: [Int], _ box: [SegmentSet]?, _ message: String, cure: String
    ) -> Proof.Finding {
        Proof.Finding(
            kind: kind, rules: concerned.map { rules[$0].id }, lines: concerned.compactMap { rules[$0].line },
            clause: concerned.first.flatMap { rules[$0].clause } ?? clause, file: file, region: box.map(region) ?? "",
            witness: box.map(witness) ?? [:], message: message, cure: cure)
    }

    /// `sales = 5000 且 industry = "鞋"`
    func region(_ box: [SegmentSet]) -> String {
        restricted(box).map { grid.axes[$0].input.name + " " + grid.axes[$0].text(box[$0]) }.joined(separator: " 且 ")
    }

    /// `年销售额 = 5000万元`
    func regionInWords(_ box: [SegmentSet]) -> String {
        restricted(box).map { axis in
            let input = grid.axes[axis].input
            return input.label + " " + grid.axes[axis].text(box[axis], unit: input.kind == .day ? "" : input.unit ?? "")
        }.joined(separator: " 且 ")
    }

    private func restricted(_ box: [SegmentSet]) -> [Int] { box.indices.filter { box[$0] != grid.axes[$0].domain } }

    func witness(_ box: [SegmentSet]) -> [String: FactValue] {
        var facts: [String: FactValue] = [:]
        for (axis, set) in zip(grid.axes, box) where axis.input.kind != .open {
            // A boundary value says more than a value beside it.
            guard let segment = axis.isOrdered ? set.segments.first(where: { $0 % 2 == 1 }) ?? set.first : set.first else { continue }
            facts[axis.input.name] = axis.witness(segment)
        }
        return facts
    }
}
