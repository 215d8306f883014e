/// What an actor is in the programme (角色).
package enum Role: String, Sendable, CaseIterable {
    /// 质强办
    case programmeOffice = "programme-office"
    /// 部门
    case departmentOfficer = "department-officer"
    /// 镇街
    case townOfficer = "town-officer"
    /// 抽查
    case spotCheckOfficer = "spot-check-officer"
    /// 评审
    case assessor
    /// 领导
    case leader
    /// 审计
    case auditor
    /// 系统管理：账号和机构，不办业务
    case administrator
    /// 企业
    case enterprise
    /// 外部系统：以令牌查询，只在授权范围内
    case outsideSystem = "outside-system"
    /// 公众
    case visitor = "public"

    package var title: Word {
        switch self {
        case .programmeOffice: Word("质强办", "programme office")
        case .departmentOfficer: Word("部门", "department")
        case .townOfficer: Word("镇街", "town")
        case .spotCheckOfficer: Word("抽查", "spot checks")
        case .assessor: Word("评审", "assessor")
        case .leader: Word("领导", "leader")
        case .auditor: Word("审计", "auditor")
        case .administrator: Word("系统管理", "administrator")
        case .enterprise: Word("企业用户", "enterprise")
        case .outsideSystem: Word("外部系统", "outside system")
        case .visitor: Word("公众", "public")
        }
    }
}
