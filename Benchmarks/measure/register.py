"""Writes an invented register as CSV: the same rows for the same seed."""

import csv
import datetime
import random

from .names import code_check, organisation_check

TOWNS = ["永中街道", "蒲州街道", "海滨街道", "永兴街道", "状元街道", "瑶溪街道", "海城街道", "沙城街道", "天河街道", "星海街道"]
FIRST = "恒华新金东永海天宏盛泰正光联万福德兴中大百瑞利佳丰隆祥荣安康鑫广远明达富顺嘉益和"
SECOND = "达盛利丰隆泰兴昌荣发源茂信诚远通顺康宁安福瑞祥和美雅丽佳宝龙凤鹏飞腾翔云星月阳"
TRADES = ["鞋业", "鞋材", "皮革", "服饰", "机械", "阀门", "电器", "眼镜", "五金", "包装", "塑料", "印务"]
FORMS = ["有限公司", "股份有限公司", "厂", "实业有限公司", "科技有限公司", "制造有限公司", "加工厂"]
HEADINGS = ["企业名称", "统一社会信用代码", "成立日期", "镇街", "注册地址", "企业类型", "行业代码", "行业分类版本"]
BEGIN = datetime.date(1990, 1, 1)


def name(number, town):
    mark = FIRST[number % len(FIRST)] + SECOND[number // len(FIRST) % len(SECOND)]
    # The number makes the name unique; marks and trades vary as in a register.
    return f"温州市龙湾{town[:2]}{mark}演示{number:x}{TRADES[number % 12]}{FORMS[number // 12 % 7]}"


def code(number):
    organisation = f"DB{number:06d}"
    body = "91330303" + organisation + organisation_check(organisation)
    return body + code_check(body)


def write(path, count, seed):
    chance = random.Random(seed)
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADINGS)
        for number in range(count):
            town = chance.choice(TOWNS)
            day = BEGIN + datetime.timedelta(days=chance.randrange(5800))
            table.writerow([
                name(number, town), code(number), day.isoformat(), town, f"温州市龙湾区{town}演示路{chance.randrange(1, 900)}号",
                chance.choice(["有限责任公司", "个人独资企业", "股份有限公司"]), "1921", "2002",
            ])
