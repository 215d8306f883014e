import Foundation

/// What somebody signed in with, as people say it.
enum BrowserName {
    /// `Chrome 120 · Windows` of what browsers say of themselves; what is unknown stays as it is.
    static func short(_ text: String) -> String {
        guard !text.isEmpty else { return "—" }
        let names = [
            ("Edg/", "Edge"), ("MicroMessenger/", "微信"), ("QQBrowser/", "QQ"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
            ("Version/", "Safari"),
        ]
        let systems = [
            ("Windows", "Windows"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
            ("Mac OS X", "macOS"), ("Linux", "Linux"),
        ]
        guard let (mark, name) = names.first(where: { text.contains($0.0) }), let place = text.range(of: mark) else { return text }
        let version = text[place.upperBound...].prefix(while: \.isNumber)
        let system = systems.first { text.contains($0.0) }?.1
        return ([[name, String(version)].filter { !$0.isEmpty }.joined(separator: " ")] + (system.map { [$0] } ?? [])).joined(
            separator: " · ")
    }
}
