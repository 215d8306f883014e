import Policy
import Values
import WebSupport

/// The targets of a programme as rows: 指标, 现值, 目标, 进度, 判断, 责任单位.
struct TargetTable: Component {
    let standings: [Standing]

    func write(into html: inout HTML) {
        html.add(
            Table(
                caption: TargetWords.targets, rows: standings.map(StandingText.init),
                columns: [
                    Column(TargetWords.measure, .wide) { html, row in
                        html.add(Link(row.target.title, row.address))
                        html.add(.small, text: TargetWords.clause(row.target.clause))
                        if let gap = row.gap { html.add(.small, text: gap) }
                    },
                    Column(TargetWords.now, .amount) { html, row in html.add(row.now.inline) },
                    Column(TargetWords.goal) { html, row in
                        html.add(.span, text: row.goal)
                        html.add(.small, text: row.due)
                    },
                    Column(TargetWords.progress, .bar) { html, row in
                        if let bar = row.bar { html.add(bar) } else { html.add("—") }
                    },
                    Column(TargetWords.verdict, .status) { html, row in
                        html.add(row.badge)
                        for remark in row.remarks { html.add(.small, text: remark) }
                    },
                    .text(TargetWords.owner) { $0.ownerWord },
                ],
                empty: EmptyState(TargetWords.noTargets, nextStep: TargetWords.noTargetsNext)))
    }
}
