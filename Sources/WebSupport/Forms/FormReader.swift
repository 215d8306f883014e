import Hummingbird
import NIOCore
import Values

/// Reads a form's body within its limits and checks its token, before any handler sees it.
struct FormReader {
    let limits: FormLimits
    let context: WebContext

    /// - Throws: `form.expired`, `form.malformed`, `form.too-many`, `upload.too-large`, `form.type`.
    func read(_ request: Request) async throws -> FormBody {
        let type = request.headers[.contentType] ?? ""
        let form: FormBody
        switch FormText.trimmed(type.split(separator: ";").first.map(String.init) ?? "").lowercased() {
        case "application/x-www-form-urlencoded": form = try await readEncoded(request)
        case "multipart/form-data": form = try await readMultipart(request, type: type)
        default: throw Failure(.invalid, "form.type", "不支持这种提交方式。", cure: "用系统页面中的表单提交。")
        }
        try context.checkToken(in: form.items)
        return form
    }

    private func readEncoded(_ request: Request) async throws -> FormBody {
        var bytes: [UInt8] = []
        for try await buffer in request.body {
            bytes.append(contentsOf: buffer.readableBytesView)
            guard bytes.count <= limits.fieldBytes else { throw Failure.tooLarge(limit: limits.fieldBytes) }
        }
        return FormBody(items: try EncodedForm.items(bytes, limit: limits.parts))
    }

    private func readMultipart(_ request: Request, type: String) async throws -> FormBody {
        var parser = try MultipartParser(contentType: type, partLimit: limits.parts)
        let assembly = FormAssembly(
            limits: limits, configuration: context.environment.configuration,
            mayReceiveFiles: { [context] in try context.checkToken(in: $0) })
        var total = 0
        for try await buffer in request.body {
            total += buffer.readableBytes
            guard total <= context.environment.configuration.uploadLimit else {
                throw Failure.tooLarge(limit: context.environment.configuration.uploadLimit)
            }
            let events = try parser.take(buffer.readableBytesView)
            try await context.onWorkerThread { try assembly.take(events) }
        }
        try parser.finish()
        return assembly.form
    }
}

extension WebContext {
    func checkToken(in items: [QueryItem]) throws {
        try environment.csrf.check(items.first { $0.name == FormSeal.tokenName }?.value, session: session)
    }
}
