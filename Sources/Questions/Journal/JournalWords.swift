import Values

/// Texts of the journal's pages.
enum JournalWords {
    static let journal = Word("日志", "Journal")
    static let entry = Word("日志条目", "Entry")
    static let when = Word("时间", "When")
    static let who = Word("何人", "Who")
    static let action = Word("做了什么", "What")
    static let reason = Word("理由", "Why")
    static let opened = Word("写入行", "Opened")
    static let closed = Word("结束行", "Closed")
    static let hash = Word("哈希", "Hash")
    static let previousHash = Word("前一条哈希", "Hash before")
    static let digest = Word("所写行的摘要", "Digest of the rows")
    static let subject = Word("对象", "Subject")
    static let only = Word("只看与它有关的：", "Only what concerns: ")
    static let whole = Word("看全部日志", "Show the whole journal")
    static let allAbout = Word("与它有关的全部条目", "All entries about it")
    static let number = Word("序号", "Number")
    static let detail = Word("详情", "Detail")
    static let noEntry = Word("日志还是空的", "The journal is empty")
    static let noEntryNext = Word("导入一份名单，第一条就会出现。", "Import a list and the first entry appears.")
    static let verifyNote = Word(
        "条目以哈希相连；在服务器上运行 hallmark verify 可逐行核对。", "Entries are chained by hash; run hallmark verify to check them.")
}

/// Actions of the journal in words; one that is not listed is shown by its code.
enum ActionWords {
    private static let exact: [String: Word] = [
        "import.enterprises": Word("导入企业名册", "Imported enterprises"),
        "import.results": Word("导入抽查结果", "Imported results"),
        "import.followups": Word("导入后处理", "Imported follow-ups"),
        "import.read": Word("读取上传的文件", "Read uploaded files"),
        "import.finish": Word("结束导入", "Finished an import"),
        "import.failed": Word("导入没有完成", "An import was not completed"),
        "import.read-as": Word("按另一种名单重新读", "Read as another list"),
        "import.choose": Word("更正表头或取用工作表", "Corrected headings or sheets"),
        "import.forget-heading": Word("撤回表头更正", "Withdrew a heading's correction"),
        "import.erase-original": Word("抹去原件", "Erased an original"),
        "settings.set": Word("修改设置", "Changed a setting"),
        "questions.save-view": Word("保存常用查询", "Saved a view"),
        "questions.rename-view": Word("常用查询改名", "Renamed a view"),
        "questions.show-view": Word("把查询放到工作台", "Put a view on the desk"),
        "questions.hide-view": Word("把查询从工作台取下", "Took a view off the desk"),
        "questions.drop-view": Word("删除常用查询", "Deleted a view"),
        "questions.load-map": Word("装入地图边界", "Loaded boundaries"),
        "questions.withdraw-map": Word("撤下地图边界", "Withdrew boundaries"),
        "demo.found": Word("演示数据：建立", "Demo: founded"),
        "enterprises.issue-fill-in": Word("下发补报", "Issued a fill-in"),
        "enterprises.accept-candidates": Word("把名单上的企业建档", "Opened dossiers for listed firms"),
        "spotchecks.state-sampling": Word("注明抽样方式与环节", "Stated how a list was sampled"),
        "programmes.rule-boundary": Word("认定规则重叠处的口径", "Ruled where rules overlap"),
        "programmes.rule-year": Word("认定取哪一年的数", "Ruled which year counts"),
        "targets.record-figure": Word("录入目标的数", "Recorded a target's figure"),
        "targets.submit-figure": Word("提交本级数", "Submitted our own figure"),
        "targets.review-figure": Word("审核目标的数", "Reviewed a target's figure"),
        "targets.release-figure": Word("发布目标的数", "Released a target's figure"),
        "returns.take-form": Word("登记报表", "Registered a form"),
        "returns.revise-form": Word("更换空表", "Replaced a form's blank"),
        "returns.settle-form": Word("修改报表设置", "Changed a form's settings"),
        "returns.bind-cell": Word("绑定单元格", "Bound cells"),
        "returns.unbind-cell": Word("解除绑定", "Unbound a cell"),
        "returns.place-binding": Word("指定绑定的新位置", "Placed a binding anew"),
        "returns.send-out": Word("报表下发镇街", "Sent a form to the towns"),
        "returns.remind-towns": Word("催报", "Reminded late towns"),
        "returns.take-returns": Word("收回镇街报表", "Took returned forms"),
        "returns.explain-difference": Word("说明差异的原因", "Explained a difference"),
        "returns.send-up": Word("上报", "Sent a form up"),
        "enterprises.bind-user": Word("关联企业用户", "Bound a firm's account"),
        "enterprises.unbind-user": Word("解除企业用户的关联", "Unbound a firm's account"),
        "enterprises.request-correction": Word("企业申请更正", "A firm asked for a correction"),
        "enterprises.accept-request": Word("采纳更正申请", "Accepted a firm's request"),
        "enterprises.decline-request": Word("不采纳更正申请", "Declined a firm's request"),
        "enterprises.answer-fill-in": Word("企业填写补报", "A firm filled in what was asked"),
        "enterprises.accept-answer": Word("采纳企业补报", "Accepted what a firm filled in"),
        "enterprises.decline-answer": Word("不采纳企业补报", "Declined what a firm filled in"),
        "accounts.found": Word("建立首个系统管理员", "Made the first administrator"),
        "accounts.create": Word("建立账号", "Made an account"),
        "accounts.change": Word("修改账号", "Changed an account"),
        "accounts.enable": Word("启用账号", "Enabled an account"),
        "accounts.disable": Word("停用账号", "Disabled an account"),
        "accounts.issue-link": Word("发重设链接", "Issued a link"),
        "accounts.set-password": Word("用链接设密码", "Set a password by a link"),
        "accounts.change-password": Word("修改密码", "Changed a password"),
        "accounts.set-factor": Word("启用验证码", "Set up codes"),
        "accounts.drop-factor": Word("取消验证码", "Stopped codes"),
        "accounts.seal-factors": Word("封存验证码密钥", "Sealed secrets of codes"),
        "accounts.bind": Word("与统一身份认证绑定", "Bound to the identity provider"),
        "accounts.unbind": Word("解除统一身份认证的绑定", "Binding to the identity provider undone"),
        "accounts.lock": Word("多次输错，账号锁定", "Locked after failures"),
        "accounts.end-sessions": Word("结束其全部登录", "Ended all sessions"),
        "accounts.found-organisation": Word("新设机构", "Founded an organisation"),
        "accounts.change-organisation": Word("修改机构", "Changed an organisation"),
        "accounts.merge-organisations": Word("合并机构", "Merged organisations"),
        "accounts.take-back-merger": Word("撤回机构合并", "Took a merger of organisations back"),
        "accounts.unlock": Word("解除锁定", "Unlocked an account"),
        "interface.issue-token": Word("发放令牌", "Issued a token"),
        "interface.revoke-token": Word("撤销令牌", "Revoked a token"),
    ]
    private static let slices: [String: Word] = [
        "import": Word("导入", "Import"), "enterprises": Word("企业档案", "Enterprises"), "enterprise": Word("企业档案", "Enterprise"),
        "spotchecks": Word("监督抽查", "Spot checks"), "spotcheck": Word("监督抽查", "Spot checks"),
        "programmes": Word("方案", "Programmes"), "programme": Word("方案", "Programme"), "targets": Word("目标", "Targets"),
        "target": Word("目标", "Target"), "questions": Word("统计查询", "Questions"), "settings": Word("设置", "Settings"),
        "demo": Word("演示数据", "Demo"), "returns": Word("报表", "Forms"),
    ]
    private static let verbs: [String: Word] = [
        "adopt": Word("采纳", "adopted"), "rule": Word("认定口径", "ruled"), "confirm": Word("确认", "confirmed"),
        "accept": Word("接受", "accepted"), "merge": Word("合并", "merged"), "unmerge": Word("撤销合并", "unmerged"),
        "rename": Word("更名", "renamed"), "move": Word("迁移", "moved"), "correct": Word("更正", "corrected"),
        "record": Word("登记", "recorded"), "settle": Word("认定归属", "settled"), "link": Word("关联", "linked"),
        "release": Word("发布", "released"), "review": Word("审核", "reviewed"), "set": Word("设置", "set"), "close": Word("结束", "closed"),
        "overrule": Word("人工调整", "overruled"), "report": Word("填报", "reported"), "create": Word("新建", "created"),
        "make": Word("生成", "made"), "submit": Word("提交", "submitted"), "state": Word("注明", "stated"), "issue": Word("下发", "issued"),
        "withdraw": Word("撤回", "withdrawn"), "found": Word("建立", "founded"), "read": Word("读取", "read"), "choose": Word("选定", "chose"),
    ]

    static func of(_ action: String) -> Word {
        if let word = exact[action] { return word }
        let parts = action.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, let slice = slices[parts[0]] else { return Word(action) }
        guard let verb = verbs[parts[1].split(separator: "-").first.map(String.init) ?? ""] else {
            return Word("\(slice.chinese)：\(parts[1])")
        }
        return Word("\(slice.chinese)：\(verb.chinese)", "\(slice.english ?? slice.chinese): \(verb.english ?? verb.chinese)")
    }
}

/// What an entry says beside who, when and why: its names in words, and those values that are codes.
enum DetailWords {
    private static let names: [String: Word] = [
        "files": Word("文件", "Files"), "file": Word("文件", "File"), "mode": Word("写入方式", "Mode"), "read": Word("读到的行", "Rows read"),
        "size": Word("字节数", "Bytes"), "sha256": Word("SHA-256", "SHA-256"),
        "kept-again": Word("重新保存的原件", "Originals kept again"), "new": Word("新增", "New"), "changed": Word("有变化", "Changed"),
        "unchanged": Word("无变化", "Unchanged"),
        "rejected": Word("退回", "Rejected"), "kind": Word("种类", "Kind"), "rows": Word("行数", "Rows"), "firms": Word("企业数", "Firms"),
        "region": Word("地区", "Region"), "method": Word("抽样方式", "Sampling method"), "stage": Word("抽样环节", "Stage"),
        "value": Word("数值", "Value"), "unit": Word("单位", "Unit"), "period": Word("期间", "Period"), "source": Word("来源", "Source"),
        "figure": Word("数的编号", "Figure"), "digest": Word("方案文件的摘要", "Digest of the programme's files"), "table": Word("规则表", "Rule table"),
        "choice": Word("认定", "Ruling"), "document": Word("依据文件", "Document"), "class": Word("类别", "Class"),
        "merged": Word("并入的档案", "Merged dossier"), "unmerged-from": Word("原并入的档案", "Had been merged into"),
        "title": Word("名称", "Name"), "new-title": Word("新名称", "New name"), "areas": Word("区域数", "Areas"),
        "matched": Word("对上区划的", "Matched with regions"), "seed": Word("随机数种子", "Seed"), "programme": Word("方案", "Programme"),
        "form": Word("报表", "Form"), "towns": Word("镇街", "Towns"), "cell": Word("单元格", "Cell"), "label": Word("行列标题", "Row and column"),
        "key": Word("密钥编号", "Key"), "secrets": Word("验证码密钥数", "Secrets of codes"),
        "account": Word("账号", "Account"), "role": Word("岗位", "Role"),
        "heading": Word("表头", "Heading"), "field": Word("栏目", "Field"),
    ]
    private static let values: [String: [String: Word]] = [
        "source": [
            "own": Word("本级数", "our own"), "superior": Word("上级通报数", "notified by the superior"),
            "department": Word("部门填报数", "reported by a department"),
        ],
        "kind": [
            "enterprises": Word("企业名册", "enterprises"), "results": Word("抽查结果", "results"), "followups": Word("后处理", "follow-ups"),
        ],
        "mode": [
            "all": Word("全部或全不", "all or nothing"),
            "good": Word("只写无误的行", "good rows only"),
        ],
    ]

    /// An entry's detail by its name; one that is not listed keeps its name.
    static func name(_ key: String) -> Word { names[key] ?? Word(key) }

    static func value(_ key: String, _ text: String) -> Word { values[key]?[text] ?? Word(text) }

    /// Who acted; before there are accounts everybody at this machine is one.
    static func actor(_ name: String) -> Word { name == Actor.local.name ? Word("本机操作员", "operator at this machine") : Word(name) }

    /// Who somebody is, by the role's code.
    static func role(_ code: String) -> Word {
        Role(rawValue: code)?.title ?? Word(code)
    }
}
