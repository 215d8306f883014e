import Storage

extension Schema {
    /// Indexes by which dossiers are read at full size: what was merged into one, and the firms that an act touched.
    static let enterpriseReading = Migration(
        "enterprises-reading-0001",
        [
            "create index enterprise_merged_into on enterprise (merged_into) where merged_into is not null",
            "create index enterprise_opened on enterprise (known_from, id)",
            "create index enterprise_closed on enterprise (known_to, id) where known_to < 9223372036854775807",
            "create index account_opened on account (known_from, enterprise_id)",
            "create index account_closed on account (known_to, enterprise_id) where known_to < 9223372036854775807",
        ])

    /// Pages lead to the firms whose code is missing or doubtful.
    static let enterpriseCodes = Migration(
        "enterprises-reading-0002",
        ["create index enterprise_code_state on enterprise (code_state, id) where known_to = 9223372036854775807"])
}
