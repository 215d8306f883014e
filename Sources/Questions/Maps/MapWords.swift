import Values

/// Texts of maps and their boundaries.
enum MapWords {
    static let map = Word("地图", "Map")
    static let maps = Word("地图边界", "Boundaries of maps")
    static let lead = Word(
        "本系统不带地图：请装入本地区的边界文件（GeoJSON），装入的人写明出处。",
        "No map comes with the program: load the boundaries of your region (GeoJSON) and state their source.")
    static let load = Word("装入边界文件", "Load a file of boundaries")
    static let loadNote = Word(
        "FeatureCollection，每个区域有 name 和 adcode，坐标为经纬度", "FeatureCollection; every area with name and adcode; degrees")
    static let title = Word("地图名称", "Name of the map")
    static let titleHint = Word("如：佛山市各区", "Such as: districts of the city")
    static let source = Word("出处", "Source")
    static let sourceHint = Word("边界从哪里来、哪一年的", "Where the boundaries come from and of which year")
    static let file = Word("GeoJSON 文件", "GeoJSON file")
    static let loadButton = Word("检查并装入", "Check and load")
    static let areas = Word("区域", "Areas")
    static let matched = Word("对上区划", "Matched")
    static let unmatched = Word("没有对上的区域", "Areas without a region")
    static let unmatchedNote = Word("图上用斜线表示，不计数", "Hatched on the map, without figures")
    static let allMatched = Word("全部对上", "All matched")
    static let why = Word("原因", "Why")
    static let code = Word("代码", "Code")
    static let area = Word("区域", "Area")
    static let preview = Word("预览", "Preview")
    static let previewText = Word("装入的各区域的轮廓。", "The outlines of the loaded areas.")
    static let withdraw = Word("撤下", "Withdraw")
    static let noMap = Word("还没有装入地图", "No map has been loaded")
    static let noMapNext = Word("装入一份边界文件后，查询可以按区域上图。", "Load a file of boundaries and questions can be shown on a map.")
    static let toLoad = Word("去装入边界", "Load boundaries")
    static let drawnFrom = Word("边界", "Boundaries")
    static let rank = Word(
        "各区域按样本数排列，不排名次；95%区间重叠的不分先后。", "Areas stand by sample size, not ranked; overlapping 95% intervals are not ranked.")
    static let order = Word("按数值排列。", "Sorted by value.")
    static let original = Word("文件的 SHA-256", "SHA-256 of the file")

    static func drawn(_ count: Int, _ title: String) -> Word {
        Word(
            "\(title)的\(count)个区域，颜色越深数越大；数字见旁边的表。",
            "\(count) areas of \(title); the darker, the larger; the numbers stand in the table beside it.")
    }

    static func elsewhere(_ count: Int64) -> Word {
        Word("另有\(count)行不在图上：其他地区，或没有注明地区。", "\(count) rows are not on the map: other places, or no place stated.")
    }

    static func loaded(_ matched: Int, _ areas: Int) -> Word { Word("\(areas)个区域，对上\(matched)个", "\(matched) of \(areas) areas matched") }
}
