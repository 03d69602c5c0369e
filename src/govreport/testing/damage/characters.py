"""Damage to characters: width, white space, traditional forms, radicals, pinyin, line ends, encodings."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

from attrs import evolve

from govreport.testing.damage.operator import named
from govreport.testing.document import Document

__all__ = ["OPERATORS"]

_BRACKETS = str.maketrans("（）：，；“”", '():,;""')
_WIDE_BRACKETS = str.maketrans("():", "（）：")
_MIXED_BRACKETS = str.maketrans("（)", "(）")
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_SIMPLIFIED = (
    "万与专业东丝丢两严丧个丰临为丽举么义乌乐乔习乡书买乱争于亏云亚产亩亲亿仅从仓仪们价众优会伟传伤伦伪体余佣侠侣侦侧侨债倾储儿"
    "党兰关兴养兽冈册写军农冯冲决况冻净准凉减凑几凤凭凯击划刘则刚创别制剂剑剧劝办务动励劳势勋区医华协单卖卢卫却厂厅历厉压厌县参双"
    "发变叠号叹吁后吓吕听启吴员响团园围国图圆圣场坏块坚坛坝坟执扩扫扬扰抚护报担拟拥择挂挥损换据"
    "无时显晓术机杀杂权条来极构标树样桥检楼业归当录总态惩愿应庄庆库开异张强弹"
    "审宁实宠宪宫宽宾对寻导寿将尔尘尽层属岁岛岭帅师带帮广庙废征径忆志怀忧恳恶悬惊惯战户拨持挡据数断旧晋暂"
    "规视览观觉触订计认讨让训议讯记讲许论设访证评识诉词译试诗诚话询该详语误说请诸读课谁调谅谈谋谓谢财责贤败账货质购贯贵费贺资赋赏赔赖"
    "赛赞输达过迈运还这进远违连迟适选逊递遗邮邻郑酱释里重量金针钟钢钱铁银销锁锅镇长门闭问间闻闽阅阐队阳阴阵阶际陆陈险随隐难"
    "页项顺须顾顿预领频题额风飞饭馆马驻驾验骗鱼鸟鸡麦黄齐龙类级约纪纤纳纸线练组细织终绍经结给络统绩绪续维综绿编缴网罗罚"
    "职联胜脑腾节苏获营药虑虽补装见复处备头夺奖妇学宝"
)
_TRADITIONAL = (
    "萬與專業東絲丟兩嚴喪個豐臨為麗舉麼義烏樂喬習鄉書買亂爭於虧雲亞產畝親億僅從倉儀們價眾優會偉傳傷倫偽體餘傭俠侶偵側僑債傾儲兒"
    "黨蘭關興養獸岡冊寫軍農馮沖決況凍淨準涼減湊幾鳳憑凱擊劃劉則剛創別製劑劍劇勸辦務動勵勞勢勛區醫華協單賣盧衛卻廠廳歷厲壓厭縣參雙"
    "發變疊號嘆籲後嚇呂聽啟吳員響團園圍國圖圓聖場壞塊堅壇壩墳執擴掃揚擾撫護報擔擬擁擇掛揮損換據"
    "無時顯曉術機殺雜權條來極構標樹樣橋檢樓業歸當錄總態懲願應莊慶庫開異張強彈"
    "審寧實寵憲宮寬賓對尋導壽將爾塵盡層屬歲島嶺帥師帶幫廣廟廢徵徑憶誌懷憂懇惡懸驚慣戰戶撥持擋據數斷舊晉暫"
    "規視覽觀覺觸訂計認討讓訓議訊記講許論設訪證評識訴詞譯試詩誠話詢該詳語誤說請諸讀課誰調諒談謀謂謝財責賢敗賬貨質購貫貴費賀資賦賞賠賴"
    "賽贊輸達過邁運還這進遠違連遲適選遜遞遺郵鄰鄭醬釋裡重量金針鐘鋼錢鐵銀銷鎖鍋鎮長門閉問間聞閩閱闡隊陽陰陣階際陸陳險隨隱難"
    "頁項順須顧頓預領頻題額風飛飯館馬駐駕驗騙魚鳥雞麥黃齊龍類級約紀纖納紙線練組細織終紹經結給絡統績緒續維綜綠編繳網羅罰"
    "職聯勝腦騰節蘇獲營藥慮雖補裝見復處備頭奪獎婦學寶"
)
_TO_TRADITIONAL = str.maketrans(_SIMPLIFIED, _TRADITIONAL)
_VOCABULARY = (
    ("政府信息", "政府資訊"),
    ("信息", "資訊"),
    ("规范性文件", "規範性檔案"),
    ("网络", "網路"),
    ("数据", "資料"),
    ("行政处罚", "行政處分"),
)
_RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
_SYLLABLES = ("zhèng", "fǔ", "xìn", "xī", "gōng", "kāi", "shēn", "qǐng", "zǒng", "jì", "qí", "tā", "jié", "guǒ")
_DIGIT = re.compile("<[^<>]*>|[0-9]")  # tags are markup, not text
_CJK = re.compile("[\u4e00-\u9fff]")


def _mapped(document: Document, table: dict[int, str] | dict[int, int]) -> Document:
    return _changed(document, lambda text: text.translate(table))


def _changed(document: Document, change: Callable[[str], str]) -> Document:
    """Another text everywhere, the title included; the issuer is the same body in any script."""
    damaged = document.with_texts(change(part.text) for part in document.parts)
    return evolve(damaged, title=None if document.title is None else change(document.title))


def half_width_brackets(_: random.Random, document: Document) -> Document:
    """Brackets, colons, commas and quotes of half width."""
    return _mapped(document, _BRACKETS)


def full_width_brackets(_: random.Random, document: Document) -> Document:
    """Brackets and colons of full width."""
    return _mapped(document, _WIDE_BRACKETS)


def mixed_brackets(_: random.Random, document: Document) -> Document:
    """An opening bracket of one width, a closing one of the other."""
    return _mapped(document, _MIXED_BRACKETS)


def full_width_digits(_: random.Random, document: Document) -> Document:
    """Every digit of the tables of full width."""
    texts = (_DIGIT.sub(_widened, part.text) if part.kind == "table" else part.text for part in document.parts)
    return evolve(document.with_texts(texts), shown={key: text.translate(_DIGITS) for key, text in document.shown.items()})


def _widened(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("<") else match[0].translate(_DIGITS)


def traditional(_: random.Random, document: Document) -> Document:
    """Traditional characters, one for one."""
    return _mapped(document, _TO_TRADITIONAL)


def traditional_vocabulary(_: random.Random, document: Document) -> Document:
    """Traditional characters with the vocabulary converted too."""
    return _changed(document, lambda text: _reworded(text).translate(_TO_TRADITIONAL))


def _reworded(text: str) -> str:
    for old, new in _VOCABULARY:
        text = text.replace(old, new)
    return text


def pinyin(_: random.Random, document: Document) -> Document:
    """A syllable after every character, as pages for learners and some converters print them."""
    return _changed(document, lambda text: _CJK.sub(lambda m: m[0] + _SYLLABLES[ord(m[0]) % len(_SYLLABLES)], text))


def radicals(_: random.Random, document: Document) -> Document:
    """Kangxi radicals in the place of the characters that they look like, as in PDFs made by browsers."""
    return _mapped(document, str.maketrans(_RADICALS))


def crlf(_: random.Random, document: Document) -> Document:
    """Line ends of Windows."""
    return evolve(document, newline="\r\n")


def carriage_returns(_: random.Random, document: Document) -> Document:
    """Line ends of the old Macintosh."""
    return evolve(document, newline="\r")


def bom(_: random.Random, document: Document) -> Document:
    """UTF-8 with a byte order mark."""
    return evolve(document, encoding="utf-8-sig")


def gb18030(_: random.Random, document: Document) -> Document:
    """The national encoding."""
    return evolve(document, encoding="gb18030")


def utf_16(_: random.Random, document: Document) -> Document:
    """UTF-16 with a byte order mark."""
    return evolve(document, encoding="utf-16")


OPERATORS = named(
    half_width_brackets,
    full_width_brackets,
    mixed_brackets,
    full_width_digits,
    traditional,
    traditional_vocabulary,
    pinyin,
    radicals,
    crlf,
    carriage_returns,
    bom,
    gb18030,
    utf_16,
)
