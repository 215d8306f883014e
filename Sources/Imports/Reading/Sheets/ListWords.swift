/// What a published list is by its title.
package enum ListKind: String, Sendable, CaseIterable {
    /// 抽查结果: passing and failing batches.
    case results
    /// 不合格名单: failing batches only.
    case failing
    /// 合格名单: passing batches only.
    case passing
    /// 拒检企业名单
    case refused
    /// 后处理
    case followups
    /// 连续两次不合格
    case failedTwice
    /// 汇总表: counts by product or place, no batches.
    case summary
    case unknown

    package var label: String {
        switch self {
        case .results: "监督抽查结果"
        case .failing: "不合格名单"
        case .passing: "合格名单"
        case .refused: "拒检名单"
        case .followups: "后处理"
        case .failedTwice: "连续两次不合格名单"
        case .summary: "汇总表"
        case .unknown: "未注明"
        }
    }
}

/// Which government had the samples taken (国家、省、市、区县).
package enum ListLevel: String, Sendable, CaseIterable {
    case national, province, city, county, unstated

    package var label: String {
        switch self {
        case .national: "国家级"
        case .province: "省级"
        case .city: "市级"
        case .county: "区县级"
        case .unstated: "未注明"
        }
    }
}

/// How the samples were chosen; never assumed.
package enum SamplingMethod: String, Sendable, CaseIterable {
    case doubleRandom, special, joint, recheck, complaint
    /// 风险监测: enters no rate.
    case risk
    case unstated

    package var label: String {
        switch self {
        case .doubleRandom: "双随机"
        case .special: "专项"
        case .joint: "联动"
        case .recheck: "复查"
        case .complaint: "投诉举报"
        case .risk: "风险监测"
        case .unstated: "未注明"
        }
    }
}

/// Where the sample was taken (生产/流通/网络).
package enum SamplingStage: String, Sendable, CaseIterable {
    case production, circulation, online, unstated

    package var label: String {
        switch self {
        case .production: "生产"
        case .circulation: "流通"
        case .online: "网络"
        case .unstated: "未注明"
        }
    }
}
