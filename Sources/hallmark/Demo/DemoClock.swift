import Values

/// The clock of a demonstration store: its time stands in the days of its document, and runs on from noon while the program runs.
enum DemoClock {
    /// The setting that marks a store as a demonstration and names its day.
    static let setting = "demo.day"

    /// Noon of the day, plus what has passed on the given clock since now.
    static func starting(on day: Day, from clock: Clock) -> Clock {
        let start = clock.now()
        let noon = Clock.noon(day).now()
        return Clock { Moment(milliseconds: noon.milliseconds + max(0, clock.now().milliseconds - start.milliseconds)) }
    }
}
