package import Foundation
import Values

/// Reads a GeoJSON file of areas, or says what is wrong with it and where.
package enum ReadBoundaries {
    package static let mostBytes = 8 << 20
    static let mostDepth = 16
    static let mostAreas = 600
    static let mostPoints = 400_000

    /// - Throws: `boundary.too-large`, `boundary.not-json`, `boundary.too-deep`, `boundary.not-collection`, `boundary.no-area`,
    ///   `boundary.too-many`, `boundary.no-name`, `boundary.not-area`, `boundary.ring-short`, `boundary.ring-open`, `boundary.coordinate`.
    package static func read(_ bytes: Data, file: String) throws -> [BoundaryShape] {
        let place = FilePlace(file: file)
        guard bytes.count <= mostBytes else {
            throw Failure(
                .invalid, "boundary.too-large", "边界文件有\(bytes.count >> 20) MB，上限\(mostBytes >> 20) MB", at: place, cure: "只留本地区，或先抽稀")
        }
        guard depth(bytes) <= mostDepth else {
            throw Failure(.invalid, "boundary.too-deep", "文件的括号嵌套超过\(mostDepth)层，不是正常的 GeoJSON", at: place, cure: "重新导出成 GeoJSON")
        }
        guard let whole = try? JSONSerialization.jsonObject(with: bytes) else {
            throw Failure(.invalid, "boundary.not-json", "文件不是完整的 JSON", at: place, cure: "下载时可能断了，重新取一份 GeoJSON")
        }
        guard let object = whole as? [String: Any], object["type"] as? String == "FeatureCollection",
            let features = object["features"] as? [Any]
        else {
            throw Failure(
                .invalid, "boundary.not-collection", "文件不是 GeoJSON 的 FeatureCollection", at: place,
                cure: "用行政区划边界的 GeoJSON，最外层 type 为 FeatureCollection")
        }
        guard !features.isEmpty else { throw Failure(.invalid, "boundary.no-area", "文件里一个区域也没有", at: place, cure: "换一份边界文件") }
        guard features.count <= mostAreas else {
            throw Failure(.invalid, "boundary.too-many", "文件里有\(features.count)个区域，上限\(mostAreas)个", at: place, cure: "只留本地区")
        }
        var points = 0
        return try features.enumerated().map { index, feature in
            let shape = try AreaReader(file: file, row: index + 1).shape(feature)
            points += shape.rings.reduce(0) { $0 + $1.count }
            guard points <= mostPoints else {
                throw Failure(.invalid, "boundary.too-many", "文件里的坐标点超过\(mostPoints)个", at: place, cure: "先抽稀，或只留本地区")
            }
            return shape
        }
    }

    /// How deep brackets stand in each other outside texts; counted first, so that no parser is driven into depth.
    static func depth(_ bytes: Data) -> Int {
        var depth = 0
        var deepest = 0
        var isText = false
        var isEscaped = false
        for byte in bytes {
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return deepest
    }
}

/// Reads one feature; `row` counts them from one.
private struct AreaReader {
    let file: String
    let row: Int
    /// Where China lies: what is outside was swapped, or is not in degrees.
    private static let longitudes = 73.0...136.0
    private static let latitudes = 3.0...54.0

    func shape(_ feature: Any) throws -> BoundaryShape {
        guard let feature = feature as? [String: Any], let properties = feature["properties"] as? [String: Any] else {
            throw wrong("boundary.no-name", "没有属性", cure: "每个区域要有 name（名称），最好还有 adcode（行政区划代码）")
        }
        let name = Self.text(properties["name"]).trimmingCharacters(in: .whitespacesAndNewlines)
        let code = Self.text(properties["adcode"] ?? properties["code"]).filter { $0.isASCII && $0.isNumber }
        guard !name.isEmpty, name.count <= 60 else {
            throw wrong("boundary.no-name", "没有名称，或名称太长", cure: "每个区域要有 name（名称），不超过60个字")
        }
        guard let geometry = feature["geometry"] as? [String: Any], let list = geometry["coordinates"] as? [Any] else {
            throw wrong("boundary.not-area", "「\(name)」没有图形", cure: "每个区域要是 Polygon 或 MultiPolygon")
        }
        let polygons: [Any]
        switch geometry["type"] as? String {
        case "Polygon": polygons = [list]
        case "MultiPolygon": polygons = list
        default:
            throw wrong(
                "boundary.not-area", "「\(name)」的图形是“\(Self.text(geometry["type"]).prefix(20))”，不是面",
                cure: "只收 Polygon 和 MultiPolygon；点和线请去掉")
        }
        let rings = try polygons.flatMap { polygon -> [[MapPoint]] in
            guard let rings = polygon as? [Any], !rings.isEmpty else {
                throw wrong("boundary.not-area", "「\(name)」有一块没有坐标", cure: "重新导出这份边界")
            }
            return try rings.map { try ring($0, of: name) }
        }
        guard !rings.isEmpty else { throw wrong("boundary.not-area", "「\(name)」没有坐标", cure: "重新导出这份边界") }
        return BoundaryShape(name: name, code: code, rings: rings)
    }

    private func ring(_ any: Any, of name: String) throws -> [MapPoint] {
        guard let list = any as? [Any] else { throw wrong("boundary.not-area", "「\(name)」的坐标层次不对", cure: "重新导出这份边界") }
        var points = try list.map { try point($0, of: name) }
        guard points.count >= 4 else { throw wrong("boundary.ring-short", "「\(name)」有一圈只有\(points.count)个点", cure: "一圈至少四个点，首尾相同") }
        guard points.first == points.last else {
            throw wrong("boundary.ring-open", "「\(name)」有一圈首尾不相接", cure: "每一圈的最后一点要与第一点相同")
        }
        points.removeLast()
        return points
    }

    private func point(_ any: Any, of name: String) throws -> MapPoint {
        guard let pair = any as? [Any], pair.count >= 2, let longitude = Self.number(pair[0]), let latitude = Self.number(pair[1]) else {
            throw wrong("boundary.coordinate", "「\(name)」有一个点不是一对数", cure: "坐标写成 [经度, 纬度]")
        }
        guard Self.longitudes.contains(longitude), Self.latitudes.contains(latitude) else {
            let swapped = Self.longitudes.contains(latitude) && Self.latitudes.contains(longitude)
            throw wrong(
                "boundary.coordinate", "「\(name)」有一个点在 (\(longitude), \(latitude))，不在中国范围",
                cure: swapped ? "经度和纬度写反了：先经度，后纬度" : "坐标要用经纬度（度），不能用平面坐标（米）")
        }
        return MapPoint(
            longitude: Int32((longitude * MapPoint.perDegree).rounded()), latitude: Int32((latitude * MapPoint.perDegree).rounded()))
    }

    private func wrong(_ code: String, _ message: String, cure: String) -> Failure {
        Failure(.invalid, code, "第\(row)个区域：" + message, at: FilePlace(file: file), cure: cure)
    }

    private static func number(_ any: Any) -> Double? {
        guard let number = any as? NSNumber else { return nil }
        return number.doubleValue.isFinite ? number.doubleValue : nil
    }

    private static func text(_ any: Any?) -> String {
        switch any {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        default: ""
        }
    }
}
