import Synchronization
import Values

/// Gathers the parts of a multipart form: fields in memory up to a limit, files on disk.
final class FormAssembly: Sendable {
    private struct State {
        var form = FormBody()
        var fieldBytes = 0
        var field: (name: String, bytes: [UInt8])?
        var file: (head: MultipartHead, spool: FileSpool)?
        var fileCount = 0
        var mayReceiveFiles = false
    }

    private let state = Mutex(State())
    private let limits: FormLimits
    private let configuration: WebConfiguration
    private let mayReceiveFiles: @Sendable ([QueryItem]) throws -> Void

    /// `mayReceiveFiles` is asked once, before the first file is written, with the fields that came before it: the token stands first in
    /// every form, so that a stranger's upload never reaches the disk.
    init(limits: FormLimits, configuration: WebConfiguration, mayReceiveFiles: @escaping @Sendable ([QueryItem]) throws -> Void) {
        self.limits = limits
        self.configuration = configuration
        self.mayReceiveFiles = mayReceiveFiles
    }

    var form: FormBody { state.withLock { $0.form } }

    /// Blocks while it writes files.
    func take(_ events: [MultipartParser.Event]) throws {
        try state.withLock { state in
            for event in events {
                switch event {
                case .began(let head): try begin(head, &state)
                case .bytes(let bytes): try append(bytes, &state)
                case .ended: try end(&state)
                }
            }
        }
    }

    private func begin(_ head: MultipartHead, _ state: inout State) throws {
        guard let fileName = head.fileName else {
            state.field = (head.field, [])
            return
        }
        if !state.mayReceiveFiles {
            try mayReceiveFiles(state.form.items)
            state.mayReceiveFiles = true
        }
        // A file field left empty arrives as a part with an empty name.
        if !fileName.isEmpty { state.fileCount += 1 }
        guard state.fileCount <= limits.files else {
            throw Failure(.invalid, "form.too-many", "一次提交的文件过多（上限 \(limits.files) 个），没有保存。", cure: "分几次上传。")
        }
        let limit = min(limits.fileBytes ?? .max, configuration.uploadLimit)
        let spool = try FileSpool(folder: configuration.uploadFolder, name: configuration.chance.token(bytes: 16), limit: limit)
        state.file = (head, spool)
    }

    private func append(_ bytes: [UInt8], _ state: inout State) throws {
        if let file = state.file {
            try file.spool.append(bytes)
        } else {
            state.fieldBytes += bytes.count
            guard state.fieldBytes <= limits.fieldBytes else { throw Failure.tooLarge(limit: limits.fieldBytes) }
            state.field?.bytes += bytes
        }
    }

    private func end(_ state: inout State) throws {
        if let file = state.file {
            state.file = nil
            let received = try file.spool.finish(field: file.head.field, name: file.head.fileName ?? "")
            if !received.name.isEmpty { state.form.files.append(received) }
        } else if let field = state.field {
            state.field = nil
            guard let text = PercentCoding.validText(field.bytes) else { throw Failure.notText }
            state.form.items.append(QueryItem(name: field.name, value: text))
        }
    }
}
