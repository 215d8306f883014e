import Foundation
import TestSupport
import Testing
import Values

@testable import Spreadsheets

@Suite("Reading in a child process", .blocking, .serialized)
struct OutsideFileTests {
    /// A shell in the reader's place; `$1` is the file, `$2` the limits.
    private func shell(_ script: String) -> ReaderCommand { ReaderCommand(executable: "/bin/sh", arguments: ["-c", script, "reader"]) }

    private func failure(_ script: String, limits: ReadLimits = ReadLimits()) async -> Failure? {
        do {
            _ = try await OutsideFile.read("/tmp/0af3", name: "名单.xls", reader: shell(script), limits: limits)
            return nil
        } catch { return error as? Failure }
    }

    @Test("what the child writes is what the reader saw, under the sender's file name")
    func roundTrip() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("0af3", "代码,名称\n1,甲\n")
        let frames = folder.file("frames")
        let descriptor = open(frames, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        #expect(SheetReading.writeEvents(path: path, limits: ReadLimits(), output: descriptor) == 0)
        close(descriptor)
        let book = try await OutsideFile.read(path, name: "名单.csv", reader: shell("/bin/cat \(frames)"))
        #expect(book.format == .csv(.utf8))
        #expect(book.sheets.map(\.name) == ["名单"])
        #expect(book.sheets[0].texts == [["代码", "名称"], ["1", "甲"]])
    }

    @Test("every kind of cell and event survives the frames, however they are cut")
    func frames() throws {
        let day = try #require(Day(year: 1899, month: 1, day: 2))
        let events: [SheetEvent] = [
            .workbook(.xls), .sheet(name: "名单", visibility: .veryHidden),
            .row(
                SheetRow(
                    number: 70_000,
                    cells: [.empty, .text("甲\n"), .number(-1.5), .day(day, serial: 3.25), .boolean(true), .boolean(false), .error("#N/A")])),
            .sheetEnd(mergedRanges: [CellRange(firstRow: 1, lastRow: 2, firstColumn: 3, lastColumn: 300)]),
        ]
        let failure = Failure(
            .missing, "a.b", "消息", at: FilePlace(file: "f", sheet: "s", row: 3, column: "C", line: 4, clause: "二"), cure: "办法")
        var encoder = EventEncoder()
        for event in events { encoder.append(event) }
        encoder.append(failure)
        encoder.appendFinished()
        for size in [1, 3, 7, encoder.bytes.count] {
            var decoder = EventDecoder(longestFrame: 1_000)
            var messages: [EventDecoder.Message] = []
            for start in stride(from: 0, to: encoder.bytes.count, by: size) {
                Array(encoder.bytes[start..<min(encoder.bytes.count, start + size)]).withUnsafeBytes { decoder.feed($0) }
                while let message = try decoder.next() { messages.append(message) }
            }
            #expect(messages == events.map { .event($0) } + [.failure(failure), .finished])
            #expect(decoder.isEmpty)
        }
    }

    @Test("frames that lie about themselves end the reading, never the server")
    func malformedFrames() {
        let frames: [[UInt8]] = [
            [0xFF, 0xFF, 0xFF, 0x7F, 0x52], [0, 0, 0, 0, 0x52], [2, 0, 0, 0, 0x52, 0x01], [4, 0, 0, 0, 0x52, 1, 0x7F, 0],
            [1, 0, 0, 0, 0x3F],
            [4, 0, 0, 0, 0x53, 0x7F, 0x41, 0x41], [12, 0, 0, 0, 0x52, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ]
        for frame in frames {
            var decoder = EventDecoder(longestFrame: 1_000_000)
            frame.withUnsafeBytes { decoder.feed($0) }
            #expect(throws: EventDecoder.Malformed.self) { try decoder.next() }
        }
    }

    @Test("the child's own failure arrives with the sender's file name")
    func childFailure() async throws {
        let folder = try ScratchFolder()
        let path = try folder.write("0af3", "a,\"b\n")
        let frames = folder.file("frames")
        let descriptor = open(frames, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        #expect(SheetReading.writeEvents(path: path, limits: ReadLimits(), output: descriptor) == 0)
        close(descriptor)
        let failure = await failure("/bin/cat \(frames)")
        #expect(failure?.code == "import.quote-unclosed")
        #expect(failure?.place == FilePlace(file: "名单.xls", line: 1))
    }

    @Test("a crash, an exit and an early end are import errors with file name and cure")
    func deaths() async {
        let crash = await failure("kill -SEGV $$")
        #expect(crash?.code == "import.reader-died")
        #expect(crash?.description == "名单.xls：读取进程异常结束（信号 11），文件没有导入。处理办法：请用 Excel 或 WPS 打开该文件，另存为 .xlsx 后再导入。")
        #expect(await failure("exit 3")?.message == "读取进程异常结束（退出码 3），文件没有导入。")
        #expect(await failure("exit 0")?.message == "读取进程异常结束（输出中断），文件没有导入。")
        #expect(await failure("printf 'hello world'")?.message == "读取进程异常结束（输出无法理解），文件没有导入。")
    }

    @Test("a program that cannot be started is the administrator's matter")
    func noProgram() async {
        let reader = ReaderCommand(executable: "/nowhere/hallmark", arguments: ["read-sheet"])
        await #expect(
            throws: Failure(.internal, "import.reader-missing", "无法启动文件读取进程。", at: FilePlace(file: "a.xls"), cure: "请联系系统管理员检查程序安装是否完整。")
        ) {
            try await OutsideFile.read("/tmp/a.xls", reader: reader)
        }
    }

    @Test("a child that hangs is killed with all that it started")
    func tooSlow() async throws {
        var limits = ReadLimits()
        limits.seconds = 1
        let folder = try ScratchFolder()
        let failure = await failure("/bin/sleep 61.7 & echo $! > \(folder.file("pid")); wait", limits: limits)
        #expect(failure?.code == "import.reader-too-slow")
        #expect(failure?.description == "名单.xls：读取超过 1 秒仍未完成，已停止。处理办法：请把文件拆分成几个较小的文件，分别导入。")
        let started = try String(contentsOfFile: folder.file("pid"), encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let process = try #require(pid_t(started))
        var isGone = false
        for _ in 0..<100 where !isGone {
            // An orphan that was killed may wait a moment for init to collect it.
            let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            isGone = state == nil || state?.contains(") Z ") == true
            usleep(20_000)
        }
        #expect(isGone)
    }

    @Test("a child that writes without end is stopped at the limit")
    func tooLarge() async {
        var limits = ReadLimits()
        limits.outputBytes = 1_000_000
        // Row frames of one empty row each, for ever.
        let failure = await failure(
            "while :; do printf '\\003\\000\\000\\000R\\001\\000\\003\\000\\000\\000R\\001\\000'; done", limits: limits)
        #expect(failure?.code == "import.reader-too-large")
        #expect(failure?.description == "名单.xls：文件内容超过上限 1 MB，已停止读取。处理办法：请把文件拆分成几个较小的文件，分别导入。")
    }

    @Test("the child gets an empty environment, the file, and the limits")
    func environment() async throws {
        let folder = try ScratchFolder()
        let seen = folder.file("seen")
        _ = await failure("/usr/bin/env -0 > \(seen); printf '%s|%s' \"$1\" \"$2\" >> \(seen)")
        let text = try String(contentsOfFile: seen, encoding: .utf8)
        // The shell itself adds PWD, and nothing of ours is there.
        #expect(!text.contains("HOME="))
        #expect(!text.contains("PATH=/"))
        #expect(text.hasSuffix("/tmp/0af3|" + ReadLimits().argument))
    }

    @Test("no zombie and no open pipe is left behind")
    func cleanUp() async throws {
        // By the children's own numbers and pipes: other tests start and open theirs meanwhile.
        let folder = try ScratchFolder()
        let seen = folder.file("seen")
        for _ in 0..<20 { _ = await failure("exec 3>&1; (echo $$; /usr/bin/readlink /proc/$$/fd/3) >> \(seen); exit 1") }
        let lines = try String(contentsOfFile: seen, encoding: .utf8).split(separator: "\n").map(String.init)
        let (processes, pipes) = (lines.compactMap { pid_t($0) }, Set(lines.filter { $0.hasPrefix("pipe:") }))
        #expect(processes.count == 20 && !pipes.isEmpty)
        // A zombie, too, could still be sent signals.
        for process in processes { #expect(kill(process, 0) == -1 && errno == ESRCH, "\(process)") }
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
        #expect(pipes.isDisjoint(with: open))
    }

    @Test("throwing from the handler ends the child")
    func handlerThrows() async throws {
        struct Enough: Error {}
        let reader = shell("while :; do printf '\\003\\000\\000\\000R\\001\\000'; done")
        await #expect(throws: Enough.self) {
            try await OutsideFile(path: "/tmp/a", reader: reader).fold(into: 0) { count, _ in
                count += 1
                if count > 100 { throw Enough() }
            }
        }
    }

    @Test("cancelling the task ends the child")
    func cancelled() async throws {
        let reader = shell("/bin/sleep 30")
        let task = Task { try await OutsideFile.read("/tmp/a", reader: reader) }
        try await Task.sleep(for: .milliseconds(150))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
