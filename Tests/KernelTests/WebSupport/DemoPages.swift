import Values
import WebSupport

/// The pages of the demo site.
enum DemoPages {
    static let rows: [DemoRow] = [
        DemoRow(
            id: ID(1), name: "示例鞋业有限公司", town: "甲街道", sales: Fen(4_820_000_000), checked: Day("2007-01-22"),
            verdict: Badge(.bad, Word("不合格", "failed"))),
        DemoRow(
            id: ID(2), name: "某某皮革制品厂<script>alert(1)</script>", town: "乙镇", sales: Fen(5_000_000_000), checked: Day("2006-09-14"),
            verdict: Badge(.good, Word("合格", "passed"))),
        DemoRow(id: ID(3), name: "虚构轻工机械（中国）股份有限公司第二分公司", town: "丙镇", sales: nil, checked: nil, verdict: nil),
    ]

    static let fields: [FormField] = [
        FormField("title", Word("标题", "Title"), isRequired: true, hint: Word("公报上的标题", "As on the bulletin")),
        FormField("received", Word("收到日期", "Received"), .day, isRequired: true),
        FormField("batches", Word("批次数", "Batches"), .number, unit: Word("批", "batches")),
        FormField(
            "way", Word("抽样方式", "Way of sampling"),
            .select([.init("random", Word("双随机", "random")), .init("special", Word("专项", "special"))])),
        FormField("stage", Word("环节", "Stage"), .radio([.init("made", Word("生产", "production")), .init("sold", Word("流通", "trade"))])),
        FormField("notify", Word("通知镇街", "Tell the towns"), .checkbox),
        FormField("remark", Word("备注", "Remark"), .textarea(rows: 3)),
        FormField("list", Word("名单文件", "File"), .file(accepts: ".xls,.xlsx,.csv", several: false), isRequired: true),
    ]

    static var desk: Page {
        Page(
            Word("工作台", "Desk"), lead: "示例区人民政府办公室 2006-09-05 印发 · 实施期 2006-09 至 2007-10",
            notices: [Notice(.good, "名单已导入", detail: "新增 12 行，未变 3 行。", link: Link("查看日志", Address("journal")))]
        ) { html in
            html.add(phases)
            html.add(
                Columns(
                    main: { html in
                        html.add(Sheet("目标", note: "红线为目标值，细线为 95% 置信区间；点数字看证据") { html in html.add(targets) })
                        html.add(
                            FigureStrip([
                                Figure(
                                    "A 类 重点培育", "37", rows: Address("questions", "enterprise").with("where", "class=A").with("known", 128)),
                                Figure("三年抽查合格", "78.6%", count: 14, interval: ("52.4%", "92.4%"), note: "样本少", state: .unreviewed),
                                Figure(
                                    "产品质量指数", "95.4", rows: Address("questions", "index"),
                                    state: .published(by: "张示例", on: Day(number: 13_600))),
                                Figure("恰在 5000 万元", "3", unit: "家", note: "原文重叠，待裁定", needsPerson: true),
                                Figure("缺销售额", nil, note: "应由镇街填报"),
                            ]))
                        html.add(Sheet("趋势") { html in html.add(trend) })
                        html.add(Sheet("不合格项目") { html in html.add(bars) })
                    },
                    side: { html in
                        html.add(
                            Sheet("待我办理", note: "12") { html in
                                html.add(
                                    WorkList([
                                        WorkList.Item(
                                            "裁定：A、B 类在 5000 万元处重叠", detail: "涉及 2 家 · 四(三)2 · 今天", address: Address("discrepancies", 1),
                                            action: "去裁定"),
                                        WorkList.Item(
                                            "女鞋 勾心弯曲性能：5 周 7 家不合格", detail: "基线 1.3 家", badge: Badge(.bad, "同项多厂"),
                                            address: Address("alerts", 2)),
                                    ]))
                            })
                        html.add(Sheet("沿革") { html in html.add(history) })
                        html.add(Padded { html in html.add(ProgressBar(done: 12_300, total: 40_000, label: "正在核对")) })
                    }))
        }
    }

    static var phases: PhaseStrip {
        PhaseStrip(
            [
                .init("动员部署", from: Day(number: 13_396), to: Day(number: 13_406)),
                .init("调查摸底", detail: "完成 96%", from: Day(number: 13_407), to: Day(number: 13_497)),
                .init("培育提升", detail: "23 项措施，19 项按期", from: Day(number: 13_498), to: Day(number: 13_771)),
                .init("总结提高", from: Day(number: 13_772), to: Day(number: 13_817)),
            ], today: DemoSite.today)
    }

    static var targets: Table<(name: String, figure: Figure, goal: String, bar: TargetBar, verdict: Badge)> {
        let rows = [
            (
                "国家监督抽查合格率", Figure("", "88.2%", count: 102, interval: ("80.6", "93.1"), rows: Address("targets", 1)), "≥ 85%",
                TargetBar(value: 88.2, target: 85, interval: (80.6, 93.1), range: 60...100, tone: .good, spoken: "现值 88.2%，目标 85%"),
                Badge(.caution, "已达标，尚不能确认")
            ),
            (
                "省级定期监督抽查合格率", Figure("", "86.9%", count: 474, interval: ("83.6", "89.7"), rows: Address("targets", 2)), "≥ 90%",
                TargetBar(value: 86.9, target: 90, interval: (83.6, 89.7), range: 60...100, tone: .caution, spoken: "现值 86.9%，目标 90%"),
                Badge(.bad, "落后 3.1 个百分点")
            ),
            (
                "行业协会规范自律", Figure("", nil), "初步实现",
                TargetBar(value: nil, target: nil, range: 0...1, tone: .neutral, spoken: "无可计量口径"), Badge(.neutral, "待定口径")
            ),
        ]
        return Table(
            caption: "目标", rows: rows.map { (name: $0.0, figure: $0.1, goal: $0.2, bar: $0.3, verdict: $0.4) },
            columns: [
                Column("指标", .wide) { html, row in
                    html.add(row.name)
                    html.add(.small, text: "条款 二")
                },
                Column("现值", .amount) { html, row in html.add(row.figure.inline) },
                .text("目标") { $0.goal },
                Column("进度", .bar) { html, row in html.add(row.bar) },
                .status("判断") { $0.verdict },
                .text("责任单位") { _ in "区质监分局" },
            ])
    }

    static var trend: LineChart {
        LineChart(
            title: "抽查合格率", summary: "由 2006 年一季度的 82% 升到 2007 年一季度的 88%，目标 85%。", measure: "合格率",
            points: [
                .init("06 一季", value: 82, text: "82.0%", interval: (74, 88)),
                .init("06 二季", value: 84.5, text: "84.5%", interval: (78, 90)),
                .init("06 三季", value: nil, text: "—"), .init("06 四季", value: 85.1, text: "85.1%", interval: (80, 90)),
                .init("07 一季", value: 88.2, text: "88.2%", interval: (80.6, 93.1)),
            ], target: 85, axis: [(70, "70%"), (80, "80%"), (90, "90%"), (100, "100%")])
    }

    static var bars: BarChart {
        BarChart(
            caption: "不合格项目", measure: "批次",
            bars: [
                .init("勾心弯曲性能", value: 17, text: "17", rows: Address("questions", "spotcheck.result").with("where", "item=勾心")),
                .init("耐磨性能", value: 9, text: "9"), .init("帮底剥离强度", value: 4, text: "4", tone: .caution),
            ])
    }

    static var history: Timeline {
        Timeline([
            .init(Day(number: 13_600), "更正销售额", detail: "4,280 → 4,820 万元", actor: "李示例"),
            .init(Day(number: 13_500), "由年报导入", detail: "第 318 行", address: Address("imports", 12)),
        ])
    }

    static func enterprises(_ context: WebContext) -> Page {
        let query = context.query
        let address = context.address
        return Page(
            Word("企业档案", "Enterprises"), crumbs: [Link("工作台", Address())],
            actions: [Link("导出 .xlsx", Address("exports", "rows"), look: .button), Link("导入", Address("imports", "new"), look: .primary)]
        ) { html in
            html.add(
                Sheet(Word("企业", "Enterprises")) { html in
                    html.add(
                        Filter(
                            page: address, query: query,
                            fields: [
                                FormField("q", Word("名称", "Name"), .search),
                                FormField("town", Word("镇街", "Town"), .select([.init("1", "甲街道"), .init("2", "乙镇")])),
                            ]))
                    html.add(
                        Table(
                            caption: Word("企业", "Enterprises"), rows: query["q"] == "无" ? [] : rows,
                            columns: [
                                .link(Word("企业名称", "Name"), sort: "name") { Link($0.name, Address("enterprises", $0.id)) },
                                .text(Word("镇街", "Town")) { $0.town },
                                .amount(Word("销售额（万元）", "Sales (10,000 yuan)"), sort: "sales") { $0.sales?.tenThousandYuan },
                                .day(Word("最近抽查", "Last check"), sort: "checked") { $0.checked },
                                .status(Word("结论", "Verdict")) { $0.verdict },
                            ],
                            sort: Sorting(query: query, page: address, allowed: ["name", "sales", "checked"], standard: "name"),
                            empty: EmptyState(
                                "没有符合条件的企业", nextStep: "放宽筛选条件，或先导入企业名单。",
                                action: Link("导入名单", Address("imports", "new"), look: .primary))))
                    html.add(Pagination(page: address, shown: 3, total: 1284, after: "示例|3"))
                })
        }
    }

    static func dossier(_ id: ID<DemoRow>) -> Page {
        Page(
            "示例鞋业有限公司", lead: "91330303MA0TE5T082 · 甲街道 · C1952 皮鞋制造（2017 版）", badge: Badge(.good, "B 类 重点帮扶"),
            crumbs: [Link("企业档案", Address("enterprises")), Link("甲街道", Address("enterprises").with("town", 1))],
            tabs: [
                Tab("概况", Address("enterprises", id), isCurrent: true), Tab("抽查", Address("enterprises", id, "checks"), count: 14),
                Tab("沿革", Address("enterprises", id, "history")),
            ]
        ) { html in
            var facts = DefinitionList()
            facts.add("规则", "皮鞋企业分类 · 版本 2006-09-05 · B 行")
            facts.add("来源", "年报导入 #12 第 318 行")
            facts.add("条件", "年销售额 1000 至 5000 万元")
            facts.add("研发投入", nil)
            facts.add("事实") { html in
                html.add("2006 年销售额 ")
                html.add(.a, .class("opens"), .href(Address("questions", "account")), text: "48,200,000.00 元")
            }
            let reasons = facts
            html.add(Sheet("为什么是 B 类", note: "2007-01-12 由区质监分局确认") { html in html.add(reasons) })
            html.add(Sheet("修改冲突") { html in html.add(ConflictTable([.init("销售额", yours: "4,820", theirs: "4,280")])) })
        }
    }

    static func titled(_ name: String) -> Page { Page(Word(name)) { html in html.add(.p, text: name) } }

    static func form(_ seal: FormSeal, _ fields: [FormField]) -> Page {
        Page(Word("导入名单", "Import a list")) { html in
            html.add(
                Sheet(Word("选择文件", "Choose a file")) { html in
                    html.add(
                        Form(
                            action: Address("imports"), seal: seal, fields: fields, submit: Word("读取并核对", "Read and check"),
                            cancel: Link(Word("取消", "Cancel"), Address())))
                })
        }
    }
}
