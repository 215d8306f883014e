import Values

/// A page for the public: no account, no form that changes anything, no cookie; the language stands in the address.
struct OpenLayout {
    let page: Page
    /// nil on an error page when the store cannot be asked.
    let frame: Frame?
    let context: WebContext

    func bytes() -> [UInt8] {
        var html = HTML(language: context.language, phrases: context.environment.configuration.phrases)
        html.add(Markup("<!DOCTYPE html>"))
        html.add(.html, .other("lang", context.language == .chinese ? "zh-CN" : "en")) { html in
            html.add(.head) { html in PageHead(title: page.title, part: WebWords.openPages, context: context).write(into: &html) }
            html.add(.body, .class("open")) { html in
                html.add(.a, .class("skip"), .href(context.address.at("content")), text: WebWords.skip)
                html.add(.header, .class("open-top")) { html in top(&html) }
                html.add(.main, .id("content"), .other("tabindex", "-1")) { html in PageBody(page: page).write(into: &html) }
                html.add(.footer, .class("open-foot")) { html in foot(&html) }
            }
        }
        return html.bytes
    }

    private func top(_ html: inout HTML) {
        html.add(.a, .class("brand"), .href(here(Address("published")))) { html in
            html.add(
                .img, .src(context.environment.publicFiles.address("logo.svg")), .other("alt", ""), .number("width", 34),
                .number("height", 34))
            html.add(.span) { html in
                html.add(.strong, text: frame?.actor ?? WebWords.product)
                html.add(.small, text: WebWords.openPages)
            }
        }
        guard let frame else { return }
        html.add(.nav, .spoken(WebWords.navigation)) { html in
            html.add(.ul) { html in
                for item in frame.navigation.flatMap(\.items) {
                    html.add(.li) { html in
                        html.add(.a, .href(here(item.address)), .current(isCurrent(item.address)), text: item.title)
                    }
                }
            }
        }
        html.add(.p, .class("open-ways")) { html in
            let other: Language = context.language == .chinese ? .english : .chinese
            html.add(
                .a, .href(context.address.replacing("language", other == .chinese ? nil : other.rawValue)),
                .other("lang", other == .chinese ? "zh-CN" : "en"), .other("hreflang", other == .chinese ? "zh-CN" : "en"),
                text: WebWords.otherLanguage)
            if let entrance = frame.entrance { html.add(Link(WebWords.staff, entrance)) }
        }
    }

    private func foot(_ html: inout HTML) {
        html.add(.p, text: WebWords.openNote)
        guard let frame else { return }
        html.add(.p) { html in
            html.add(frame.actor)
            html.add(" · ")
            html.add(WebWords.asOf)
            html.add(" \(frame.on)")
        }
    }

    private func here(_ address: Address) -> Address { context.openAddress(address) }

    private func isCurrent(_ address: Address) -> Bool {
        let path = context.address.pathText
        return path == address.pathText || (address.pathText != OpenPages.prefix && path.hasPrefix(address.pathText + "/"))
    }
}

extension WebContext {
    /// An address of the pages for the public, in the language of this one.
    package func openAddress(_ address: Address) -> Address { language == .chinese ? address : address.with("language", language.rawValue) }
}
