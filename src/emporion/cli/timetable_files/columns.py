"""What the columns of the two lists and the wishes may be called."""

from __future__ import annotations

REQUESTS = {
    "buyer": ("buyer", "visitor", "from", "participant a", "a", "采购商", "观众", "专业观众", "买家",
              "采购商名称", "买家名称"),
    "exhibitor": ("exhibitor", "seller", "supplier", "stand", "to", "participant b", "b", "展商", "参展商", "卖家",
                  "供应商", "展商名称", "参展商名称"),
    "wish": ("wish", "priority", "意愿", "优先级"),
}  # fmt: skip
AVAILABILITY = {
    "name": ("name", "who", "person", "participant", "buyer", "exhibitor", "姓名", "名称", "参会者"),
    "day": ("day", "date", "日期"),
    "from": ("from", "start", "starts", "开始", "开始时间"),
    "to": ("to", "until", "end", "ends", "结束", "结束时间"),
    "hosts": ("hosts", "parallel", "接待人数"),
    "hall": ("hall", "展馆", "馆号"),
}
WISHES = {
    "must": ("must", "must meet", "必须", "必须会面", "必见", "务必", "一定"),
    "like": ("like", "would like", "would like to meet", "meet", "yes", "希望", "希望会面", "想", "想见", "想会面",
             "愿意", "是"),
    "no": ("no", "not", "不", "否", "不想", "不见", "不愿", "不愿会面", "拒绝"),
}  # fmt: skip
WISH_WORDS = "; ".join(f"{wish} (or {', '.join(words[1:])})" for wish, words in WISHES.items())
