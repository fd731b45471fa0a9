"""What stands in a contract where the organiser has written no terms of its own."""

from __future__ import annotations

from emporion.domain.reason import Name

ENGLISH = """
1. The organiser lets the exhibitor the stand space named in this contract for the days of the show, with
those of building and dismantling.

2. The stand's place in the hall is given when the halls are allocated. The organiser may move it, to an equal
one, where safety, the authorities or the plan of the hall require it, and says why.

3. The exhibitor pays the amounts of this contract on the days that its invoices name. Invoices may be paid by
bank transfer with the reference printed on them; charges of the transfer are the payer's.

4. The exhibitor shows its own goods and those of the co-exhibitors named to the organiser. It lets no part of
the stand to others without the organiser's consent.

5. Special-built stands follow the organiser's rules of construction and need its approval before building
begins.

6. The exhibitor keeps the laws of the place of the show, in particular on customs, exhibits, labour, fire and
health, and insures its own goods and people.

7. Either side may cancel this contract in writing, with its reason. What has been paid for services not yet
rendered is returned, less what the organiser has demonstrably spent for the exhibitor.

8. Neither side answers for what it could not prevent. If the show cannot be held, the organiser returns what
has been paid, less what it has demonstrably spent for the exhibitor.

9. The law of the place of the show applies. Its courts decide.
"""
CHINESE = """
一、主办方将本合同所列展位在展期及布展、撤展期间交由参展商使用。

二、展位的具体位置在展位分配时确定。因安全、主管部门要求或展厅布局需要，主办方可将展位调整至同等位置，并说明理
由。

三、参展商按发票所列日期支付本合同款项。款项可凭发票所印参考号通过银行转账支付，转账手续费由付款方承担。

四、参展商展示本单位及已向主办方申报的联合参展商的展品。未经主办方同意，不得将展位的任何部分转让他人。

五、特装展位须遵守主办方的搭建规定，并在开工前获得主办方批准。

六、参展商应遵守展会举办地有关海关、展品、用工、消防和卫生等方面的法律，并为自己的展品和人员投保。

七、任何一方均可书面说明理由解除本合同。已付而尚未提供服务的款项予以退还，但应扣除主办方为该参展商已实际支出的
费用。

八、任何一方对其无法防止的事件不承担责任。展会无法举办的，主办方退还已付款项，但应扣除其为该参展商已实际支出的
费用。

九、本合同适用展会举办地法律，由举办地法院管辖。
"""


def _paragraphs(text: str, between: str) -> str:
    """The clauses, each on a line of its own with an empty one behind."""
    return "\n\n".join(between.join(clause.splitlines()) for clause in text.strip().split("\n\n"))


USUAL_TERMS = Name(_paragraphs(ENGLISH, " "), _paragraphs(CHINESE, ""))
