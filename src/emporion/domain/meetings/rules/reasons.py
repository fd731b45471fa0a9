"""Why a meeting has no slot, and why a published one lost its time, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # Only what is given here is read: whoever asks a rule need not wait for the kernel to load.
    from emporion.kernels.scheduling import Reason

# The kernel's reasons in Chinese; in English it words them itself.
WHOLE_REASONS_ZH = {
    "absent_a": "{a}在所有时段都没有空，无法与{b}会面：请{a}多留出时间，或另设时段。",
    "absent_b": "{b}在所有时段都没有空，无法与{a}会面：请{b}多留出时间，或另设时段。",
    "no_common_slot": "在这场会面可用的时段里，{a}与{b}没有共同的空闲时间：请其中一方多留出一些时间。",
    "displaced": "{a}与{b}共同空闲的时段都已安排了意愿更强的会面（共{blockers}场）：请将本场标为必须会面，或增加时间。",
    "full_a": "{b}有空的{slots}个时段里，{a}均已约满：增加一位接待人员或多留出时间即可安排。",
    "full_b": "{a}有空的{slots}个时段里，{b}均已约满：增加一位接待人员或多留出时间即可安排。",
    "daily_limit_a": "在能与{b}会面的每一天，{a}都已达到每日会面上限：请提高上限，或取消一场会面。",
    "daily_limit_b": "在能与{a}会面的每一天，{b}都已达到每日会面上限：请提高上限，或取消一场会面。",
    "no_table": "{a}与{b}共同空闲的{slots}个时段里，洽谈桌均已占满：请增加洽谈桌或时段。",
    "too_far": "{a}与{b}共同空闲的每个时段，前后相邻的会面都离得太远，来不及走到：请调整那场相邻的会面。",
    "order": "{a}与{b}共同空闲的时段都不符合所要求的先后次序：请放宽次序。",
    "fairness": "{a}与{b}还有共同空闲的时段，但安排进去会使其中一方的空档多于公平的限度。",
    "free": "{a}与{b}还有共同空闲的时段：搜索结束前未能再次尝试，请让搜索多运行一会儿。",
}
PART_REASONS_ZH = {
    "busy_a": "{count}个时段{a}另有会面",
    "busy_b": "{count}个时段{b}另有会面",
    "daily_limit_a": "{count}个时段{a}已达每日上限",
    "daily_limit_b": "{count}个时段{b}已达每日上限",
    "no_table": "{count}个时段没有空桌",
    "too_far": "{count}个时段来不及走到",
    "order": "{count}个时段会打乱所要求的次序",
}
MIXED_REASON_ZH = "{a}与{b}共同空闲的{slots}个时段中，{parts}：任一方多留出时间都会有帮助。"


# Why a published meeting cannot be held at its time any more, or gives it up, in English and in Chinese.
WHY_NOT_THEN = {
    "away": ("{who} is not there at that time.", "{who}届时不在场。"),
    "away_day": ("{who} is not there on that day.", "{who}当日不在场。"),
    "away_before": ("{who} is there only from {time} on that day.", "{who}当日{time}起才在场。"),
    "away_after": ("{who} is there only until {time} on that day.", "{who}当日只在场至{time}。"),
    "closed": ("Hall {hall} is closed then, from {first} to {last}.", "{hall}馆届时关闭（{first}至{last}）。"),
    "agreed": ("The two have agreed on another time, {agreed}.", "双方已另约时间：{agreed}。"),
    "full": ("{who} has {meetings} meetings then and only {most} at once.",
             "{who}届时有{meetings}场会面，同时只能进行{most}场。"),
    "limit": ("{who} has {meetings} meetings on that day, more than the limit of {most}.",
              "{who}当日有{meetings}场会面，超过每日上限{most}场。"),
    "far": ("Just before or after, {who} has a meeting in hall {other}, too far to walk to from hall {hall}.",
            "{who}在紧邻的时段另有会面在{other}馆，与{hall}馆相距太远，来不及走到。"),
    "beside": ("It does not fit beside the other meetings of the two any more.", "与双方的其他会面已无法兼顾。"),
    "must": ("It makes room for another meeting of {who} that must be held.",
             "{who}另有一场必须举行的会面，本场为其让出时间。"),
    "moving": ("It makes room for another meeting of {who} that could not keep its own time.",
               "{who}另有一场会面无法保持原定时间，本场为其让出时间。"),
    "room": ("It makes room for another meeting.", "为另一场会面让出时间。"),
    "unknown": ("What kept it from its time was not noted then.", "当时未记录原因。"),
}  # fmt: skip
# The facts of a cause that are moments, kept as 2026-11-27 09:30.
MOMENTS = ("first", "last", "agreed")


def why_no_slot(reason: Reason, visitor: str, exhibitor: str, language: str = "en") -> str:
    """Why an accepted request has no slot, as a sentence somebody can act on; in Chinese for ``zh…``."""
    if not language.startswith("zh"):
        return reason.sentence(dict(zip(reason.participants, (visitor, exhibitor), strict=True)).__getitem__)
    facts: dict[str, Any] = {"a": visitor, "b": exhibitor, "slots": reason.slots, "blockers": len(reason.blockers)}
    if reason.code in WHOLE_REASONS_ZH:
        return WHOLE_REASONS_ZH[reason.code].format(**facts)
    parts = [PART_REASONS_ZH[what].format(count=count, **facts) for what, count in reason.obstacles]
    return MIXED_REASON_ZH.format(parts="、".join(parts), **facts)


def why_no_whole_slot(shared: Sequence[str], a: str, b: str, language: str = "en") -> str:
    """Why two who are there at once have no slot in common: the times they share, as text, are shorter than one."""
    if language.startswith("zh"):
        return (
            f"{a}与{b}同时在场的时间里没有完整的时段：{'、'.join(shared)}。"
            "请其中一方多留出时间，或调整会面时间的起止或时段长度。"
        )
    return (
        f"No whole slot lies within the times at which {a} and {b} are both there: {'; '.join(shared)}. "
        "Ask one of them for more time, or change the hours or the length of a slot."
    )


def why_not_then(
    cause: Mapping[str, Any], names: Mapping[str, str], language: str = "en", moment: Callable[[str], str] = str
) -> str:
    """What took a published meeting's time, as a sentence somebody can act on; in Chinese for ``zh…``.

    ``cause``: its code with its facts, as a change keeps them; ``names`` of the two by side, visitor and exhibitor;
    ``moment`` writes a moment, kept as 2026-11-27 09:30, in the form in which the sentence's surroundings do.
    """
    facts = {key: moment(fact) if key in MOMENTS else fact for key, fact in cause.items()}
    who = names.get(cause.get("side", ""), "")
    return WHY_NOT_THEN[cause["code"]][language.startswith("zh")].format(**{**facts, "who": who})


def absence(slot: int, day: Sequence[int], away: Collection[int]) -> tuple[str, int | None]:
    """How somebody's absence in a slot looks on its day, whose slots are ``day``, with the slot that bounds it.

    ``away_day`` all day, ``away_before`` somebody who comes late, with the first slot there; ``away_after`` who leaves
    early, with the last slot there; else ``away``.
    """
    there = [number for number in day if number not in away]
    if not there:
        return "away_day", None
    if slot < there[0]:
        return "away_before", there[0]
    return ("away_after", there[-1]) if slot > there[-1] else ("away", None)


def stored_reason(reason: Reason) -> dict[str, Any]:
    """A reason as a request keeps it, without names: these are filled in when it is read."""
    return {
        "code": reason.code,
        "slots": reason.slots,
        "obstacles": list(reason.obstacles),
        "blockers": len(reason.blockers),
    }
