package import Values

/// The rights of this slice: assessors declare their own interests, the programme office reads all.
package enum PanelRights {
    package static let own = Right("panels.own", Word("看自己的评审组、申报回避", "See one’s own panel, declare interests"), .assessor)
    package static let read = Right("panels.read", Word("看评审组和回避申报", "See panels and declared interests"), .programmeOffice)

    package static let all = [own, read]
}
