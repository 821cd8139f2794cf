"""Which way is better for a measure: as its paper prints, the catalogue knows or words tell.

Words tell only where they leave no doubt: what is ill ("absence"), what is well ("satisfied"), and
whether something was done in time. Where both speak, or neither, there is no view.
"""

import re
from typing import Literal

from indicators.catalogue import Measure, measure_of, words
from ingest.model import Observation

Better = Literal["higher", "lower", "neither"]

_ILL = (
    "absen missing overdue turnover vacan re-?offen re-?refer re-?admi repeat complain exclu "
    "suspen homeless unemploy smok obes overweight wait delay breach error arrear sick re-?let "
    "crim death mortal injur poverty breakdown disrupt unsuit inadequate void "
    "unmet teenage harm not[ ]in[ ](?:education|employment)"
)
_SLOW = "days?[ ](?:lost|from|to|taken|between|overdue|sick|waiting) time[ ](?:taken|to)"
_WELL = (
    "satisf complet achiev attain suitable in[ ](?:education|work|employ) "
    "pass(?:ed|es|[ ]rate)?\\b met\\b recycl safe participat immunis vaccin settled permanen stab "
    "recommend[ ]us "
    "still[ ]at[ ]home expected[ ]standard school[ ]attendance "
    "attendance(?=\\W*(?:rate|%|\\(|$)) good[ ]or[ ](?:better|outstanding)"
)
_IN_TIME = (
    "on[ -]time in[ ]time timel up[ ]to[ ]date "
    "(?:complet|carried[ ]out|held|seen|done|decid|determin|issu|process|assess|review|visit|"
    "answer|resolv|respon)\\w*[^,;]{0,40}[ ]within"
)
_NOT_DONE = (
    "not without no[ ]longer fail cancel postpon late overdue missed unmet outside dropp never"
)


def _any(stems: str) -> re.Pattern[str]:
    found = re.findall(r"(?:\[[^\]]*\]|\S)+", stems)
    return re.compile(rf"\b(?:{'|'.join(found)})", re.IGNORECASE)


_IS_ILL, _IS_SLOW, _IS_WELL, _IS_IN_TIME = map(_any, (_ILL, _SLOW, _WELL, _IN_TIME))
_TURNS = re.compile(r"\b(?:not|without|no longer|overdue|late)\b", re.IGNORECASE)
_NEGATIVE = frozenset(("neet", "unsuitable"))
_IS_NOT_DONE = re.compile(rf"{_any(_NOT_DONE).pattern}(?:\b|ed\b|ped\b|led\b)", re.IGNORECASE)


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
    by_words = o.unit in ("percent", "days")
    if measure and not (by_words and measure.unit != o.unit):
        return "neither" if _is_turned(o.measure, measure) else measure.better
    if not by_words:
        return "neither"
    return _of_days(o.measure) if o.unit == "days" else _of_share(o.measure)


def _is_turned(label: str, measure: Measure) -> bool:
    """Whether a label says "not" where the measure that it is taken for does not."""
    known = " ".join((measure.name, *measure.names))
    return bool(_TURNS.search(label)) and not _TURNS.search(known) and not measure.all & _NEGATIVE


def _of_days(label: str) -> Better:
    return "lower" if _IS_SLOW.search(label) or _IS_ILL.search(label) else "neither"


def _of_share(label: str) -> Better:
    """A share of what is done is better higher, of what is ill lower; of both, there is no view."""
    done = _IS_IN_TIME.search(label) or _IS_WELL.search(label)
    if done and _IS_NOT_DONE.search(label):
        return "lower"
    if _IS_IN_TIME.search(label):
        return "higher"
    ill = _IS_ILL.search(label) or re.search(r"\b(?:late|overdue|missed)\b", label, re.IGNORECASE)
    if ill and done:
        return "neither"
    return "lower" if ill else "higher" if done else "neither"
