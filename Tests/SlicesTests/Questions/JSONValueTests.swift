import Questions
import Testing

@Suite("JSON as the command answers it")
struct JSONValueTests {
    @Test("whole numbers stay whole, control characters are escaped, members keep their order")
    func text() {
        let value = JSONValue.object([
            ("b", JSONValue(3.0)), ("a", JSONValue(0.5)), ("none", JSONValue(nil as Double?)), ("text", .text("引\"号\\\n\u{1}")),
            ("list", .list([.boolean(true), .integer(-7), JSONValue(Double.nan)])),
        ])
        #expect(value.text == #"{"b":3,"a":0.5,"none":null,"text":"引\"号\\\n\u0001","list":[true,-7,null]}"#)
    }
}
