"""python -m baseline.import_register CSV TOWNS.json: the register through Django's models, checked field by field, in batches."""

import csv
import datetime
import itertools
import json
import sys

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from baseline.models import Enterprise, EnterpriseName  # noqa: E402
from measure.names import folded, grams  # noqa: E402

BATCH = 5_000


def read(row, number, towns, codes):
    """One row as a checked object; a code that occurs twice, an unknown town and a wrong date are errors."""
    code = row["统一社会信用代码"].strip().upper() or None
    if code in codes:
        raise ValidationError(f"{code} occurs twice")
    codes.add(code)
    if row["镇街"] not in towns:
        raise ValidationError(f"no town {row['镇街']}")
    datetime.date.fromisoformat(row["成立日期"])
    firm = Enterprise(
        id=number, known_from=1, code=code, name=row["企业名称"], folded=folded(row["企业名称"]), region_id=towns[row["镇街"]],
        address=row["注册地址"], registered_day=row["成立日期"], kind=row["企业类型"], industry_code=row["行业代码"],
        industry_version=row["行业分类版本"], status="active", code_state="sound")
    firm.clean_fields()
    return firm


def main(source, towns_file):
    with open(towns_file, encoding="utf-8") as file:
        towns = json.load(file)
    codes = set(Enterprise.current.exclude(code=None).values_list("code", flat=True))
    with open(source, encoding="utf-8", newline="") as file, transaction.atomic():
        numbers = itertools.count(1)
        rows = csv.DictReader(file)
        while batch := list(itertools.islice(rows, BATCH)):
            firms = [read(row, next(numbers), towns, codes) for row in batch]
            Enterprise.objects.bulk_create(firms, batch_size=BATCH)
            names = [EnterpriseName(id=firm.id, known_from=1, enterprise_id=firm.id, name=firm.name, folded=firm.folded, kind="current") for firm in firms]
            EnterpriseName.objects.bulk_create(names, batch_size=BATCH)
            with connection.cursor() as cursor:
                cursor.executemany("insert into enterprise_search (rowid, text) values (%s, %s)", [(name.id, grams(name.name)) for name in names])
    print(Enterprise.current.count())


main(*sys.argv[1:])
