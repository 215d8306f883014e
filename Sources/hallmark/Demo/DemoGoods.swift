/// A kind of product in invented lists: what it is called and what it fails on.
struct DemoGoods: Sendable {
    let kind: String
    let failedItems: [String]

    /// The plan's own product first, its kinds, then what else is often checked.
    static func all(_ plan: DemoPlan) -> [DemoGoods] {
        let own = ([plan.product] + plan.kinds).map { DemoGoods(kind: $0, failedItems: plan.failedItems) }
        return own + common.filter { goods in !own.contains { $0.kind == goods.kind } }
    }

    private static let common = [
        DemoGoods(kind: "儿童服装", failedItems: ["纤维含量", "绳带", "甲醛含量", "使用说明"]),
        DemoGoods(kind: "羽绒服装", failedItems: ["绒子含量", "充绒量", "耗氧量"]),
        DemoGoods(kind: "家用燃气灶具", failedItems: ["热效率", "熄火保护装置", "干烟气中一氧化碳浓度"]),
        DemoGoods(kind: "电线电缆", failedItems: ["导体电阻", "绝缘厚度", "标志"]),
        DemoGoods(kind: "插头插座", failedItems: ["防触电保护", "温升", "插头插销尺寸"]),
        DemoGoods(kind: "眼镜架", failedItems: ["镜腿抗拉", "镀层结合力", "尺寸"]),
        DemoGoods(kind: "阀门", failedItems: ["壳体试验", "密封试验", "标志"]),
        DemoGoods(kind: "低压电器", failedItems: ["介电性能", "温升", "电气间隙"]),
        DemoGoods(kind: "食品包装袋", failedItems: ["溶剂残留量", "剥离力", "落镖冲击"]),
        DemoGoods(kind: "不锈钢管", failedItems: ["化学成分", "壁厚", "拉伸强度"]),
        DemoGoods(kind: "木家具", failedItems: ["甲醛释放量", "力学性能", "使用说明"]),
        DemoGoods(kind: "玩具", failedItems: ["小零件", "锐利边缘", "增塑剂"]),
        DemoGoods(kind: "润滑油", failedItems: ["运动黏度", "闪点", "倾点"]),
        DemoGoods(kind: "水泥", failedItems: ["安定性", "强度", "三氧化硫"]),
        DemoGoods(kind: "化肥", failedItems: ["总养分", "氯离子", "水分"]),
        DemoGoods(kind: "锁具", failedItems: ["互开率", "防护性能", "耐腐蚀"]),
    ]
}
