import Accounts
import Enterprises
import Evidence
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Places
import Programmes
import SpotChecks
import Storage
import TestSupport
import Testing
import Values
import WebSupport

@testable import Interface

/// A store with three firms in two towns and nowhere, its interface, and tokens for it.
struct InterfaceBench: Sendable {
    let register: RegisterOffice
    let clock: TestClock
    let desk: InterfaceDesk
    let tokens: TokenOffice
    let routes: RouteTable

    var office: Office { register.office }
    static let catalogue = FactCatalogue(EnterpriseFacts.all + SpotCheckFacts.all + ProgrammeFacts.all)
    static let administrator = Actor(name: "admin", role: .administrator)

    static func with(_ engine: TestEngine = .sqlite, perMinute: Int = 100_000, _ body: (InterfaceBench) async throws -> Void) async throws {
        let clock = TestClock()
        try await TestStores.with(engine, schema: WholeSchemaTests.schema, clock: clock) { store in
            let office = Office(
                store: store, regions: try RegisterOffice.regions.get(), vocabulary: try RegisterOffice.vocabulary.get(),
                root: ProjectFiles.root)
            let register = RegisterOffice(office: office)
            try await register.take(
                "企业名称,地址,年度,年销售额（万元）", "示例甲厂,浙江省温州市龙湾区永中街道示例路1号,2006,10", "示例乙厂,浙江省温州市龙湾区状元街道示例路3号,2006,30", "示例丙厂,,2006,50")
            let desk = InterfaceDesk(
                office: office, catalogue: catalogue, programmes: ProgrammeDesk(office: office, catalogue: catalogue), perMinute: perMinute)
            let tokens = TokenOffice(
                store: store, clock: store.clock, auditMonths: 6, random: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } },
                places: { _ in AccountPlaces(government: "龙湾区", towns: [.init(id: try office.regions.find("永中街道").id.number, name: "永中街道")])
                })
            var routes = OperationTable.routes(desk)
            routes.add(TokenRoutes.table(tokens))
            routes.add(InterfacePages.table(perMinute: perMinute))
            routes.add(HealthRoutes.table(store: store) { "hallmark_up 1\n" })
            try await body(InterfaceBench(register: register, clock: clock, desk: desk, tokens: tokens, routes: routes))
        }
    }

    struct Reply: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String

        func json() throws -> [String: Any] { try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) }
        func header(_ name: String) -> String? { HTTPFields.Element.Name(name).flatMap { headers[$0] } }
    }

    /// A door at which nobody is known but those who bring a token.
    struct NobodyIn: Doorkeeper {
        var entrance: Address? { Address("sign-in") }
        var knowsAccounts: Bool { true }
        func visitor(session token: String) -> Visitor { .stranger }
    }

    func ask(
        _ uri: String, token: String? = nil, as actor: Actor? = nil, method: HTTPRequest.Method = .get, origin: String? = nil,
        _ headers: [String: String] = [:]
    ) async throws -> Reply {
        let doorkeeper: any Doorkeeper = actor.map { OneVisitor(actor: $0) } ?? NobodyIn()
        var configuration = WebConfiguration(
            publicFolder: ProjectFiles.url("public"), uploadFolder: FileManager.default.temporaryDirectory, clock: office.clock,
            logger: Logger(label: "test"), doorkeeper: doorkeeper,
            frame: { context in Frame(navigation: [], programmes: [], on: try context.on(), actor: Word("测试")) })
        configuration.tokens = TokenDoor(tokens)
        configuration.origin = origin.flatMap { PublicOrigin($0) }
        let application = try WebServer.build(routes: routes, configuration: configuration)
        var fields: HTTPFields = actor == nil ? [:] : [.cookie: "hallmark_session=\(String(repeating: "ef", count: 32))"]
        if let token { fields[.authorization] = "Bearer " + token }
        for (name, value) in headers { fields[try #require(HTTPFields.Element.Name(name))] = value }
        let sent = fields
        return try await application.test(.router) { client in
            let answer = try await client.execute(uri: uri, method: method, headers: sent)
            return Reply(status: Int(answer.status.code), headers: answer.headers, text: String(buffer: answer.body))
        }
    }

    func token(_ rights: [String], region: Int64? = nil, days: Int = 30) async throws -> String {
        let issue = IssueToken(title: "征信平台", purpose: "核对抽查结果", rights: rights, region: region, days: days)
        return try #require(try await issue.forSystem(tokens, by: Self.administrator, request: UUID().uuidString))
    }

    func wholeToken() async throws -> String {
        try await token(AccessToken.grantable(to: Actor(name: "", role: .outsideSystem)).map(\.name))
    }
}

extension Shape {
    /// Where a value is not of this shape; nil where it is.
    func fault(in value: Any, at place: String = "$") -> String? {
        switch self {
        case .optional(let shape): return value is NSNull ? nil : shape.fault(in: value, at: place)
        case .text, .day, .choice:
            guard let text = value as? String else { return "\(place) is no text" }
            if case .choice(let values) = self { return values.contains(text) ? nil : "\(place): \(text)" }
            if case .day = self { return Day(text) == nil ? "\(place): \(text)" : nil }
            return nil
        case .integer(let range):
            guard let number = value as? NSNumber, number.doubleValue == number.doubleValue.rounded() else {
                return "\(place) is no integer"
            }
            return range.contains(number.int64Value) ? nil : "\(place): \(number)"
        case .number: return value is NSNumber ? nil : "\(place) is no number"
        case .boolean: return value is Bool ? nil : "\(place) is no boolean"
        case .cell: return value is String || value is NSNumber || value is NSNull ? nil : "\(place) is no cell"
        case .any: return nil
        case .list(let element):
            guard let list = value as? [Any] else { return "\(place) is no list" }
            return list.enumerated().lazy.compactMap { element.fault(in: $1, at: "\(place)[\($0)]") }.first
        case .open(let element):
            guard let object = value as? [String: Any] else { return "\(place) is no object" }
            return object.lazy.compactMap { element.fault(in: $1, at: place + "." + $0) }.first
        case .object(let members):
            guard let object = value as? [String: Any] else { return "\(place) is no object" }
            guard Set(object.keys) == Set(members.map(\.name)) else { return "\(place) has \(object.keys.sorted())" }
            return members.lazy.compactMap { $0.shape.fault(in: object[$0.name] ?? NSNull(), at: place + "." + $0.name) }.first
        }
    }
}
