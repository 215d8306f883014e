import Foundation

/// Outlines of a map as paths of a picture: projected, thinned out to what can be seen, small enough to send.
struct DrawAreas {
    /// The outline of one area and where its name can stand.
    struct Outline {
        let path: String
        /// nil where the area is too small for a name.
        let label: (x: Double, y: Double)?
    }

    let width: Double
    let height: Double
    private(set) var outlines: [Outline] = []

    private typealias Place = (x: Double, y: Double)
    private static let widest = 760.0
    private static let tallest = 620.0
    /// A picture of more points is thinned out further: about ten bytes each.
    static let mostPoints = 3500
    private static let margin = 4.0

    init(_ shapes: [BoundaryShape]) {
        let points = shapes.flatMap { $0.rings.flatMap { $0 } }
        let west = Double(points.map(\.longitude).min() ?? 0)
        let east = Double(points.map(\.longitude).max() ?? 1)
        let south = Double(points.map(\.latitude).min() ?? 0)
        let north = Double(points.map(\.latitude).max() ?? 1)
        // Degrees of longitude shrink with the cosine of the latitude; over a city the error is below a pixel.
        let shrink = cos((south + north) / 2 / MapPoint.perDegree * .pi / 180)
        let scale = min(Self.widest / max((east - west) * shrink, 1), Self.tallest / max(north - south, 1))
        width = ((east - west) * shrink * scale + 2 * Self.margin).rounded(.up)
        height = ((north - south) * scale + 2 * Self.margin).rounded(.up)
        let placed = shapes.map { shape in
            shape.rings.map { ring in
                ring.map { point -> Place in
                    (
                        (Double(point.longitude) - west) * shrink * scale + Self.margin,
                        (north - Double(point.latitude)) * scale + Self.margin
                    )
                }
            }
        }
        var tolerance = 0.4
        var thinned = Self.thinned(placed, tolerance)
        while thinned.reduce(0, { $0 + $1.reduce(0) { $0 + $1.count } }) > Self.mostPoints, tolerance < 20 {
            tolerance *= 1.5
            thinned = Self.thinned(placed, tolerance)
        }
        outlines = thinned.map(Self.outline)
    }

    /// Islets that would not show are left out, but never an area's largest ring.
    private static func thinned(_ shapes: [[[Place]]], _ tolerance: Double) -> [[[Place]]] {
        shapes.map { rings in
            let sizes = rings.map { abs(area($0)) }
            let largest = sizes.max() ?? 0
            return zip(rings, sizes).compactMap { ring, size in
                guard size == largest || size > max(tolerance, 1) * 2 else { return nil }
                let thin = simplified(ring, tolerance)
                return thin.count >= 3 ? thin : (size == largest ? Array(ring.prefix(3)) : nil)
            }
        }
    }

    /// Ramer, Douglas and Peucker's method on both halves of a ring, with a list instead of recursion.
    private static func simplified(_ ring: [Place], _ tolerance: Double) -> [Place] {
        guard ring.count > 4, let first = ring.first else { return ring }
        let far = ring.indices.max { distance(ring[$0], first) < distance(ring[$1], first) } ?? ring.count / 2
        let closed = ring + [first]
        var keeps = [Bool](repeating: false, count: closed.count)
        keeps[0] = true
        keeps[far] = true
        keeps[closed.count - 1] = true
        var open = [(0, far), (far, closed.count - 1)]
        while let (from, to) = open.popLast() {
            guard to - from > 1 else { continue }
            var worst = (index: from, away: 0.0)
            for index in (from + 1)..<to {
                let away = distance(closed[index], from: closed[from], to: closed[to])
                if away > worst.away { worst = (index, away) }
            }
            guard worst.away > tolerance else { continue }
            keeps[worst.index] = true
            open.append((from, worst.index))
            open.append((worst.index, to))
        }
        return closed.indices.dropLast().filter { keeps[$0] }.map { closed[$0] }
    }

    private static func outline(_ rings: [[Place]]) -> Outline {
        let path = rings.map { ring in "M" + ring.map { "\(tenth($0.x)),\(tenth($0.y))" }.joined(separator: " ") + "Z" }.joined()
        guard let largest = rings.max(by: { abs(area($0)) < abs(area($1)) }) else { return Outline(path: path, label: nil) }
        let across = (largest.map(\.x).max() ?? 0) - (largest.map(\.x).min() ?? 0)
        let down = (largest.map(\.y).max() ?? 0) - (largest.map(\.y).min() ?? 0)
        return Outline(path: path, label: across > 64 && down > 40 ? centre(largest) : nil)
    }

    private static func tenth(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }

    /// Signed, in square pixels.
    private static func area(_ ring: [Place]) -> Double {
        var sum = 0.0
        for index in ring.indices {
            let next = ring[(index + 1) % ring.count]
            sum += ring[index].x * next.y - next.x * ring[index].y
        }
        return sum / 2
    }

    private static func centre(_ ring: [Place]) -> (x: Double, y: Double) {
        let whole = area(ring)
        guard abs(whole) > 1 else { return ring[0] }
        var x = 0.0
        var y = 0.0
        for index in ring.indices {
            let next = ring[(index + 1) % ring.count]
            let cross = ring[index].x * next.y - next.x * ring[index].y
            x += (ring[index].x + next.x) * cross
            y += (ring[index].y + next.y) * cross
        }
        return (x / (6 * whole), y / (6 * whole))
    }

    private static func distance(_ left: Place, _ right: Place) -> Double {
        let (dx, dy) = (left.x - right.x, left.y - right.y)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// From a point to a stretch between two others.
    private static func distance(_ point: Place, from: Place, to: Place) -> Double {
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        let length = dx * dx + dy * dy
        guard length > 0 else { return distance(point, from) }
        let along = min(max(((point.x - from.x) * dx + (point.y - from.y) * dy) / length, 0), 1)
        return distance(point, (from.x + along * dx, from.y + along * dy))
    }
}
