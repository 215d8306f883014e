import Foundation
import Glibc
import Synchronization

/// The program that reads outside files in a process of its own.
package struct ReaderCommand: Sendable, Equatable {
    /// Absolute path of the program.
    package let executable: String
    /// What stands before the file's path and the limits, which are added as the last two arguments.
    package let arguments: [String]

    package init(executable: String, arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// This very program with its hidden subcommand.
    package static let own = ReaderCommand(executable: "/proc/self/exe", arguments: ["read-sheet"])
}

/// A child with an empty environment, its output for its only way out, and a process group of its own, so that it can be ended whole.
final class ReaderProcess {
    enum Ending: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    enum Reading: Equatable {
        case bytes(Int)
        case endOfOutput
        case nothingYet
    }

    private let process: pid_t
    private let output: Int32
    private var ending: Ending?

    /// Nil where the program cannot be started.
    init?(_ command: ReaderCommand, _ more: [String]) {
        // One at a time: a child started between the opening and the marking of another's pipe would hold that pipe open.
        let started = ReaderProcess.starting.withLock { _ in ReaderProcess.start(command, more) }
        guard let started else { return nil }
        (process, output) = started
    }

    private static let starting = Mutex(())

    private static func start(_ command: ReaderCommand, _ more: [String]) -> (process: pid_t, output: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var process: pid_t = 0
        let status = spawn(&process, command, more, output: ends[1])
        close(ends[1])
        if status == 0 { return (process, ends[0]) }
        close(ends[0])
        return nil
    }

    /// No child outlives its object, and none stays behind as a zombie.
    deinit {
        if ending == nil { _ = stop() }
        close(output)
    }

    /// Waits at most `milliseconds` for output and takes what there is.
    func read(into buffer: UnsafeMutableRawBufferPointer, milliseconds: Int32) -> Reading {
        var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        let ready = poll(&entry, 1, milliseconds)
        if ready <= 0 { return .nothingYet }
        let count = Glibc.read(output, buffer.baseAddress, buffer.count)
        if count < 0 { return errno == EINTR ? .nothingYet : .endOfOutput }
        return count == 0 ? .endOfOutput : .bytes(count)
    }

    /// How the child ended, waiting a moment for one that has closed its output; one that stays is killed.
    func finish() -> Ending {
        for _ in 0..<200 {
            if let ending = collect(WNOHANG) { return ending }
            usleep(10_000)
        }
        return stop()
    }

    /// Kills the child with all that it started.
    @discardableResult
    func stop() -> Ending {
        if let ending { return ending }
        kill(-process, SIGKILL)
        kill(process, SIGKILL)
        return collect(0) ?? .signal(SIGKILL)
    }

    private func collect(_ options: Int32) -> Ending? {
        if let ending { return ending }
        var status: Int32 = 0
        while true {
            let found = waitpid(process, &status, options)
            if found == 0 { return nil }
            if found < 0, errno == EINTR { continue }
            // Somebody else collected it: nothing more is known, and no zombie is left.
            if found < 0 { status = 0 }
            break
        }
        let signal = status & 0x7F
        ending = signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
        return ending
    }

    /// What this process holds open at the moment; one that is gone by the time of closing does no harm.
    private static var openDescriptors: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    private static func spawn(_ process: inout pid_t, _ command: ReaderCommand, _ more: [String], output: Int32) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // Sockets and the store stay with the parent. Closed here and not in the child, whose own threads hold descriptors by then.
        for descriptor in openDescriptors where descriptor > 2 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments = ([command.executable] + command.arguments + more).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        return posix_spawn(&process, command.executable, &actions, &attributes, &arguments, &environment)
    }
}
