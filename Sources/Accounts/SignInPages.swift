import Values
import WebSupport

/// Pages for those who are not signed in yet.
enum SignInPages {
    static func signIn(_ seal: FormSeal, fields: [FormField], notices: [Notice] = [], provider: Link? = nil) -> Page {
        page(
            AccountWords.signIn, lead: AccountWords.signInLead, notices, Address("sign-in"), seal, fields, AccountWords.signIn,
            cancel: provider)
    }

    static func fields(back: String) -> [FormField] {
        [
            FormField("account", AccountWords.account, .accountName, isRequired: true),
            FormField("password", AccountWords.password, .password(isNew: false), isRequired: true), .hidden("back", back),
        ]
    }

    static func code(_ seal: FormSeal, back: String, notices: [Notice] = []) -> Page {
        page(
            AccountWords.secondStep, notices, Address("sign-in", "code"), seal,
            [FormField("code", AccountWords.code, .onceCode, isRequired: true, hint: AccountWords.codeHint), .hidden("back", back)],
            AccountWords.goOn)
    }

    /// What a one-time link opens.
    static func link(_ token: String, _ link: AccountLink, seal: FormSeal, fields: [FormField], notices: [Notice] = []) -> Page {
        let isFirst = link.person == nil
        return page(
            isFirst ? AccountWords.firstStart : AccountWords.setPassword, lead: isFirst ? AccountWords.firstLead : nil, notices,
            Address("link", token), seal, fields, AccountWords.save)
    }

    static func linkFields(_ link: AccountLink, _ rules: SignInRules) -> [FormField] {
        let names =
            link.person == nil
            ? [
                FormField("account", AccountWords.account, .accountName, isRequired: true),
                FormField("name", AccountWords.personName, isRequired: true),
            ] : []
        return names + passwords(rules)
    }

    static func passwords(_ rules: SignInRules) -> [FormField] {
        let hint = Word(
            "至少 \(rules.passwordLength) 位，含大写字母、小写字母、数字、其他字符中的 \(rules.passwordClasses) 类；可以粘贴",
            "At least \(rules.passwordLength) characters of \(rules.passwordClasses) kinds: capitals, small letters, digits, others; pasting is fine"
        )
        return [
            FormField("new", AccountWords.newPassword, .password(isNew: true), isRequired: true, hint: hint),
            FormField("again", AccountWords.repeatPassword, .password(isNew: true), isRequired: true),
        ]
    }

    static func page(
        _ title: Word, lead: Word? = nil, _ notices: [Notice], _ action: Address, _ seal: FormSeal, _ fields: [FormField], _ submit: Word,
        cancel: Link? = nil
    ) -> Page {
        Page(title, lead: lead, notices: notices) { html in
            html.add(
                WebSupport.Sheet { html in
                    html.add(Form(action: action, seal: seal, fields: fields, submit: submit, cancel: cancel))
                })
        }
    }

    /// What a refused act says above its form.
    static func notice(_ failure: Failure) -> Notice { Notice(.bad, Word(failure.message), detail: failure.cure) }
}

extension FormReading {
    /// A password exactly as it was typed, spaces included.
    func password(_ name: String) -> String { form.items.first { $0.name == name }?.value ?? "" }

    /// A new password that was typed twice alike; notes what is wrong.
    mutating func newPassword() -> String {
        let password = password("new")
        if password.isEmpty { refuse("new", Word("请填写此项", "Please fill this in")) }
        if password != self.password("again") { refuse("again", AccountWords.differs) }
        return password
    }
}
