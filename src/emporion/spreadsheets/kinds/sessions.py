"""The list of the programme's sessions."""

from __future__ import annotations

import re
import unicodedata

from emporion.domain.programme.actions.bulk import SessionRow, import_sessions
from emporion.domain.reason import Name
from emporion.language.reading.days import moment
from emporion.language.reading.errors import InputError
from emporion.spreadsheets.cells import problems
from emporion.spreadsheets.cells import reference as named
from emporion.spreadsheets.cells.basics import identifier, several, text
from emporion.spreadsheets.columns import Column, Kind, always
from emporion.spreadsheets.kinds import shared

KINDS = {
    "forum": ("forum", "论坛", "sub-forum", "分论坛"),
    "supporting": ("supporting", "配套活动", "supporting event", "event", "活动"),
    "launch": ("launch", "新品发布", "product launch", "发布会", "首发"),
    "signing": ("signing", "签约仪式", "signing ceremony", "签约"),
}
STATES = {
    "planned": ("planned", "按计划", "held", "confirmed", "举行"),
    "cancelled": ("cancelled", "取消", "canceled", "called off", "已取消"),
}
SPEAKER = re.compile(r"([^()]+?)\s*(?:\(([^()]*)\))?")


def _speaker(cell: str) -> tuple[str, str]:
    found = SPEAKER.fullmatch(unicodedata.normalize("NFKC", cell))
    if found is None or len(found[1]) > 150 or len(found[2] or "") > 150:
        raise InputError(problems.CellReads(cell), problems.WriteSpeakers())
    return found[1], (found[2] or "").strip()


COLUMNS = (
    Column("number", Name("Session number", "场次编号"), always(identifier(20)), required=True,
           synonyms=("number", "no", "编号", "场次"), examples=("F001",)),
    shared.chosen("kind", "Kind", "类别", KINDS, required=True, synonyms=("type", "类型"), examples=("forum",)),
    Column("title_en", Name("English title", "英文标题"), always(text(200)),
           synonyms=("title", "title (english)", "title en"), examples=("Open markets and shared growth",)),
    Column("title_zh", Name("Chinese title", "中文标题"), always(text(200)),
           synonyms=("title (chinese)", "title zh", "标题"), examples=("开放市场与共同增长",)),
    Column("starts", Name("Starts", "开始时间"), lambda reference: moment(reference.zone), required=True,
           synonyms=("start", "from", "begins", "开始"), examples=("2023-11-05 14:00",)),
    Column("ends", Name("Ends", "结束时间"), lambda reference: moment(reference.zone), required=True,
           synonyms=("end", "to", "until", "结束"), examples=("2023-11-05 15:30",)),
    Column("place_en", Name("Place", "英文地点"), always(text(100)),
           synonyms=("place (english)", "room", "venue", "place en"),
           examples=("Conference room 1",)),
    Column("place_zh", Name("Place in Chinese", "中文地点"), always(text(100)),
           synonyms=("place (chinese)", "地点", "会议室", "place zh"), examples=("第1会议室",)),
    Column("hall", Name("Hall", "展馆"), named.hall, synonyms=("hall code", "馆号")),
    Column("product", Name("Product launched", "发布展品"), always(identifier(30)),
           synonyms=("product", "product number", "debut", "展品编号", "产品编号"),
           note=Name("Number of the product, of a launch", "新品发布填展品编号")),
    shared.organisation_name("host", "Host", "主办单位", synonyms=("organiser", "organizer", "hosted by", "主办方")),
    Column("speakers", Name("Speakers", "演讲嘉宾"), always(several(_speaker)), blank=(),
           synonyms=("speaker", "嘉宾", "演讲人"),
           note=Name("As Name (position), separated by semicolons", "姓名(职务),用分号隔开")),
    shared.chosen("state", "State", "状态", STATES, synonyms=("status",),
           note=Name("cancelled takes a session off; empty leaves it as it is", "填“取消”即撤下该场次；留空则不变")),
)  # fmt: skip

KIND = Kind(
    "sessions", "活动", Name("Forums, supporting events, launches and signings, one row each.",
    "论坛、配套活动、新品发布和签约,每场一行。"), COLUMNS, SessionRow, import_sessions,
)  # fmt: skip
