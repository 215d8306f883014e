package import Storage

extension Schema {
    /// Views that people keep under a name, and the boundaries of maps.
    package static let questions = Schema(
        migrations: [
            Migration(
                "questions-0001",
                [
                    """
                    create table saved_view (
                        id {int} not null, known_from {int} not null, known_to {int} not null,
                        title {text} not null, owner {text} not null, question {text} not null, position {int}, form {text} not null,
                        on_desk {int} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create unique index saved_view_title on saved_view (owner, title) where known_to = 9223372036854775807",
                    """
                    create table boundary_map (
                        id {int} not null, known_from {int} not null, known_to {int} not null,
                        title {text} not null, source {text} not null, file {text} not null, original {text} not null,
                        primary key (id, known_from)
                    ) {strict}
                    """,
                    """
                    create table boundary (
                        id {int} not null, known_from {int} not null, known_to {int} not null,
                        map_id {int} not null, place {int} not null, name {text} not null, code {text} not null, region_id {int},
                        remark {text}, shape {text} not null, primary key (id, known_from)
                    ) {strict}
                    """,
                    "create index boundary_of_map on boundary (map_id, place) where known_to = 9223372036854775807",
                ])
        ],
        tables: [.savedView, .boundaryMap, .boundary])
}

extension RecordTable {
    /// Views kept under a name; `on_desk` shows them on everybody's desk.
    package static let savedView = RecordTable("saved_view", columns: ["title", "owner", "question", "position", "form", "on_desk"])
    /// Files of boundaries that are in use.
    package static let boundaryMap = RecordTable("boundary_map", columns: ["title", "source", "file", "original"])
    /// Their areas, with the region each stands for, or why it stands for none.
    package static let boundary = RecordTable(
        "boundary", columns: ["map_id", "place", "name", "code", "region_id", "remark", "shape"])
}
