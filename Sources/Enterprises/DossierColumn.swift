package import Values

/// The columns of the registers, as departments answer for them: what `regulations/duties` divides.
package enum DossierColumn: String, Sendable, CaseIterable {
    case identity = "enterprise.identity"
    case place = "enterprise.place"
    case registration = "enterprise.registration"
    case industry = "enterprise.industry"
    case note = "enterprise.note"
    case sales = "account.sales"
    case brandSales = "account.brand-sales"
    case exports = "account.exports"
    case research = "account.rd"
    case tax = "account.tax"
    case product = "product.name"
    case brand = "product.brand"
    case standard = "product.standard"
    case adoptedStandard = "product.adopted"
    case licence = "product.licence"
    /// What a class of a firm rests on: the figures used, with values.
    case classBasis = "classification.basis"
    case spotCheckResults = "spotcheck.result"
    case followUps = "spotcheck.follow-up"

    package var label: Word {
        switch self {
        case .identity: Word("企业名称和代码", "Name and codes")
        case .place: Word("地区和地址", "Region and address")
        case .registration: Word("登记事项", "Registration")
        case .industry: Word("行业", "Industry")
        case .note: Word("备注", "Note")
        case .sales: Word("销售额", "Sales")
        case .brandSales: Word("自主品牌销售额", "Sales under own brands")
        case .exports: Word("出口额", "Exports")
        case .research: Word("研发投入", "R&D")
        case .tax: Word("纳税额", "Tax")
        case .product: Word("产品名称", "Products")
        case .brand: Word("产品的商标", "Brands of products")
        case .standard: Word("执行标准", "Standards")
        case .adoptedStandard: Word("采用国际标准", "Adopted standards")
        case .licence: Word("许可证和CCC", "Licences")
        case .classBasis: Word("企业分类的依据", "What classes rest on")
        case .spotCheckResults: Word("监督抽查结果", "Spot-check results")
        case .followUps: Word("抽查后处理", "Follow-ups")
        }
    }

    /// The fields of a register's list that bring it.
    package var fields: [String] {
        switch self {
        case .identity: ["name", "code", "registration_no", "former_names"]
        case .place: ["province", "city", "district", "town", "address"]
        case .registration: ["registered_day", "type", "capital", "scope", "status"]
        case .industry: ["industry", "industry_code", "industry_version"]
        case .note: ["remark"]
        case .sales, .brandSales, .exports, .research, .tax: figure.map { [$0.field] } ?? []
        case .product: ["product"]
        case .brand: ["brand"]
        case .standard: ["standard"]
        case .adoptedStandard: ["adopted_standard"]
        case .licence: ["licence"]
        case .classBasis, .spotCheckResults, .followUps: []
        }
    }

    /// The yearly figure that it is.
    package var figure: AccountFigure? {
        switch self {
        case .sales: .sales
        case .brandSales: .brandSales
        case .exports: .exports
        case .research: .research
        case .tax: .tax
        case .identity, .place, .registration, .industry, .note, .product, .brand, .standard, .adoptedStandard, .licence, .classBasis,
            .spotCheckResults, .followUps:
            nil
        }
    }

    /// Whether single firms' values are confidential.
    package var isConfidential: Bool { figure != nil || self == .classBasis }
}

extension AccountFigure {
    package var column: DossierColumn {
        switch self {
        case .sales: .sales
        case .brandSales: .brandSales
        case .exports: .exports
        case .research: .research
        case .tax: .tax
        }
    }
}

extension Actor {
    package func sees(_ figure: AccountFigure) -> Bool { sees(figure.column.rawValue) }
    package func answers(for column: DossierColumn) -> Bool { answers(for: column.rawValue) }

    /// Who answers for a column is somebody else.
    package func refusal(_ column: DossierColumn) -> Failure { refusal(column.label.chinese, owners(of: column.rawValue)) }

    package func refusal(_ what: String, _ owners: String) -> Failure {
        Failure(.refused, "duty.not-yours", "「\(what)」归\(owners)，您的部门不能改", cure: "请\(owners)提供或更正；分工有误的，请质强办改部门职责文件")
    }
}
