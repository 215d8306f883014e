import ArgumentParser
import Foundation

/// The command `hallmark`.
@main
struct Hallmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hallmark", abstract: "标杆：质量强区、名牌培育、质量提升方案的运行办公室",
        discussion: """
            把公布的方案写成数据（programmes/），把现成的名单导入库里，每个数都能展开到行、说出理由。

            例：
              hallmark import results 公报/ --commit good
              hallmark ask spotcheck.result --metric batch-pass-rate --where region=南海 --by verdict
              hallmark serve --demo-accounts

            退出码：0 完成；1 发现问题（名单有错误、方案有出入、日志对不上）；2 用法不对。
            数据库：--store 文件或 postgres:// 地址，缺省为环境变量 HALLMARK_STORE，再缺省为 ./data/hallmark.sqlite。
            PostgreSQL 的密码放在 --store-password-file（或 HALLMARK_STORE_PASSWORD_FILE）指的文件里，不能写在命令里。
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, ImportCommand.self, ProgrammeCommand.self, RulesCommand.self, ClassifyCommand.self, ExplainCommand.self,
            AskCommand.self, ExportCommand.self, VerifyCommand.self, EraseCommand.self, ReturnsCommand.self, AccountCommand.self,
            TokenCommand.self,
            RightsCommand.self, DemoCommand.self, BackupCommand.self, RestoreCommand.self, MoveStoreCommand.self, JournalCommand.self,
            ReadSheetCommand.self,
        ])

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        Foundation.exit(await CommandRun.run(arguments))
    }
}
