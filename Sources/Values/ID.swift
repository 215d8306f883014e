/// The number of a record of one kind, given once by the writer of the store and never reused.
///
/// `Of` is the noun the number belongs to, so that an enterprise's number cannot be passed where a region's is wanted.
package struct ID<Of>: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }

    package static func < (left: ID, right: ID) -> Bool { left.number < right.number }
    package var description: String { String(number) }
}
