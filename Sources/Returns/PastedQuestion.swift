import Enterprises
import Evidence
import Foundation
import Values
import WebSupport

/// A question as its address was copied from the browser.
enum PastedQuestion {
    /// The template of an address; years, days and the government's own region follow the period from now on.
    ///
    /// - Throws: `returns.address`, `returns.address-by`, and what the catalogue says of unknown names.
    static func read(_ text: String, catalogue: FactCatalogue, government: Int64?) throws -> QuestionTemplate {
        guard let address = Address(returnedBy: path(text)), address.pathText.hasPrefix("/questions/") else {
            throw Failure(
                .invalid, "returns.address", "“\(text.prefix(60))”不是统计查询的地址", cure: "打开统计查询，调好条件，复制浏览器地址栏里 /questions/… 的全部内容")
        }
        let name = address.pathText.dropFirst("/questions/".count).prefix { $0 != "/" }
        let fact = try catalogue.fact(String(name))
        func all(_ name: String) -> [String] { address.items.filter { $0.name == name }.map(\.value) }
        guard all("by").allSatisfy(\.isEmpty) else {
            throw Failure(.invalid, "returns.address-by", "这个查询带分组，一格只能填一个数", cure: "点开其中一组再复制地址；各镇街的数用“各行一起绑定”")
        }
        let metric = try all("metric").first.map { try fact.metric($0).name }
        let filters = try all("where").filter { !$0.isEmpty }.map { try following($0, fact, government) }
        let on = all("on").first.map { Day($0) == nil ? $0 : "{to}" }
        let structure = try Structure(text: all("structure").first).text
        return QuestionTemplate(fact.name, metric: metric, filters: filters, on: on, structure: structure)
    }

    private static func following(_ filter: String, _ fact: Fact, _ government: Int64?) throws -> String {
        guard let sign = filter.firstIndex(of: "=") else { return filter }
        let name = String(filter[..<sign])
        let value = String(filter[filter.index(after: sign)...])
        _ = try fact.dimension(name)
        if name == "year", value.count == 4, Int(value) != nil { return "year={year}" }
        if name == "region", let government, value == String(government) { return "region={region}" }
        return filter
    }

    /// Without scheme and host; letters beyond ASCII, as some browsers copy them, are encoded.
    private static func path(_ text: String) -> String {
        var rest = Substring(text.filter { !$0.isWhitespace })
        if let scheme = rest.range(of: "://") {
            rest = rest[scheme.upperBound...]
            rest = rest.firstIndex(of: "/").map { rest[$0...] } ?? ""
        }
        return rest.utf8.map { byte -> String in
            if byte > 0x20, byte < 0x7F { return String(Unicode.Scalar(byte)) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }
}
