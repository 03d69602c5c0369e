"""How much text reads like written Chinese: in a wrong charset its characters are rare ones."""

from __future__ import annotations

import re

__all__ = ["plausibility"]

# The most frequent characters of written Chinese, simplified and traditional: a wrong charset yields rare ones instead.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先"
    "回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清美再采转更单风切打白教速花"
    "這為個國時來們對會發動過說產種後學經進電裡現實體機當點從業應開還間樣與關線內數問變條沒結無係軍題黨總設長資邊級圖統較將組見計別據"
    "信息公开报告政府申请市县镇局信息公開報告請縣鎮"
)
_CHINESE_OR_ODD = re.compile("[\u3400-\u9fff\ue000-\uf8ff\ufffd]+")
_ENOUGH = 2_000  # characters that decide


def plausibility(sample: bytes, codec: str) -> float:
    """The share of common characters among the Chinese ones, less what does not decode (a broken character costs double)."""
    text = "".join(_CHINESE_OR_ODD.findall(sample.decode(codec, "replace")))[:_ENOUGH]
    odd = sum(char >= "\ue000" for char in text)
    return (sum(map(_COMMON.__contains__, text)) - 2 * odd) / max(1, len(text))
