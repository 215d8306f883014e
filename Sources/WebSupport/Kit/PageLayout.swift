import Values

/// A whole page: head, navigation, top bar, title, content.
struct PageLayout {
    let page: Page
    /// nil on an error page when the store cannot be asked.
    let frame: Frame?
    let context: WebContext

    func bytes() -> [UInt8] {
        var html = HTML(language: context.language, phrases: context.environment.configuration.phrases, opens: context.opens)
        html.add(Markup("<!DOCTYPE html>"))
        html.add(.html, .other("lang", context.language == .chinese ? "zh-CN" : "en")) { html in
            html.add(.head) { html in PageHead(title: page.title, part: nil, context: context).write(into: &html) }
            html.add(.body) { html in
                html.add(.a, .class("skip"), .href(context.address.at("content")), text: WebWords.skip)
                side(&html)
                html.add(.div, .class("desk")) { html in
                    if let frame { TopBar(frame: frame, context: context).write(into: &html) }
                    html.add(.main, .id("content"), .other("tabindex", "-1")) { html in
                        if let frame { printed(frame, &html) }
                        PageBody(page: page).write(into: &html)
                    }
                }
            }
        }
        return html.bytes
    }

    /// Paper has no bar above: whose page it is and of which day its data are.
    private func printed(_ frame: Frame, _ html: inout HTML) {
        html.add(.p, .class("printed"), .decorative) { html in
            html.add(frame.actor)
            html.add(" · ")
            html.add(WebWords.asOf)
            html.add(" \(frame.on)")
            if let known = frame.known { html.add("（\(html.shown(WebWords.knownAt)) \(known)）") }
        }
    }

    /// At phone width the list is shown only while the menu above it is open; no script is needed for that.
    private func side(_ html: inout HTML) {
        html.add(.header, .class("side")) { html in
            html.add(.a, .class("brand"), .href(Address())) { html in
                html.add(
                    .img, .src(context.environment.publicFiles.address("logo.svg")), .other("alt", ""), .number("width", 34),
                    .number("height", 34))
                html.add(.span) { html in
                    html.add(.strong, text: WebWords.product.chinese)
                    html.add(.small, text: WebWords.product.english ?? "")
                }
            }
            guard let frame else { return }
            html.add(.details, .class("menu")) { html in html.add(.summary, text: WebWords.menu) }
            html.add(.nav, .spoken(WebWords.navigation)) { html in
                let current = currentAddress(frame)
                for group in frame.navigation { write(group, current: current, into: &html) }
            }
        }
    }

    private func write(_ group: NavigationGroup, current: Address?, into html: inout HTML) {
        if let heading = group.heading { html.add(.p, .class("group"), text: heading) }
        html.add(.ul) { html in
            for item in group.items {
                html.add(.li) { html in
                    html.add(.a, .href(item.address), .current(item.address == current)) { html in
                        html.add(.span, text: item.title)
                        switch item.count {
                        case .total(let count): html.add(.small, text: count)
                        case .note(let note): html.add(.small, text: note)
                        case .waiting(let count): if count > 0 { html.add(.strong, .class("waiting"), text: count) }
                        case nil: break
                        }
                    }
                }
            }
        }
    }

    /// The entry under which this page stands: the one whose path begins the page's path for the longest stretch.
    private func currentAddress(_ frame: Frame) -> Address? {
        let path = context.address.pathText
        let candidates = frame.navigation.flatMap(\.items).map(\.address).filter { address in
            address.pathText == path || (address.pathText != "/" && path.hasPrefix(address.pathText + "/"))
        }
        return candidates.max { $0.pathText.utf8.count < $1.pathText.utf8.count }
    }
}
