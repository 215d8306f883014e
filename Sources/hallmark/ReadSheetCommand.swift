import ArgumentParser
import Foundation
import Spreadsheets

/// The child that reads one outside file and hands its cells to its parent; started by the program itself.
struct ReadSheetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "read-sheet", abstract: "（内部）读一个外来文件", shouldDisplay: false)

    @Argument var file: String
    @Argument var limits: String

    func validate() throws {
        guard ReadLimits(argument: limits) != nil else { throw ValidationError("限额写法不对") }
    }

    func run() throws {
        guard let limits = ReadLimits(argument: limits) else { return }
        Foundation.exit(SheetReading.runChild(path: file, limits: limits, output: 1))
    }
}
