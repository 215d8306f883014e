import Values

/// What one demonstration store shows: a programme, its place, its time and its trade. All firms are invented and say so in their names.
struct DemoPlan: Sendable {
    /// The folder under `programmes/`.
    let programme: String
    let day: Day
    let province: String
    let city: String
    /// GB/T 4754 version and code of the trade.
    let industry: (version: String, code: String)
    /// Trade words at the end of firm names.
    let trades: [String]
    let product: String
    let kinds: [String]
    let failedItems: [String]
    let enterprises: Int
    let results: Int
    /// Cities whose firms stand in the same lists.
    let elsewhere: [String]

    static let all: [DemoPlan] = [
        DemoPlan(
            programme: "longwan-2006", day: day(2007, 3, 31), province: "浙江省", city: "温州市", industry: ("2002", "1921"),
            trades: ["鞋业有限公司", "皮鞋厂", "制鞋有限公司", "鞋材有限公司"], product: "皮鞋", kinds: ["女皮鞋", "男皮鞋", "童皮鞋", "女皮靴"],
            failedItems: ["耐磨性能", "勾心弯曲性能", "帮底剥离强度", "鞋跟结合力", "标识"], enterprises: 1284, results: 3900,
            elsewhere: ["杭州市", "台州市", "嘉兴市", "泉州市", "广州市"]),
        DemoPlan(
            programme: "nanhai-2017", day: day(2018, 6, 30), province: "广东省", city: "佛山市", industry: ("2017", "3252"),
            trades: ["铝业有限公司", "铝型材厂", "五金制品有限公司", "门窗有限公司"], product: "铝合金建筑型材",
            kinds: ["隔热铝合金型材", "喷粉铝合金型材", "阳极氧化铝合金型材"], failedItems: ["壁厚", "膜厚", "硬度", "纵向抗剪特征值"], enterprises: 860, results: 2400,
            elsewhere: ["广州市", "江门市", "肇庆市", "临沂市"]),
        DemoPlan(
            programme: "panyu-2014", day: day(2014, 12, 18), province: "广东省", city: "广州市", industry: ("2011", "3952"),
            trades: ["音响有限公司", "灯光设备厂", "电子有限公司", "燃具有限公司"], product: "商用燃气灶具", kinds: ["炊用燃气大锅灶", "中餐燃气炒菜灶", "燃气蒸箱"],
            failedItems: ["热负荷准确度", "干烟气中一氧化碳浓度", "熄火保护装置", "标志"], enterprises: 720, results: 1800, elsewhere: ["佛山市", "中山市", "深圳市"]),
        DemoPlan(
            programme: "suzhou-2017", day: day(2018, 12, 31), province: "江苏省", city: "苏州市", industry: ("2017", "1742"),
            trades: ["丝绸有限公司", "刺绣厂", "智能装备有限公司", "家具有限公司"], product: "丝绸制品", kinds: ["蚕丝被", "真丝围巾", "真丝服装"],
            failedItems: ["纤维含量", "色牢度", "填充物含油率", "使用说明"], enterprises: 980, results: 2600, elsewhere: ["无锡市", "杭州市", "湖州市"]),
        DemoPlan(
            programme: "dezhou", day: day(2008, 6, 30), province: "山东省", city: "德州市", industry: ("2002", "1921"),
            trades: ["食品有限公司", "机械厂", "农机有限公司", "化工有限公司"], product: "小型农机具", kinds: ["玉米脱粒机", "铡草机", "喷雾器"],
            failedItems: ["安全防护装置", "使用说明书", "噪声"], enterprises: 540, results: 1200, elsewhere: ["济南市", "聊城市", "潍坊市"]),
    ]

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day { Day(year: year, month: month, day: day) ?? Day(number: 0) }
}
