"""The dossier's first page: what the register says, the latest year, what was checked, and the form for merging."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from .models import Account, Enterprise, EnterpriseName, Holding, Product, Result


def dossier(request, number):
    request.session.setdefault("seen", 1)
    firm = get_object_or_404(Enterprise.current, id=number)
    accounts = list(Account.current.filter(enterprise_id=number).order_by("-year"))
    results = list(Result.current.filter(enterprise_id=number).order_by("-id"))
    holdings = list(Holding.current.filter(enterprise_id=number).order_by("id"))
    sales = [account.sales_fen for account in accounts[:2]]
    growth = (sales[0] - sales[1]) / sales[1] if len(sales) == 2 and all(sales) else None
    return render(request, "dossier.html", {
        "firm": firm,
        "names": list(EnterpriseName.current.filter(enterprise_id=number).order_by("kind", "id")),
        "accounts": accounts,
        "latest": accounts[0] if accounts else None,
        "sales": sales[0] // 1_000_000 if sales and sales[0] is not None else None,
        "growth": growth,
        "products": list(Product.current.filter(enterprise_id=number).order_by("id")),
        "holdings": holdings,
        "absorbed": list(Enterprise.current.filter(merged_into=number).order_by("id")),
        "results": results[:50],
        "batches": len(results),
        "failing": sum(result.verdict == "fail" for result in results),
    })


@require_POST
def merge(request, number):
    """Only there so that the page's form leads somewhere; nothing is written."""
    return HttpResponseRedirect(f"/enterprises/{number}")
