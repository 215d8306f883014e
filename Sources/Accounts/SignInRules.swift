package import Foundation
package import Values
import Yams

/// How sign-in is to be kept (登录规则): every number stands in a file of `regulations/security/` with its clause.
package struct SignInRules: Sendable {
    /// One setting as its file gives it.
    package struct Setting: Sendable {
        package let name: String
        package let label: String
        package let value: String
        package let unit: String
        package let clause: String
        /// Whether the clause itself gives the number; else the operator chose it under the clause.
        package let isFromClause: Bool
        package let says: String
    }

    package var standard = ""
    package var settings: [Setting] = []
    package var passwordLength: Int
    package var passwordClasses: Int
    package var passwordDays: Int
    package var failuresBeforeLock: Int
    package var lockMinutes: Int
    package var idleMinutes: Int
    package var sessionHours: Int
    package var secondFactor: Set<Role>
    package var auditMonths: Int
    package var linkHours: Int
    /// The binary logarithm of scrypt's N.
    package var passwordCost: Int
    /// Passwords that many people have.
    package var frequent = FrequentPasswords.none

    /// The file that is in use.
    package static let file = "regulations/security/gbt22239-2019-level-3.yaml"
    /// The law's least (网络安全法 第二十一条第三项, as the file says); a shorter retention is refused.
    private static let bounds: [String: ClosedRange<Int>] = [
        "password-length": 8...128, "password-classes": 1...4, "password-days": 1...3650, "failures-before-lock": 3...20,
        "lock-minutes": 1...1440, "idle-minutes": 1...1440, "session-hours": 1...168, "audit-months": 6...240, "link-hours": 1...168,
        "password-cost": 14...20,
    ]

    /// - Throws: `sign-in.file`, `sign-in.setting`.
    package static func load(root: URL) throws -> SignInRules {
        let url = root.appendingPathComponent(file)
        guard let text = try? String(contentsOf: url, encoding: .utf8), let node = try? Yams.compose(yaml: text),
            let pairs = node["settings"]?.mapping
        else {
            throw Failure(.missing, "sign-in.file", "登录规则读不到，或不是“settings: 名称: 数值”的写法", at: FilePlace(file: file), cure: "从安装包恢复该文件")
        }
        let settings = try pairs.map { try setting($0, $1) }
        var numbers: [String: Int] = [:]
        for (name, range) in bounds {
            guard let value = settings.first(where: { $0.name == name }).flatMap({ Int($0.value) }), range.contains(value) else {
                throw Failure(
                    .invalid, "sign-in.setting", "登录规则“\(name)”缺少，或不在 \(range.lowerBound) 到 \(range.upperBound) 之间",
                    at: FilePlace(file: file),
                    cure: "改成范围内的整数")
            }
            numbers[name] = value
        }
        func number(_ name: String) -> Int { numbers[name] ?? 0 }
        return SignInRules(
            standard: node["standard"]?.string ?? "", settings: settings, passwordLength: number("password-length"),
            passwordClasses: number("password-classes"), passwordDays: number("password-days"),
            failuresBeforeLock: number("failures-before-lock"), lockMinutes: number("lock-minutes"), idleMinutes: number("idle-minutes"),
            sessionHours: number("session-hours"), secondFactor: try roles(settings), auditMonths: number("audit-months"),
            linkHours: number("link-hours"), passwordCost: number("password-cost"))
    }

    private static func setting(_ key: Node, _ node: Node) throws -> Setting {
        let list = node["value"]?.sequence.map { $0.compactMap(\.string).joined(separator: " ") }
        guard let name = key.string, let value = list ?? node["value"]?.string, let clause = node["clause"]?.string,
            let says = node["says"]?.string
        else {
            throw Failure(
                .invalid, "sign-in.setting-form", "登录规则有一项没有写全 value、clause、says", at: FilePlace(file: file, line: key.mark?.line),
                cure: "照同一文件里的其他项写")
        }
        return Setting(
            name: name, label: node["label"]?.string ?? name, value: value, unit: node["unit"]?.string ?? "", clause: clause,
            isFromClause: node["basis"]?.string == "clause",
            says: says)
    }

    private static func roles(_ settings: [Setting]) throws -> Set<Role> {
        let names = settings.first { $0.name == "second-factor" }?.value.split(separator: " ").map(String.init) ?? []
        return Set(
            try names.map { name in
                guard let role = Role(rawValue: name) else {
                    throw Failure(
                        .invalid, "sign-in.role", "登录规则里没有名为“\(name)”的岗位", at: FilePlace(file: file), cure: "用岗位的代码，如 administrator")
                }
                return role
            })
    }
}
