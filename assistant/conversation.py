"""A conversation: what was asked and answered, and what of it the next question is read with."""

from dataclasses import dataclass

from assistant.answer import Answer, Turn

_REMEMBERED = 10


@dataclass(frozen=True, slots=True)
class Conversation:
    """The answers so far, oldest first; each holds its question."""

    answers: tuple[Answer, ...] = ()

    def and_then(self, answer: Answer) -> "Conversation":
        """The conversation with one more answer."""
        return Conversation((*self.answers, answer))

    @property
    def history(self) -> tuple[Turn, ...]:
        """The last turns, oldest first, for the next question."""
        turns: list[Turn] = []
        for answer in self.answers[-_REMEMBERED:]:
            turns += [Turn("user", answer.question), Turn("assistant", answer.text)]
        return tuple(turns)
