"""The flags of sentences' figures that say more than how much, of what and when."""

REFERS = "refers to the sentence before"
CAME_FROM = "what another figure came from"
PART = "some of those told behind it"
PRESENT = "as it was when written"
HEADED = "dated by its heading"
SUPPRESSED = "suppressed"
