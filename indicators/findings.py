"""What checks yield: the rule that spoke, a sentence, and the figures that it is about."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ingest.model import Observation

LISTED = "are listed"  # the end of a flag: how many stand in the list that a figure counts
EARLIER = "printed as an earlier period"
CHANGE = "by how much something changed"  # a flag of figures that are no level


class Rule(StrEnum):
    """What is to be known of the figures of a finding."""

    PERCENTAGE = "a printed percentage does not follow from its own figures"
    SHARES = "the shares of one whole do not add up to 100%"
    OVER_HUNDRED = "two shares of one whole add up to more than 100%"
    BASELINE = "a baseline and the change from it do not come to the figure"
    TOTAL = "the parts of a column do not add up to its total"
    TWO_VALUES = "one measure has two values for one date"
    CORRECTED = "a paper corrects a figure that was printed before"
    TARGET_MOVED = "a measure's target isn't the same in two papers"
    NARRATIVE = "the words do not fit the figures that they are about"
    DEFINITION = "a measure is of another group in a later paper"
    LISTED = "a list is not as long as the text says"
    JUMP = "one figure of a series stands far off those before and after it"


@dataclass(frozen=True, slots=True)
class Finding:
    """The rule, a sentence in plain English, and the figures.

    `terms` are the part and whole that a percentage was worked out of, or the right and the
    corrected figure.
    """

    rule: Rule
    sentence: str
    observations: tuple[Observation, ...]
    terms: tuple[Decimal, ...] = ()
