import Values

/// What can be wrong with a form as a whole; what is wrong with a field stands beside the field.
extension Failure {
    static var expiredForm: Failure {
        Failure(.refused, "form.expired", "表单已失效，没有保存任何内容。", cure: "返回上一页，刷新后重新提交；如仍失败，请允许本站的 Cookie。")
    }

    static var malformedForm: Failure {
        Failure(.invalid, "form.malformed", "提交的表单不完整或格式不对，没有保存任何内容。", cure: "检查网络后，刷新页面重新提交。")
    }

    static var notText: Failure {
        Failure(.invalid, "form.not-text", "提交的文字无法识别（不是 UTF-8 编码）。", cure: "重新输入该栏内容，不要从其他软件粘贴乱码。")
    }

    static func tooManyParts(limit: Int) -> Failure {
        Failure(.invalid, "form.too-many", "表单的栏目或文件过多（上限 \(limit) 个），没有保存。", cure: "分几次提交。")
    }
}
