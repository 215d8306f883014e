package import Values

/// A point of a boundary in hundred-thousandths of a degree, about a metre.
package struct MapPoint: Sendable, Hashable {
    package let longitude: Int32
    package let latitude: Int32

    package init(longitude: Int32, latitude: Int32) {
        self.longitude = longitude
        self.latitude = latitude
    }

    static let perDegree = 100_000.0
}

/// An area of a file of boundaries as it was read: its name, its code, its rings.
package struct BoundaryShape: Sendable, Hashable {
    package let name: String
    /// As written in `adcode`; empty where the file has none.
    package let code: String
    /// Closed rings without their repeated last point; holes are rings like others, told apart by the even-odd rule.
    package let rings: [[MapPoint]]

    package init(name: String, code: String, rings: [[MapPoint]]) {
        self.name = name
        self.code = code
        self.rings = rings
    }
}

/// A file of boundaries in use (地图边界).
package struct BoundaryMap: Sendable, Hashable {
    package let id: ID<BoundaryMap>
    package let title: String
    /// Who drew it, as the person who loaded it states.
    package let source: String
    package let file: String
    /// SHA-256 of the file as it came in.
    package let original: String
}

/// One area of a map in use.
package struct Boundary: Sendable, Hashable {
    package let shape: BoundaryShape
    /// The region that the area stands for.
    package let region: Int64?
    /// Why it stands for none.
    package let remark: String?

    package init(shape: BoundaryShape, region: Int64?, remark: String?) {
        self.shape = shape
        self.region = region
        self.remark = remark
    }
}
