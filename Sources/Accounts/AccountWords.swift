import Values
import WebSupport

/// Texts of sign-in and of accounts.
enum AccountWords {
    static let signIn = Word("登录", "Sign in")
    static let signInLead = Word("用系统管理员给您的账号登录。", "Sign in with the account that your administrator gave you.")
    static let account = Word("账号名", "Account")
    static let password = Word("密码", "Password")
    static let code = Word("验证码", "Code")
    static let codeHint = Word("手机上此刻的六位数字，或一个恢复码", "The six digits that your phone shows now, or a recovery code")
    static let secondStep = Word("第二步：验证码", "Second step: the code")
    static let goOn = Word("继续", "Continue")
    static let firstStart = Word("首次启动：建立系统管理员", "First start: the first administrator")
    static let firstLead = Word(
        "这个库还没有账号。没有默认账号和默认密码：在这里定下第一个系统管理员，再由他建其他人的账号。",
        "This store has no account yet, and there is no default one: name the first administrator here; they make everybody else's.")
    static let setPassword = Word("设置密码", "Set your password")
    static let newPassword = Word("新密码", "New password")
    static let repeatPassword = Word("再输一遍", "Once more")
    static let oldPassword = Word("现在的密码", "Present password")
    static let differs = Word("两遍不一样", "The two differ")
    static let personName = Word("姓名", "Name")
    static let tokens = Word("令牌", "Tokens")
    static let changePassword = Word("修改密码", "Change password")
    static let mustChange = Word("密码到期或由别人重设过：请先改密码。", "Your password has expired or was reset: please change it first.")
    static let mustEnrol = Word("您的岗位要用手机验证码登录：请先启用。", "Your role signs in with a code from a phone: please set it up first.")
    static let passwordIsSet = Word("密码已设好，请登录。", "Your password is set, please sign in.")

    static let endsSoon = Word(
        "在这个服务上已经退出。库正在写入大批数据，写完才记下退出；在那以前服务若被强行终止，请重新登录，再退出一次。",
        "Signed out on this server. The store is taking in many rows and learns of it afterwards: should the server be killed before, sign in and out again."
    )
    static let disabledSoon = Word(
        "这个服务已不再让其进入。库正在写入大批数据，写完才记下；在那以前服务若被强行终止，请核对本页后再做一次。",
        "This server lets them in no more. The store is taking in many rows and learns of it afterwards: should the server be killed before, do it again."
    )

    static let myAccount = Word("我的账号", "My account")
    static let whereSignedIn = Word("我在哪里登录着", "Where I am signed in")
    static let signedIn = Word("在哪里登录着", "Where they are signed in")
    static let thisOne = Word("就是这里", "this one")
    static let end = Word("结束", "End")
    static let endOthers = Word("结束其他全部", "End all others")
    static let since = Word("登录时间", "Since")
    static let lastSeen = Word("最近使用", "Last used")
    static let browser = Word("浏览器", "Browser")
    static let records = Word("登录记录", "Sign-ins")
    static let outcome = Word("结果", "Outcome")
    static let when = Word("时间", "When")
    static let noRecord = Word("还没有登录过", "No sign-in yet")
    static let noRecordNext = Word("首次登录后这里会有记录。", "It appears here after the first one.")
    static let noSession = Word("没有在别处登录", "Not signed in anywhere")
    static let noSessionNext = Word("登录后会列在这里。", "Sign-ins are listed here.")

    static let factor = Word("手机验证码", "Codes from a phone")
    static let factorOn = Word("已启用", "in use")
    static let factorOff = Word("未启用", "not in use")
    static let beginFactor = Word("开始启用", "Set up")
    static let dropFactor = Word("取消验证码", "Stop using codes")
    static let factorLead = Word(
        "在手机的验证器程序里添加下面的密钥，再填它显示的六位数字。",
        "Add the key below to an authenticator on your phone, then enter the six digits that it shows.")
    static let secret = Word("密钥", "Key")
    static let factorAddress = Word("或让程序打开这个地址", "Or let the program open this address")
    static let confirm = Word("确认", "Confirm")
    static let recovery = Word("恢复码", "Recovery codes")
    static let recoveryLead = Word(
        "只显示这一次：抄下来收好。手机不在时，每个码可以代替一次验证码。",
        "Shown this once: write them down. Without your phone, each stands for one code.")
    static let toDesk = Word("完成", "Done")
    static func recoveryLeft(_ count: Int64) -> Word { Word("还剩 \(count) 个恢复码", "\(count) recovery codes left") }

    static let accounts = Word("账号", "Accounts")
    static let newAccount = Word("新建账号", "New account")
    static let role = Word("岗位", "Role")
    static let town = Word("镇街", "Town")
    static let townHint = Word("只有镇街岗位要选：只看得到、改得了本镇街", "For town officers alone: they see and change their own town only")
    static let organisation = Word("机构", "Organisation")
    static let state = Word("状态", "State")
    static let enabled = Word("在用", "enabled")
    static let disabled = Word("已停用", "disabled")
    static func lockedUntil(_ time: String) -> Word { Word("已锁定，至\(time)", "locked until \(time)") }
    static let unlock = Word("解除锁定", "Unlock")
    static let noTownYet = Word(
        "还没有镇街可选：质强办采纳方案后，系统才知道本辖区有哪些镇街", "No towns yet: they are known once the programme office adopts a programme")
    static let upcoming = Word("那天还没有设立的机构", "Organisations founded later")
    static let create = Word("建立", "Create")
    static let save = Word("保存", "Save")
    static let disable = Word("停用", "Disable")
    static let enable = Word("启用", "Enable")
    static let resetLink = Word("发重设链接", "Issue a link")
    static let resetNote = Word("本人打开链接自己设密码；管理员不知道密码。", "Its bearer sets a password; administrators never know it.")
    static let endSessions = Word("结束其全部登录", "End all their sessions")
    static let link = Word("一次性链接", "One-time link")
    static func linkLead(_ hours: Int) -> Word {
        Word(
            "只显示这一次，\(hours) 小时内有效，用一次就作废。请当面或用可靠的方式交给本人。",
            "Shown this once; valid for \(hours) hours and for one use. Hand it over in person or by a trusted way.")
    }
    static let manage = Word("账号状态", "The account")
    static let noAccount = Word("还没有账号", "No account yet")
    static let noAccountNext = Word("新建一个。", "Create one.")
    static let rules = Word("登录规则", "Rules of sign-in")
    static let rule = Word("规则", "Rule")
    static let ruleValue = Word("取值", "Value")
    static let ruleClause = Word("条款", "Clause")
    static let ruleSays = Word("条款要求", "What it demands")
    static let ruleBasis = Word("数值", "The number")
    static let fromClause = Word("条款规定", "from the clause")
    static let chosen = Word("本单位取定", "chosen here")
    static let rulesNote = Word("在 regulations/security/ 的文件里改", "Changed in a file of regulations/security/")

    static let readings = Word("查阅记录", "Who read what")
    static let readingsLead = Word(
        "谁在什么时候看过、导出过单家企业的保密数据；至少保存六个月。",
        "Who saw or took away confidential figures of single firms, and when; kept for six months at least.")
    static let seenPage = Word("页面", "Page")
    static let purpose = Word("用途", "Purpose")
    static let show = Word("查看", "Show")
    static let noReading = Word("没有查阅记录", "Nothing was read")
    static let noReadingNext = Word("有人打开企业档案或导出数据后，这里会有记录。", "It appears here when somebody opens a dossier or takes data away.")

    static let duties = Word("部门职责", "Duties of departments")
    static let dutiesLead = Word(
        "哪一栏由哪个部门负责：只有它和质强办能写这一栏，保密的数也只有它们看得到单户的。没有列出的，只有质强办能写。目标的数也照此填报。",
        "Which department answers for a column: it and the programme office alone write it and, where it is confidential, see single firms’ figures. What is not listed is the programme office’s alone. So with the figures of targets."
    )
    static let dutiesNote = Word("在 regulations/duties/departments.yaml 里改", "Changed in regulations/duties/departments.yaml")
    static let dutyColumns = Word("各栏归谁", "Who answers for which column")
    static let dutyColumn = Word("栏目", "Column")
    static let dutyOwner = Word("负责的部门", "Answered for by")
    static let dutyBasis = Word("依据", "Basis")
    static let dutySays = Word("原文", "What the document says")
    static let dutyClause = Word("条款", "Clause")
    static let dutyFromClause = Word("条款点名", "named by the clause")
    static let ownDuty = Word("本部门", "ours")
    static let dutyDepartments = Word("部门", "Departments")
    static let dutyDepartment = Word("部门", "Department")
    static let dutyCode = Word("代码", "Code")
    static let dutyBound = Word("绑定的机构", "Organisations bound to it")
    static let noDuty = Word(
        "您的机构还没有绑定到部门职责：您看不到单户的保密数，也不能写企业档案。请系统管理员在“机构”里绑定。",
        "Your organisation is not bound to a department’s duties: you see no single firm’s confidential figures and write nothing. An administrator binds it under Organisations."
    )
    static let duty = Word("部门职责", "Duties")
    static let dutyHint = Word("只有部门要选：负责哪些栏见“部门职责”", "For departments alone; what each answers for stands under Duties")

    static let organisations = Word("机构", "Organisations")
    static let newOrganisation = Word("新设机构", "New organisation")
    static let kind = Word("种类", "Kind")
    static let name = Word("名称", "Name")
    static let parent = Word("上级", "Above it")
    static let region = Word("对应镇街", "Its town")
    static let from = Word("成立日期", "From")
    static let to = Word("撤销日期", "To")
    static let toHint = Word("不再存在的第一天，空着为仍在", "The first day on which it is no longer there; empty while it is")
    static let became = Word("后来并为", "Became")
    static let people = Word("人数", "People")
    static let former = Word("已撤销的机构", "Former organisations")
    static let noOrganisation = Word("那天还没有机构", "No organisation on that day")
    static let noOrganisationNext = Word("新设一个，或换一个日期。", "Found one, or look at another day.")

    static func kind(_ kind: OrganisationKind) -> Word {
        switch kind {
        case .district: Word("区县", "district")
        case .department: Word("部门", "department")
        case .town: Word("镇街", "town")
        case .enterprise: Word("企业", "enterprise")
        case .panel: Word("评审组", "panel")
        }
    }

    static func outcome(_ outcome: SignInRecord.Outcome) -> Badge {
        switch outcome {
        case .entered: Badge(.good, Word("已登录", "signed in"))
        case .wrongPassword: Badge(.caution, Word("密码不对", "wrong password"))
        case .wrongCode: Badge(.caution, Word("验证码不对", "wrong code"))
        case .locked: Badge(.bad, Word("已锁定", "locked"))
        }
    }
}
