"""The columns of the two lists and what goes into them, for ``--help`` and for the lists themselves."""

from __future__ import annotations

# By list and field: the column's name in both languages, and what it holds.
COLUMNS = {
    "exhibitors": {
        "name": ("Name | 参展商名称", "who exhibits; the only column that must be there"),
        "sectors": ("Sector | 行业", "words of your own, the same on both lists; several separated by semicolons"),
        "codes": (
            "HS codes | HS编码", "of what it shows, two digits or more; several separated by semicolons",
        ),
        "text": ("Products | 展品", "what it shows, in any words"),
        "size": (
            "Area in m² | 申请面积(平方米)",
            "of its stand: 60 meetings, 2 more for every 9 m², 100 at most; large stands look for large buyers, and "
            "who states none for nobody's size",
        ),
        "buyers_wanted": (
            "Buyers wanted | 意向采购商", "whom it wants to meet, in any words; compared with what visitors look for",
        ),
        "least_purchases": (
            "Least purchases | 采购规模下限",
            "smallest yearly imports of buyers wanted, 1 to 5 as on the other list; empty: by its stand",
        ),
    },
    "visitors": {
        "name": ("Name | 姓名", "who visits; the only column that must be there"),
        "sectors": ("Sectors | 感兴趣的行业", "what it is interested in, in the words of the other list"),
        "codes": ("HS codes | HS编码", "of what it buys, two digits or more"),
        "text": ("Purchase needs | 采购需求", "what it looks for, in any words"),
        "size": (
            "Purchasing size | 年采购规模",
            "yearly imports: 0 not stated, 1 under USD 1 million, 2 under 10, 3 under 100, 4 under 1,000, 5 more",
        ),
    },
}  # fmt: skip


def explained() -> str:
    """What is read and written, for ``--help``."""
    lines = ["Columns of the lists, in any order, by their English or Chinese names:"]
    for name, columns in COLUMNS.items():
        lines += ["", f"  {name}", *(f"    {title}: {note}" for title, note in columns.values())]
    lines += ["", "The workbook has a sheet for each side, best first, with these columns:"]
    lines += [
        "    Score: points of the match, less the price of an exhibitor whom many want",
        "    First places: yes where a request has a fair chance, since no exhibitor is put first on more lists",
        "      than it can hold meetings for; the others are worth a look",
        "    Why, 理由: the strongest three reasons, in English and Chinese",
        "Rows of one name on both lists, and those with nothing in common, are not suggested to each other.",
    ]
    return "\n".join(lines)
