"""Names and codes as Hallmark checks and indexes them, for the baselines: folding, pairs of characters, check characters."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES = {character: value for value, character in enumerate(ALPHABET)}
CODE_WEIGHTS = [pow(3, place, 31) for place in range(17)]
ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
WIDTHS = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
BRACKETS = str.maketrans({**{mark: "(" for mark in "[{〔【〈《﹙"}, **{mark: ")" for mark in "]}〕】〉》﹚"}})


def folded(name):
    """The key under which two spellings of a name are equal."""
    return "".join(name.translate(WIDTHS).split()).translate(BRACKETS).lower()


def grams(name):
    """The words under which a name is indexed: each pair of characters once, as numbers."""
    key = [character for character in folded(name) if character not in "()"]
    pairs = dict.fromkeys(zip(key, key[1:]))
    return " ".join(f"g{ord(first):x}z{ord(second):x}" for first, second in pairs)


def organisation_check(eight):
    total = sum((int(c) if c.isdigit() else ord(c) - 55) * weight for c, weight in zip(eight, ORGANISATION_WEIGHTS))
    rest = 11 - total % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)


def code_check(seventeen):
    total = sum(VALUES[c] * weight for c, weight in zip(seventeen, CODE_WEIGHTS))
    return ALPHABET[(31 - total % 31) % 31]


def code_is_sound(code):
    return (
        len(code) == 18 and all(c in VALUES for c in code) and code_check(code[:17]) == code[17]
        and organisation_check(code[8:16]) == code[16]
    )
