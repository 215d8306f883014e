package import Values

/// A paper for the record (简报、通知、报告), written out as `.docx` in the dress of official documents (GB/T 9704-2012).
package struct Document: Sendable {
    /// One piece of the text, from top to bottom.
    package enum Block: Sendable {
        /// 二号, centred; once, at the top.
        case title(String)
        /// 一级 “一、” in 黑体, 二级 “（一）” in 楷体, 三级 in bold 仿宋; the numbering is part of the text.
        case heading(String, level: Int)
        /// 三号仿宋, indented by two characters.
        case paragraph([Run])
        case bullet([Run])
        case table(Table)
        /// A small line under a table: sources, counts, what is unknown.
        case note(String)
        /// Right-aligned: who issues the paper, and the day.
        case signature(String)
        case pageBreak
    }

    /// A stretch of text in one face.
    package struct Run: Sendable, Equatable {
        package let text: String
        package let isBold: Bool

        package init(_ text: String, isBold: Bool = false) {
            self.text = text
            self.isBold = isBold
        }
    }

    /// A table whose heading is repeated on each page.
    package struct Table: Sendable {
        package let columns: [Column]
        package let rows: [[Cell]]

        package init(columns: [Column], rows: [[Cell]]) {
            self.columns = columns
            self.rows = rows
        }
    }

    package struct Column: Sendable {
        package let heading: String
        /// Figures stand right-aligned.
        package let isNumeric: Bool
        /// Share of the width in comparison with the other columns.
        package let weight: Double

        package init(_ heading: String, isNumeric: Bool = false, weight: Double = 1) {
            self.heading = heading
            self.isNumeric = isNumeric
            self.weight = weight
        }
    }

    /// The file's title among its properties.
    package let title: String
    /// Who wrote it: an office, not a person.
    package let author: String
    /// When it was made; nil leaves it out, so that equal content gives equal bytes.
    package let made: Moment?
    package var blocks: [Block]

    package init(title: String, author: String = "", made: Moment? = nil, blocks: [Block] = []) {
        self.title = title
        self.author = author
        self.made = made
        self.blocks = blocks
    }

    package mutating func append(_ block: Block) { blocks.append(block) }
    package mutating func paragraph(_ text: String) { blocks.append(.paragraph([Run(text)])) }
    package mutating func bullet(_ text: String) { blocks.append(.bullet([Run(text)])) }
    package mutating func heading(_ text: String, level: Int = 1) { blocks.append(.heading(text, level: level)) }
}
