import CExpat

/// Takes the tags and texts of an XML text as they come.
package protocol XMLHandler: AnyObject {
    /// `name` is without its namespace prefix.
    func start(_ name: String, _ attributes: XMLAttributes) throws
    func end(_ name: String) throws
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws
}

/// The attributes of one tag; valid only while the tag is being handled.
package struct XMLAttributes {
    fileprivate let tag: UnsafePointer<CChar>
    fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    fileprivate let parser: OpaquePointer

    /// The 1-based line of the tag.
    package var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

    /// The address of the tag's own namespace, where the stream resolves them.
    package var namespace: String? {
        let length = XMLStream.localName(tag) - tag
        return length > 1 ? String(decoding: UnsafeRawBufferPointer(start: tag, count: length - 1), as: UTF8.self) : nil
    }

    /// Every attribute by its name without prefix; of two such names the first holds.
    package var all: [String: String] {
        var result: [String: String] = [:]
        guard var next = list else { return result }
        while let key = next[0], let value = next[1] {
            let name = String(cString: XMLStream.localName(key))
            if result[name] == nil { result[name] = String(cString: value) }
            next += 2
        }
        return result
    }

    /// The value of an attribute by its name without prefix.
    package subscript(_ name: StaticString) -> String? { pointer(name).map { String(cString: $0) } }

    /// The value's characters, NUL-terminated, for the places where a String each would be felt.
    package func pointer(_ name: StaticString) -> UnsafePointer<CChar>? {
        guard var next = list else { return nil }
        while let key = next[0] {
            let matches = name.withUTF8Buffer { XMLAttributes.equal(XMLStream.localName(key), $0) }
            if matches { return next[1] }
            next += 2
        }
        return nil
    }

    package func integer(_ name: StaticString) -> Int? {
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

/// What keeps an XML text from being read.
package enum XMLFault: Sendable {
    case broken(line: Int)
    case tooDeep(line: Int)
    case doctype
}

/// Expat fed piece by piece. A DOCTYPE is refused, so that no entity, external or growing, is ever followed.
package final class XMLStream {
    private let parser: OpaquePointer
    private let handler: any XMLHandler
    private let describe: (XMLFault) -> any Error
    private let deepest: Int
    private var failure: (any Error)?
    private var depth = 0

    /// `encoding` overrides what the text says about itself, for text that was converted before; `describe` says a fault in the caller's words.
    package init(
        handler: any XMLHandler, encoding: String? = nil, resolvesNamespaces: Bool = false, deepest: Int = 256,
        describe: @escaping (XMLFault) -> any Error
    ) throws {
        // With a colon between address and name, both kinds of name end the same way.
        let made = resolvesNamespaces ? XML_ParserCreateNS(encoding, 58) : XML_ParserCreate(encoding)
        guard let parser = made else { throw describe(.broken(line: 0)) }
        self.parser = parser
        self.handler = handler
        self.describe = describe
        self.deepest = deepest
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser, { XMLStream.from($0)?.start($1, $2) }, { XMLStream.from($0)?.end($1) })
        XML_SetCharacterDataHandler(parser) { XMLStream.from($0)?.characters($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in XMLStream.from(user)?.doctype() }
    }

    deinit { XML_ParserFree(parser) }

    package func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
        let status = XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
        if let failure { throw failure }
        if status != XML_STATUS_OK { throw describe(.broken(line: line)) }
    }

    private var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

    /// The name after its prefix or address.
    package static func localName(_ name: UnsafePointer<CChar>) -> UnsafePointer<CChar> {
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
            if depth > deepest { throw describe(.tooDeep(line: line)) }
            try handler.start(String(cString: XMLStream.localName(name)), XMLAttributes(tag: name, list: list, parser: parser))
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

    private func doctype() { attempt { throw describe(.doctype) } }

    private func attempt(_ work: () throws -> Void) {
        do { try work() } catch {
            failure = error
            XML_StopParser(parser, 0)
        }
    }
}
