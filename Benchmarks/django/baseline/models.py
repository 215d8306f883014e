"""Hallmark's tables as models; the tables and their indexes are made by Hallmark itself."""

from django.core.exceptions import ValidationError
from django.db import models

from measure.names import code_is_sound

OPEN = 9223372036854775807


def check_code(code):
    if not code_is_sound(code):
        raise ValidationError(f"check character of {code}")


class CurrentManager(models.Manager):
    """Versions that are current now."""

    def get_queryset(self):
        return super().get_queryset().filter(known_to=OPEN)


class Versioned(models.Model):
    id = models.BigIntegerField(primary_key=True)
    known_from = models.BigIntegerField()
    known_to = models.BigIntegerField(default=OPEN)

    objects = models.Manager()
    current = CurrentManager()

    class Meta:
        abstract = True


class Enterprise(Versioned):
    code = models.CharField(max_length=18, null=True, blank=True, validators=[check_code])
    registration_number = models.CharField(max_length=15, null=True, blank=True)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    region_id = models.BigIntegerField(null=True, blank=True)
    address = models.CharField(max_length=300, null=True, blank=True)
    industry_version = models.CharField(max_length=4, null=True, blank=True)
    industry_code = models.CharField(max_length=4, null=True, blank=True)
    industry = models.CharField(max_length=100, null=True, blank=True)
    registered_day = models.CharField(max_length=10, null=True, blank=True)
    kind = models.CharField(max_length=60, null=True, blank=True)
    capital_fen = models.BigIntegerField(null=True, blank=True)
    capital_text = models.CharField(max_length=60, null=True, blank=True)
    scope = models.TextField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=[(word, word) for word in ["active", "closed", "candidate", "merged"]])
    merged_into = models.BigIntegerField(null=True, blank=True)
    note = models.TextField(null=True, blank=True)
    code_state = models.CharField(max_length=12)

    class Meta:
        managed = False
        db_table = "enterprise"


class EnterpriseName(Versioned):
    enterprise_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)

    class Meta:
        managed = False
        db_table = "enterprise_name"


class Account(Versioned):
    enterprise_id = models.BigIntegerField()
    year = models.IntegerField()
    sales_fen = models.BigIntegerField(null=True)
    brand_sales_fen = models.BigIntegerField(null=True)
    exports_fen = models.BigIntegerField(null=True)
    rd_fen = models.BigIntegerField(null=True)
    tax_fen = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "account"


class Product(Versioned):
    enterprise_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    brand = models.CharField(max_length=100, null=True)

    class Meta:
        managed = False
        db_table = "product"


class Holding(Versioned):
    enterprise_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=60, null=True)
    from_day = models.CharField(max_length=10, null=True)
    to_day = models.CharField(max_length=10, null=True)

    class Meta:
        managed = False
        db_table = "holding"


class Result(Versioned):
    enterprise_id = models.BigIntegerField(null=True)
    producer = models.CharField(max_length=200, null=True)
    product = models.CharField(max_length=200, null=True)
    brand = models.CharField(max_length=100, null=True)
    model = models.CharField(max_length=100, null=True)
    batch = models.CharField(max_length=100, null=True)
    verdict = models.CharField(max_length=12)
    failed_items = models.CharField(max_length=300, null=True)
    laboratory = models.CharField(max_length=100, null=True)
    year = models.IntegerField(null=True)

    class Meta:
        managed = False
        db_table = "result"
