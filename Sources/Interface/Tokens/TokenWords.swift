import Values

/// Texts of tokens and of the record of outside queries.
enum TokenWords {
    static let tokens = Word("令牌", "Tokens")
    static let lead = Word("其他系统和程序凭令牌查询；到期、撤销即失效。", "Other systems and programs ask with a token; it ends when it expires or is revoked.")
    static let new = Word("发一个令牌", "Issue a token")
    static let issue = Word("发放", "Issue")
    static let title = Word("名称", "Name")
    static let titleHint = Word("系统或程序的名称", "The system’s or program’s name")
    static let purpose = Word("用途", "Purpose")
    static let purposeHint = Word("查询做什么用；每次查询都记下", "What the queries are for; recorded with every one")
    static let rights = Word("权限", "Rights")
    static let chooseRights = Word("至少选一项", "Choose at least one")
    static let region = Word("只限镇街", "One town only")
    static let days = Word("有效天数", "Good for")
    static let daysUnit = Word("天", "days")
    static let lastDay = Word("有效到", "Good until")
    static let lastUse = Word("最近使用", "Last used")
    static let never = Word("未用过", "never")
    static let holder = Word("发放人", "Issued by")
    static let kind = Word("给谁", "For")
    static let state = Word("状态", "State")
    static let good = Word("在用", "in use")
    static let over = Word("已到期", "expired")
    static let revoked = Word("已撤销", "revoked")
    static let revoke = Word("撤销", "Revoke")
    static let empty = Word("还没有令牌", "No token yet")
    static let emptyNext = Word("在下面发一个。", "Issue one below.")
    static let emptyRead = Word("系统管理员可以发放。", "An administrator can issue one.")
    static let shownOnce = Word("令牌只显示这一次", "The token is shown this once")
    static let shownLead = Word("现在就交给使用者或存进其配置；库里只有摘要，谁也看不到第二次。", "Hand it over or store it now: the store keeps a digest only.")
    static let back = Word("回到令牌列表", "Back to the tokens")
    static let queries = Word("外部查询记录", "Outside queries")
    static let queriesLead = Word(
        "每次带令牌的查询：何时、哪个令牌、做什么用、查了什么。", "Every query with a token: when, which token, for what, and what was asked.")
    static let when = Word("时间", "When")
    static let token = Word("令牌", "Token")
    static let asked = Word("查了什么", "What was asked")
    static let status = Word("回答", "Answer")
    static let noQuery = Word("没有记录", "Nothing recorded")
    static let noQueryNext = Word("有系统用令牌查询后出现在这里。", "Queries with tokens appear here.")
    static let dash = Word("—", "—")
    static let document = Word("接口说明", "The interface")

    static func kind(_ kind: AccessToken.Kind) -> Word {
        switch kind {
        case .person: Word("本人", "a person")
        case .system: Word("外部系统", "a system")
        }
    }
}
