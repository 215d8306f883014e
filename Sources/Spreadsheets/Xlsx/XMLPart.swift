import Values
import XMLReading

extension XMLStream {
    /// The stream of one part of a spreadsheet, its faults in the words of imports.
    convenience init(part: String, place: FilePlace, handler: any XMLHandler, encoding: String? = nil) throws {
        try self.init(handler: handler, encoding: encoding) { fault in
            switch fault {
            case .broken(let line), .tooDeep(let line): ReadFailure.brokenXML(part, line: line, place)
            case .doctype: ReadFailure.doctype(part, place)
            }
        }
    }
}
