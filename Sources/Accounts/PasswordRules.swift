import Values

/// Whether a new password is good enough for the rules.
struct PasswordRules: Sendable {
    let rules: SignInRules

    /// - Parameter names: of the person and of the organisations they belong to.
    /// - Throws: `password.short`, `password.long`, `password.classes`, `password.name`, `password.own-name`, `password.frequent`.
    func check(_ password: String, account: String, names: [String] = []) throws {
        guard password.count >= rules.passwordLength else {
            throw Failure(.invalid, "password.short", "密码不足 \(rules.passwordLength) 位", cure: "写长一些，可以是一句话")
        }
        guard password.utf8.count <= 512 else { throw Failure(.invalid, "password.long", "密码过长", cure: "写短一些") }
        guard Self.classes(password) >= rules.passwordClasses else {
            throw Failure(
                .invalid, "password.classes", "密码要有大写字母、小写字母、数字、其他字符中的至少 \(rules.passwordClasses) 类", cure: "加上缺少的一类")
        }
        guard !password.lowercased().contains(account) else {
            throw Failure(.invalid, "password.name", "密码里不能有账号名", cure: "换一个密码")
        }
        guard !names.flatMap(NamePinyin.texts).contains(where: { rules.frequent.contains($0, in: password) }) else {
            throw Failure(.invalid, "password.own-name", "密码里不能有本人或所在机构的名字，拼音、拼音首字母也不行", cure: "换一个密码")
        }
        guard !rules.frequent.has(password) else {
            throw Failure(.invalid, "password.frequent", "这是常用密码：由常见的词、键盘顺序和数字拼成，容易被猜中", cure: "换一个，可以用几个不相干的词拼成")
        }
    }

    private static func classes(_ password: String) -> Int {
        let scalars = password.unicodeScalars
        func isLetter(_ range: ClosedRange<Unicode.Scalar>) -> (Unicode.Scalar) -> Bool { { range.contains($0) } }
        let known = [isLetter("A"..."Z"), isLetter("a"..."z"), isLetter("0"..."9")]
        let other = scalars.contains { scalar in !known.contains { $0(scalar) } }
        return known.count { scalars.contains(where: $0) } + (other ? 1 : 0)
    }
}
