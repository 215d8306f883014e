import Testing
import Values

@testable import DecisionModels

@Suite("JSON as written")
struct InputJSONTests {
    @Test("a character beyond the first plane is written as a pair")
    func pairs() throws {
        #expect(try WrittenJSON.read(Array(#""\u4e00\ud83d\ude00""#.utf8), file: nil) == .text("一😀"))
    }

    @Test(
        "half a pair, a pair with another half, and digits with a sign are refused",
        arguments: [#""\ud83d""#, #""\ud83d\u7775""#, #""\ud83d\ud83d""#, #""\ude00""#, #""\u+041""#, #""\u12"#])
    func halves(_ text: String) {
        #expect(throws: Failure.self) { try WrittenJSON.read(Array(text.utf8), file: nil) }
    }
}
