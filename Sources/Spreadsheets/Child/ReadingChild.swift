import Glibc
import Values

extension SheetReading {
    /// The whole work of the reading child (the hidden subcommand `hallmark read-sheet FILE LIMITS`): takes its own rights away, reads the
    /// file, writes the frames to `output`, and answers the exit status. It opens no store and needs no environment.
    package static func runChild(path: String, limits: ReadLimits, output: Int32) -> Int32 {
        ChildRights.limit(limits)
        return writeEvents(path: path, limits: limits, output: output)
    }

    /// Reads a file and writes its events to a descriptor; errors travel as a frame of their own. 0 when the frames are complete.
    static func writeEvents(path: String, limits: ReadLimits, output: Int32) -> Int32 {
        var encoder = EventEncoder()
        do {
            do {
                try read(path: path, limits: limits) { event in
                    encoder.append(event)
                    if encoder.bytes.count >= 65_536 { try flush(&encoder, output) }
                }
                encoder.appendFinished()
            } catch let failure as Failure {
                encoder.append(failure)
            }
            try flush(&encoder, output)
            return 0
        } catch {
            return 1
        }
    }

    private struct OutputClosed: Error {}

    private static func flush(_ encoder: inout EventEncoder, _ output: Int32) throws {
        try encoder.bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let written = write(output, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw OutputClosed() }
                offset += written
            }
        }
        encoder.removeAll()
    }
}

/// What the reading child may use. A limit that the kernel refuses to lower further stays as it was: the parent has its own.
private enum ChildRights {
    static func limit(_ limits: ReadLimits) {
        set(RLIMIT_AS, limits.memoryBytes)
        set(RLIMIT_CPU, limits.seconds)
        set(RLIMIT_FSIZE, 0)
        set(RLIMIT_NOFILE, 16)
        set(RLIMIT_CORE, 0)
    }

    private static func set(_ kind: __rlimit_resource, _ value: Int) {
        let resource = Int32(bitPattern: kind.rawValue)
        var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
        var present = rlimit()
        if getrlimit(resource, &present) == 0, present.rlim_max < limit.rlim_max { limit.rlim_max = present.rlim_max }
        limit.rlim_cur = min(limit.rlim_cur, limit.rlim_max)
        _ = setrlimit(resource, &limit)
    }
}
