/// One request that came with a token, as it is kept for audit (外部查询).
package struct OutsideQuery: Sendable, Hashable {
    package let time: Moment
    package let token: Int64
    package let purpose: String
    /// The route, with `{name}` for its parts; empty where there is none.
    package let route: String
    /// What was asked for, query included.
    package let address: String
    package let status: Int
    package let request: String

    package init(time: Moment, token: Int64, purpose: String, route: String, address: String, status: Int, request: String) {
        self.time = time
        self.token = token
        self.purpose = purpose
        self.route = route
        self.address = address
        self.status = status
        self.request = request
    }
}
