"""Which way is better for a measure: as its paper prints, the catalogue knows or words tell."""

import re
from typing import Literal

from indicators.catalogue import measure_of, words
from ingest.model import Observation

Better = Literal["higher", "lower", "neither"]

_LOWER = (
    "absen missing late\\b overdue turnover vacan re-?offen re-?refer repeat complain exclu suspen "
    "homeless unemploy not[ ]in smok obes overweight wait delay breach error arrear sick re-?let "
    "crim death mortal injur poverty breakdown disrupt agency miles unsuit inadequate dropp void "
    "fail missed unmet teenage harm days?[ ](?:lost|from|to|taken|between) time[ ](?:taken|to)"
)
_HIGHER = (
    "satisf on[ -]time in[ ]time within timel up[ ]to[ ]date complet achiev attain attend good "
    "outstanding suitable in[ ](?:education|work|employ) pass met\\b meet collect recycl safe feel "
    "visit review plan check participat immunis vaccin settled permanen stab recommend "
    "still[ ]at[ ]home expected"
)


def _any(stems: str) -> re.Pattern[str]:
    found = re.findall(r"(?:\[[^\]]*\]|\S)+", stems)
    return re.compile(rf"\b(?:{'|'.join(found)})", re.IGNORECASE)


_ILL, _WELL = _any(_LOWER), _any(_HIGHER)


def better(o: Observation) -> Better:
    """Which way is better; of a percentage or of days that nothing is told of, what words say.

    "Repairs completed on time" is better higher, "staff turnover" lower; where they say neither,
    nothing is presumed.
    """
    if "lower is better" in o.flags:
        return "lower"
    if "higher is better" in o.flags:
        return "higher"
    measure = measure_of(words(o.measure)) or measure_of(words(o.measure + " " + o.context))
    if measure or o.unit not in ("percent", "days"):
        return measure.better if measure else "neither"
    return "lower" if _ILL.search(o.measure) else "higher" if _WELL.search(o.measure) else "neither"
