package import Enterprises

/// Says which region an area stands for: by its code where the names agree, else by its name where one region alone bears it.
package struct MatchBoundaries: Sendable {
    package let regions: RegionDirectory

    package init(regions: RegionDirectory) { self.regions = regions }

    package func boundaries(_ shapes: [BoundaryShape]) -> [Boundary] {
        var taken: Set<Int64> = []
        return shapes.map { shape in
            let (region, remark) = region(of: shape)
            guard let region else { return Boundary(shape: shape, region: nil, remark: remark) }
            guard taken.insert(region).inserted else {
                return Boundary(shape: shape, region: nil, remark: "同一地区在文件里出现了两次，只用第一处")
            }
            return Boundary(shape: shape, region: region, remark: nil)
        }
    }

    private func region(of shape: BoundaryShape) -> (Int64?, String?) {
        if !shape.code.isEmpty {
            if let bearer = regions.bearer(ofCode: shape.code) {
                if bearer.name == shape.name { return (bearer.number, nil) }
                return (nil, "代码 \(shape.code) 现为\(bearer.name)，文件写的是\(shape.name)")
            }
            return (nil, "区划目录里没有代码 \(shape.code)")
        }
        let bearers = regions.bearers(ofName: shape.name)
        guard bearers.count == 1 else { return (nil, bearers.isEmpty ? "区划目录里没有这个名称" : "叫这个名称的地区不止一个，文件没有代码") }
        return (bearers[0], nil)
    }
}
