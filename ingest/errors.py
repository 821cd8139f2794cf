"""Errors that a person can act on: the message names the file or value and says what to do."""


class BoardPapersError(Exception):
    """Base of every error that is shown to the person as one line, without a traceback."""


class UnreadableFile(BoardPapersError):
    """A file that can't be taken in; the message says why and what to do."""


class UnknownPaper(BoardPapersError):
    """A paper id that the store doesn't hold."""


class StoreError(BoardPapersError):
    """A store that can't be used as it is."""
