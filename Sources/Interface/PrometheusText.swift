package import Metrics
import Synchronization

/// Measurements of this process, written in the text format of Prometheus 0.0.4. Timers become histograms, counters and gauges stay what they are.
/// What another library measures is left out.
package final class PrometheusText: MetricsFactory {
    /// Upper bounds in seconds; a page is meant to take less than a tenth.
    static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private static let ours = "hallmark_"

    private let series = Mutex<[Key: Series]>([:])

    struct Key: Hashable {
        let label: String
        let dimensions: String
    }

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler { found(label, dimensions, .counter) }
    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        found(label, dimensions, .gauge)
    }
    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { found(label, dimensions, .gauge) }
    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { found(label, dimensions, .histogram) }
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func found(_ label: String, _ dimensions: [(String, String)], _ kind: Series.Kind) -> Series {
        let written = dimensions.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        return series.withLock { series in
            let key = Key(label: label, dimensions: written)
            if let known = series[key] { return known }
            let new = Series(kind)
            if label.hasPrefix(Self.ours) { series[key] = new }
            return new
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    /// Everything measured so far, then what is read off at this moment.
    package func text(gauges: [(name: String, value: Double)] = []) -> String {
        let all = series.withLock { Array($0) }.sorted { ($0.key.label, $0.key.dimensions) < ($1.key.label, $1.key.dimensions) }
        var lines: [String] = []
        var last = ""
        for (key, series) in all {
            if key.label != last { lines.append("# TYPE \(key.label) \(series.kind.rawValue)") }
            last = key.label
            lines += series.lines(key)
        }
        for gauge in gauges { lines += ["# TYPE \(gauge.name) gauge", "\(gauge.name) \(Series.number(gauge.value))"] }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// One series of measurements.
final class Series: CounterHandler, RecorderHandler, MeterHandler, TimerHandler {
    enum Kind: String, Sendable { case counter, gauge, histogram }

    private struct State {
        var value = 0.0
        var buckets = [Int64](repeating: 0, count: PrometheusText.bounds.count)
        var count: Int64 = 0
    }

    let kind: Kind
    private let state = Mutex(State())

    init(_ kind: Kind) { self.kind = kind }

    func increment(by amount: Int64) { state.withLock { $0.value += Double(amount) } }
    func reset() { state.withLock { $0 = State() } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { state.withLock { $0.value = value } }
    func increment(by amount: Double) { state.withLock { $0.value += amount } }
    func decrement(by amount: Double) { state.withLock { $0.value -= amount } }

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1e9
        state.withLock { state in
            state.value += seconds
            state.count += 1
            if let place = PrometheusText.bounds.firstIndex(where: { seconds <= $0 }) { state.buckets[place] += 1 }
        }
    }

    func lines(_ key: PrometheusText.Key) -> [String] {
        let state = state.withLock { $0 }
        func name(_ suffix: String, _ more: String = "") -> String {
            let labels = [key.dimensions, more].filter { !$0.isEmpty }.joined(separator: ",")
            return key.label + suffix + (labels.isEmpty ? "" : "{\(labels)}")
        }
        guard kind == .histogram else { return ["\(name("")) \(Self.number(state.value))"] }
        var sum: Int64 = 0
        let buckets = zip(PrometheusText.bounds, state.buckets).map { bound, count in
            sum += count
            return "\(name("_bucket", "le=\"\(Self.number(bound))\"")) \(sum)"
        }
        return buckets + [
            "\(name("_bucket", "le=\"+Inf\"")) \(state.count)", "\(name("_sum")) \(Self.number(state.value))",
            "\(name("_count")) \(state.count)",
        ]
    }

    static func number(_ value: Double) -> String { value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value) }
}
