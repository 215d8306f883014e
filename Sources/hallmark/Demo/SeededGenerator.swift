/// A random generator that gives the same sequence for the same seed on every machine (SplitMix64, S. Vigna, public domain).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True with the given chance.
    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[Int.random(in: 0..<list.count, using: &self)] }

    /// A number spread like firms' sales: many small, few large.
    mutating func skewed(median: Double, spread: Double) -> Double {
        let (u, v) = (Double.random(in: 0.000_001..<1, using: &self), Double.random(in: 0..<1, using: &self))
        let normal = (-2 * naturalLogarithm(u)).squareRoot() * cosine(2 * .pi * v)
        return median * exponential(spread * normal)
    }
}
