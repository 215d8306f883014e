package import Values

/// The texts of the registers' pages and figures.
package enum EnterpriseWords {
    /// Words for the states of a dossier.
    package static let statuses: [String: Word] = [
        "active": Word("在册", "Registered"), "closed": Word("已注销", "Closed"), "candidate": Word("待补登记", "From a list"),
        "merged": Word("已并档", "Merged"),
    ]
    /// Words for how far a code can be relied on.
    package static let codeStates: [String: Word] = [
        "sound": Word("有代码", "Sound code"), "doubtful": Word("代码存疑", "Doubtful code"),
        "registration": Word("只有注册号", "Registration number only"), "missing": Word("没有代码", "No code"),
    ]

    /// Words for the yearly figures.
    package static let figures: [AccountFigure: Word] = [
        .sales: Word("销售额", "Sales"), .brandSales: Word("自主品牌销售额", "Sales under own brands"), .exports: Word("出口额", "Exports"),
        .research: Word("研发投入", "R&D"), .tax: Word("纳税额", "Tax"),
    ]

    static let title = Word("企业档案", "Enterprises")
    static let name = Word("企业名称", "Name")
    static let code = Word("统一社会信用代码", "Credit code")
    static let registration = Word("注册号", "Registration number")
    static let region = Word("地区", "Region")
    static let address = Word("地址", "Address")
    static let kind = Word("企业类型", "Kind")
    static let industry = Word("行业", "Industry")
    static let industryCode = Word("行业代码", "Industry code")
    static let industryVersion = Word("行业分类版本", "Version of the classification")
    static let registeredDay = Word("注册日期", "Registered")
    static let capital = Word("注册资本", "Capital")
    static let capitalText = Word("注册资本（原文）", "Capital as written")
    static let scope = Word("经营范围", "Scope of business")
    static let status = Word("状态", "Status")
    static let note = Word("备注", "Note")
}
