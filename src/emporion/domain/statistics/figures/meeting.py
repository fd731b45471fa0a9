"""Bringing people together: lists of suggestions, requests to meet, meetings."""

from __future__ import annotations

from emporion.domain.editions.models import Edition
from emporion.domain.matching.models import VisitorSuggestions
from emporion.domain.meetings.models import Meeting, MeetingRequest
from emporion.domain.reason import Name
from emporion.domain.statistics.figures.registry import figure
from emporion.domain.statistics.figures.slices import Column, Slice


@figure("Visitors with suggestions", "获推荐的专业观众", "在当前匹配结果中得到推荐参展商名单的专业观众。")
def suggestion_lists(edition: Edition) -> list[Slice]:
    """Visitors for whom the current run of the matching made a list of exhibitors.

    Unit: lists.
    Scope: all exhibitions.
    """
    rows = VisitorSuggestions.objects.filter(run__edition=edition, run__current=True)
    columns = (
        Column("visitor__number", Name("Registration", "登记号")),
        Column("exhibitors__len", Name("Exhibitors suggested", "推荐参展商数")),
    )
    return [Slice("all", rows, columns)]


@figure("Requests to meet", "约见请求", "一方向另一方提出的约见请求。")
def meeting_requests(edition: Edition) -> list[Slice]:
    """Wishes of one side to meet the other, in any state.

    Unit: requests.
    Scope: all exhibitions; by state.
    """
    rows = MeetingRequest.objects.filter(edition=edition)
    columns = (
        Column("exhibitor__area__code", Name("Area", "展区")),
        Column("visitor__number", Name("Visitor's registration", "观众登记号")),
        Column("wish", Name("Wish", "意愿")),
        Column("state", Name("State", "状态")),
        Column("requested", Name("Requested", "提出时间")),
    )
    return [Slice("all", rows, columns), Slice("all", rows, columns, by="state", grouped="state")]


@figure("Meetings", "会面", "已排入时间表的会面。")
def meetings(edition: Edition) -> list[Slice]:
    """Accepted requests that have a time in the timetable.

    Unit: meetings.
    Scope: all exhibitions.
    """
    rows = Meeting.objects.filter(request__edition=edition)
    columns = (
        Column("slot__starts", Name("Starts", "开始")),
        Column("request__exhibitor__area__code", Name("Area", "展区")),
        Column("request__visitor__number", Name("Visitor's registration", "观众登记号")),
    )
    return [Slice("all", rows, columns)]
