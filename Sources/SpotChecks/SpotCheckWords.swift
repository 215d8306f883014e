import Imports
import Values
import WebSupport

/// The texts of the published lists: dimensions, figures and codes.
package enum SpotCheckWords {
    static let publication = Word("公布的名单", "Publication")
    static let publications = Word("公布的名单", "Publications")
    static let results = Word("抽查结果", "Results")
    static let followUps = Word("后处理", "Follow-ups")
    static let enterprise = Word("企业档案", "Dossier")
    static let verdict = Word("检验结论", "Verdict")
    static let region = Word("地区", "Region")
    static let declaredRegion = Word("表中所在地", "Declared place")
    static let level = Word("级别", "Level")
    static let year = Word("年度", "Year")
    static let method = Word("抽样方式", "Sampling method")
    static let stage = Word("抽样环节", "Stage")
    static let productKind = Word("产品种类", "Kind of product")
    static let product = Word("产品名称", "Product")
    static let producer = Word("生产者", "Producer")
    static let namedProducer = Word("标称生产者", "Named producer")
    static let sampledUnit = Word("被抽样单位", "Sampled unit")
    static let laboratory = Word("承检机构", "Laboratory")
    static let doubt = Word("存疑", "Doubt")
    static let rated = Word("合格率口径", "Counted in rates")
    static let followUp = Word("后处理情况", "Follow-up")
    static let batches = Word("抽查批次", "Batches")
    static func batches(_ count: Int) -> Word { Word("\(NumberText.grouped(count)) 批次", "\(NumberText.grouped(count)) batches") }
    static let batchRate = Word("批次合格率", "Batch pass rate")
    static let firmRate = Word("企业合格率", "Firm pass rate")
    static let firms = Word("企业数", "Firms")
    static let firmProducts = Word("家次（分产品计的企业数）", "Firms by product")
    static let followUpCount = Word("后处理条数", "Follow-ups")
    static let batchUnit = Word("批次", "batches")
    static let firmUnit = Word("家", "firms")
    static let firmProductUnit = Word("家次", "firms by product")
    static let itemUnit = Word("条", "entries")
    static let firm = Word("企业名称", "Firm")
    static let brand = Word("商标", "Brand")
    static let model = Word("规格型号", "Model")
    static let batch = Word("生产日期/批号", "Date or batch")
    static let failedItems = Word("不合格项目", "Failed items")
    static let recheck = Word("复查结果", "Recheck")
    static let rectification = Word("整改情况", "Rectification")
    static let penalty = Word("行政处罚情况", "Penalty")
    static let period = Word("抽查时间", "Period")
    static let severity = Word("不合格程度", "Severity")
    static let linkedResult = Word("对应的抽查结果", "Result")
    static let linkNote = Word("对应说明", "Note")
    static let row = Word("原表行号", "Row")
    static let code = Word("统一社会信用代码", "Credit code")
    static let address = Word("地址", "Address")
    static let remark = Word("备注", "Remark")

    static let verdicts = Dictionary(
        uniqueKeysWithValues: zip(
            Verdict.allCases,
            ["Pass", "Fail", "Refused", "Not sampled", "Pending"]
        ).map { ($0.rawValue, Word($0.label, $1)) })
    static let levels = Dictionary(
        uniqueKeysWithValues: zip(ListLevel.allCases, ["National", "Provincial", "City", "County", "Unstated"]).map {
            ($0.rawValue, Word($0.label, $1))
        })
    static let methods = Dictionary(
        uniqueKeysWithValues: zip(
            SamplingMethod.allCases, ["Double random", "Special", "Joint", "Recheck", "Complaint", "Risk monitoring", "Unstated"]
        ).map { ($0.code, Word($0.label, $1)) })
    static let stages = Dictionary(
        uniqueKeysWithValues: zip(SamplingStage.allCases, ["Production", "Circulation", "Online", "Unstated"]).map {
            ($0.rawValue, Word($0.label, $1))
        })
    static let doubts: [String: Word] = [
        "none": Word("无", "None"), "masked": Word("名称被隐去", "Name hidden"), "counterfeit": Word("涉嫌假冒", "Suspected counterfeit"),
    ]
    static let rates: [String: Word] = [
        "pass": Word("合格", "Pass"), "fail": Word("不合格", "Fail"), "left-out": Word("不计入合格率", "Left out"),
        "refused": Word("拒检", "Refused"), "notSampled": Word("未抽样", "Not sampled"), "pending": Word("待定", "Pending"),
    ]
    static let followUpStates: [String: Word] = [
        "not-needed": Word("不需要", "Not needed"), "missing": Word("未见后处理记录", "None recorded"), "recorded": Word("已有后处理记录", "Recorded"),
    ]
    static let yesNo: [String: Word] = ["yes": Word("有", "Yes"), "no": Word("无", "No")]
    static let kinds: [String: Word] = [
        "results": Word("抽查结果", "Results"), "followups": Word("后处理", "Follow-ups"),
        "failed-twice": Word("连续两次不合格", "Failed twice"),
    ]
}
