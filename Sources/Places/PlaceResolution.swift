package import Values

/// What a row of a list says about where an enterprise is: three texts of different weight, none of them certain.
package struct PlaceClues: Sendable, Equatable {
    /// 所在地, 所在省, 地区: what the list itself declares.
    package let declared: String?
    /// 地址, 注册地址, 生产地址.
    package let address: String?
    /// The enterprise's name, which by the rules of registration begins with its division.
    package let name: String?

    package init(declared: String? = nil, address: String? = nil, name: String? = nil) {
        self.declared = declared
        self.address = address
        self.name = name
    }
}

/// Which text a step of the proof was read from.
package enum PlaceField: String, Sendable, CaseIterable {
    case declared
    case address
    case name

    /// The word for the field in a reason: 所在地, 地址, 企业名称.
    package var label: Word {
        switch self {
        case .declared: Word("所在地", "declared place")
        case .address: Word("地址", "address")
        case .name: Word("企业名称", "name")
        }
    }
}

/// One step of the proof: a registered name read in a text, and the division that it stands for on the reference day.
package struct PlaceEvidence: Sendable, Equatable {
    package let field: PlaceField
    package let region: Region
    /// The characters that were read, folded: `南海市`, also where the division is now 南海区.
    package let text: String
    /// Where they stand in the folded text, in characters.
    package let span: Range<Int>
    /// The abolished division that bears the name, where it is one.
    package let former: Region?

    /// `企业名称“南海市”（今南海区）`.
    package var sentence: String {
        let today = former == nil ? "" : "（今\(region.name)）"
        return "\(field.label.chinese)“\(text)”\(today)"
    }
}

/// A division's name that stands in a text without proving anything; the place it names is 未证实.
package struct PlaceMention: Sendable, Equatable {
    package let field: PlaceField
    package let region: Region
    package let text: String

    /// `企业名称中的“龙湾”不足以证明在龙湾区`.
    package var sentence: String { "\(field.label.chinese)中的“\(text)”不足以证明在\(region.name)" }
}

/// Two texts of one row that name different places; nobody but a person can decide.
package struct PlaceConflict: Sendable, Equatable {
    package let first: PlaceEvidence
    package let second: PlaceEvidence

    package var sentence: String { "\(first.sentence)与\(second.sentence)不一致" }
}

/// How far a place is proven.
package struct PlaceResolution: Sendable, Equatable {
    /// From the province to the deepest proven division; empty when nothing is proven. In a conflict only what both texts share.
    package let chain: [Region]
    package let evidence: [PlaceEvidence]
    package let mentions: [PlaceMention]
    package let conflict: PlaceConflict?

    /// The deepest proven division.
    package var region: Region? { chain.last }

    /// The reason in one Chinese sentence, for a candidate dossier or an unclear row.
    package var sentence: String {
        if let conflict { return conflict.sentence }
        let proof = evidence.isEmpty ? "没有可据以判断地点的文字" : "依据：" + evidence.map(\.sentence).joined(separator: "、")
        return ([proof] + mentions.map(\.sentence)).joined(separator: "；")
    }
}
