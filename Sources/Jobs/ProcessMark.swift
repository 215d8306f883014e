import Foundation

/// Names a process among all that work on one store, so that another one can tell whether it still runs.
struct ProcessMark: Sendable, Equatable {
    /// The machine since it was started, and the world of process numbers on it (a container has its own).
    let place: String
    let number: Int32
    /// When the process began, in the machine's ticks: numbers come again.
    let began: String

    static let own: ProcessMark = {
        let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))?.prefix { $0 != "\n" } ?? "-"
        let world = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? "-"
        let number = ProcessInfo.processInfo.processIdentifier
        return ProcessMark(place: "\(boot)/\(world)", number: number, began: beginning(of: number) ?? "-")
    }()

    var text: String { "\(place) \(number) \(began)" }

    init(place: String, number: Int32, began: String) {
        self.place = place
        self.number = number
        self.began = began
    }

    init?(text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 3, let number = Int32(parts[1]) else { return nil }
        self.init(place: parts[0], number: number, began: parts[2])
    }

    /// Whether it runs; nil where only its word can tell, because it runs elsewhere.
    var runsHere: Bool? {
        guard place == Self.own.place, Self.own.began != "-" else { return nil }
        return Self.beginning(of: number) == began
    }

    /// The 22nd word of a process' state; the second one stands in brackets and may hold anything.
    private static func beginning(of number: Int32) -> String? {
        guard let text = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8), let bracket = text.lastIndex(of: ")") else {
            return nil
        }
        let words = text[bracket...].dropFirst().split(separator: " ")
        // A zombie has ended.
        guard words.count > 19, words[0] != "Z" else { return nil }
        return String(words[19])
    }
}
