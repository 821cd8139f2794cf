"""How often a process that goes on answering looks for memory to give back."""

import gc

_NEW = 50_000  # objects made since, before those are looked through
_ROUNDS = (20, 50)


def settle() -> None:
    """Collections no longer look through what is loaded, and come less often.

    Each would hold up a question, by a tenth of a second and more where much is kept. What an
    answer is made of holds no cycles, and is given back without them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW, *_ROUNDS)
