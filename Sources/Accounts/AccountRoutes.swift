import Values
package import WebSupport

/// All addresses of this slice.
package enum AccountRoutes {
    package static func table(_ office: AccountOffice, base: String) -> RouteTable {
        var table = RouteTable()
        table.add(SignInRoutes.table(office))
        table.add(ProviderRoutes.table(office, base: base))
        table.add(OwnAccountRoutes.table(office))
        table.add(ManageAccountRoutes.table(office, base: base))
        table.add(OrganisationRoutes.table(office))
        table.add(MergerRoutes.table(office))
        table.add(DutyRoutes.table(office))
        table.add(SeenPageRoutes.table(office))
        return table
    }
}
