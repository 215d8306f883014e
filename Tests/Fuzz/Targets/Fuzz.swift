import CFuzzer
import Foundation

/// `fuzz TARGET …`: libFuzzer over one parser of outside input; the arguments after the target are libFuzzer's. `fuzz --list` names the targets.
@main enum Fuzz {
    nonisolated(unsafe) private static var target: (@Sendable ([UInt8]) -> Void)?

    static func main() {
        let arguments = CommandLine.arguments
        if arguments.dropFirst().first == "--list" {
            for name in FuzzTargets.all.keys.sorted() { print(name) }
            return
        }
        guard let name = arguments.dropFirst().first, let chosen = FuzzTargets.all[name] else {
            FileHandle.standardError.write(Data("usage: fuzz --list | fuzz TARGET [libFuzzer's arguments]\n".utf8))
            exit(2)
        }
        target = chosen
        var count = Int32(arguments.count - 1)
        var texts: [UnsafeMutablePointer<CChar>?] = ([arguments[0]] + arguments.dropFirst(2)).map { strdup($0) } + [nil]
        texts.withUnsafeMutableBufferPointer { buffer in
            var base = buffer.baseAddress
            exit(
                LLVMFuzzerRunDriver(&count, &base) { data, size in
                    Fuzz.target?(Array(UnsafeBufferPointer(start: data, count: size)))
                    return 0
                })
        }
    }
}
