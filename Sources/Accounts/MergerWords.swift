import Values

/// What the pages of mergers say.
enum MergerWords {
    static let title = Word("合并机构", "Merge organisations")
    static let predecessors = Word("并入的机构", "Those that end")
    static let successor = Word("并到", "Into")
    static let day = Word("自哪天起", "From which day")
    static let reason = Word("依据文件", "Document")
    static let incomplete = Word("选出并入的机构、并到哪个机构和日期", "Choose those that end, the one that goes on and the day")
    static let look = Word("看看合并后怎样", "See what follows")
    static let lookNote = Word("先看结果，确认之前什么都不改", "Shown first; nothing changes until you confirm")
    static let effect = Word("合并后", "What follows")
    static let effectNote = Word(
        "到那天，并入的机构撤销，留在机构表里；人员、下级机构从那天起属于合并后的机构，镇街的企业、数据、报表和更正申请从那天起归它的账号。写错了可以在被并入的机构页上撤回。",
        "On that day those that end stay listed as former; their people and what stands below them belong to the one that goes on, and a town's firms, rows, forms and requests are its accounts'. A merger entered wrongly is taken back on the page of the one that ended."
    )
    static let below = Word("下级机构", "Below it")
    static let becomes = Word("并为", "Becomes")
    static let confirm = Word("确认合并", "Merge them")
    static let leave = Word("先不合并", "Not now")
    static let ahead = Word("那天还没到：到那天之前一切照旧。", "That day lies ahead: until then everything stays as it is.")
    static let past = Word(
        "那天已到：登录着的人下一次打开页面就按合并后的机构。", "That day has come: whoever is signed in belongs to the new one from the next page on.")
    static let mergers = Word("合并沿革", "Mergers")
    static let merged = Word("日期", "Day")
    static let takeBack = Word("撤回合并", "Take the merger back")
    static let takeBackNote = Word(
        "机构恢复到合并之前，人员、下级机构和镇街的数据随之恢复；日志里两次都留着",
        "It goes on as before, with its people, what stands below it and a town's rows; the journal keeps both acts")
    static let takeBackReason = Word("为什么撤回", "Why")
}
