import Values

/// A form as browsers send it without files.
enum EncodedForm {
    /// The fields of an application/x-www-form-urlencoded body (WHATWG URL, section 5.1).
    static func items(_ bytes: [UInt8], limit: Int) throws -> [QueryItem] {
        let pairs = bytes.split(separator: UInt8(ascii: "&"), maxSplits: limit)
        guard pairs.count <= limit else {
            throw Failure.tooManyParts(limit: limit)
        }
        return try pairs.map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.text(parts[0], plusIsSpace: true),
                let value = PercentCoding.text(parts.count > 1 ? parts[1] : [], plusIsSpace: true)
            else { throw Failure.notText }
            return QueryItem(name: name, value: value)
        }
    }
}
