import CExpat
import Values

/// Takes the tags and texts of an XML part as they come.
protocol XMLHandler: AnyObject {
    /// `name` is without its namespace prefix.
    func start(_ name: String, _ attributes: XMLAttributes) throws
    func end(_ name: String) throws
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

/// The attributes of one tag; valid only while the tag is being handled.
struct XMLAttributes {
    fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The value of an attribute by its name without prefix.
    subscript(_ name: StaticString) -> String? { pointer(name).map { String(cString: $0) } }

    /// The value's characters, NUL-terminated, for the places where a String each would be felt.
    func pointer(_ name: StaticString) -> UnsafePointer<CChar>? {
        guard var next = list else { return nil }
        while let key = next[0] {
            let matches = name.withUTF8Buffer { XMLAttributes.equal(XMLStream.localName(key), $0) }
            if matches { return next[1] }
            next += 2
        }
        return nil
    }

    func integer(_ name: StaticString) -> Int? {
        guard let pointer = pointer(name) else { return nil }
        var value = 0
        var index = 0
        while pointer[index] != 0 {
            guard (48...57).contains(pointer[index]), index < 9 else { return nil }
            value = value * 10 + Int(pointer[index]) - 48
            index += 1
        }
        return index > 0 ? value : nil
    }

    private static func equal(_ left: UnsafePointer<CChar>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        for (index, byte) in right.enumerated() where UInt8(bitPattern: left[index]) != byte { return false }
        return left[right.count] == 0
    }
}

/// Expat fed piece by piece. A DOCTYPE is refused, so that no entity, external or growing, is ever followed.
final class XMLStream {
    private let parser: OpaquePointer
    private let handler: any XMLHandler
    private let part: String
    private let place: FilePlace
    private var failure: (any Error)?
    private var depth = 0
    private static let deepest = 256

    /// `encoding` overrides what the part says about itself, for text that was converted before.
    init(part: String, place: FilePlace, handler: any XMLHandler, encoding: String? = nil) throws {
        guard let parser = XML_ParserCreate(encoding) else { throw ReadFailure.brokenXML(part, line: 0, place) }
        self.parser = parser
        self.part = part
        self.place = place
        self.handler = handler
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser, { XMLStream.from($0)?.start($1, $2) }, { XMLStream.from($0)?.end($1) })
        XML_SetCharacterDataHandler(parser) { XMLStream.from($0)?.characters($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in XMLStream.from(user)?.doctype() }
    }

    deinit { XML_ParserFree(parser) }

    func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
        let status = XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
        if let failure { throw failure }
        if status != XML_STATUS_OK { throw ReadFailure.brokenXML(part, line: Int(XML_GetCurrentLineNumber(parser)), place) }
    }

    /// The name after its prefix.
    static func localName(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar> {
        var start = name
        var next = name
        while next.pointee != 0 {
            if next.pointee == 58 { start = next + 1 }
            next += 1
        }
        return start
    }

    private static func from(_ user: UnsafeMutableRawPointer?) -> XMLStream? {
        user.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
    }

    private func start(_ name: UnsafePointer<CChar>?, _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard failure == nil, let name else { return }
        depth += 1
        attempt {
            if depth > XMLStream.deepest { throw ReadFailure.brokenXML(part, line: Int(XML_GetCurrentLineNumber(parser)), place) }
            try handler.start(String(cString: XMLStream.localName(name)), XMLAttributes(list: list))
        }
    }

    private func end(_ name: UnsafePointer<CChar>?) {
        guard failure == nil, let name else { return }
        depth -= 1
        attempt { try handler.end(String(cString: XMLStream.localName(name))) }
    }

    private func characters(_ bytes: UnsafePointer<CChar>?, _ count: Int32) {
        guard failure == nil, let bytes else { return }
        bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { rebound in
            attempt { try handler.text(UnsafeBufferPointer(start: rebound, count: Int(count))) }
        }
    }

    private func doctype() { attempt { throw ReadFailure.doctype(part, place) } }

    private func attempt(_ work: () throws -> Void) {
        do { try work() } catch {
            failure = error
            XML_StopParser(parser, 0)
        }
    }
}
