import Values

/// Texts of the interface for other systems.
enum InterfaceWords {
    static let title = Word("接口", "API")
    static let lead = Word("供其他系统查询：与页面同一套查询、同一套权限。", "For other systems: the same questions and the same rights as the pages.")
    static let rules = Word(
        "只读。请求带 Authorization: Bearer 令牌；令牌由系统管理员发给外部系统，或由本人为自己发。每次带令牌的查询连同用途记录在案。列表按游标翻页，各页是同一个日志位置的数据。错误按 RFC 9457 回答。",
        "Reads only. Requests carry Authorization: Bearer and a token, which an administrator issues for an outside system, or people for themselves. Every query with a token is recorded with its purpose. Lists go on by cursor, all pages at one journal position. Failures are told by RFC 9457."
    )
    static let tag = Word("变动前不变；下次放在 If-None-Match 里", "The same until something changes; send it back in If-None-Match")
    static let notModified = Word("没有变动", "Nothing has changed")
    static let positionRead = Word("数据所在的日志位置", "The journal position that was read")
    static let counting = Word("正在逐行统计；过几秒再请求 Location 里的地址", "Being counted; ask the address in Location again after some seconds")
    static let document = Word("OpenAPI 文件", "OpenAPI document")
    static let howTo = Word("怎样用", "How to use it")
    static func limits(_ perMinute: Int) -> Word {
        Word(
            "每个令牌一分钟最多 \(perMinute) 次（超过回答 429）；一页最多 500 条，缺省 50 条；全部明细用 /api/v1/bulk。",
            "A token may send \(perMinute) requests a minute (429 beyond); a page has at most 500 rows, 50 by default; /api/v1/bulk has all rows."
        )
    }
    static let example =
        "curl -H 'Authorization: Bearer hmk_…' 'https://biaogan.example.gov.cn/api/v1/questions/spotcheck.result?where=verdict=fail&by=region'"
    static let operations = Word("可以查询的", "What can be asked")
    static let address = Word("地址", "Address")
    static let what = Word("内容", "What it answers")
    /// A table's name says whose it is, for those who go from one to the next by ear.
    static func of(_ operation: Operation, _ part: Word) -> Word {
        Word(operation.title.chinese + "：" + part.chinese, operation.title.text(.english) + ": " + part.text(.english))
    }
    static let parameters = Word("参数", "Parameters")
    static let parameter = Word("参数", "Parameter")
    static let meaning = Word("含义", "Meaning")
    static let form = Word("写法", "Form")
    static let repeated = Word("；可重复", "; may be repeated")
    static let answer = Word("回答", "Answer")
    static let member = Word("成员", "Member")
    static let stream = Word("数据流", "A stream")
    static let streamNext = Word("按请求的格式逐条发送。", "Sent record by record in the format that was asked for.")
}
