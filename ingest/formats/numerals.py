"""Numbers in letters and roman figures, as lists print them."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HIGHEST_ROMAN = 3999
_LONGEST = 20


def roman(number: int) -> str:
    """A number from 1 to 3999 in small roman figures, others in digits."""
    if not 1 <= number <= _HIGHEST_ROMAN:
        return str(number)
    letters = []
    for size, letter in _ROMAN:
        count, number = divmod(number, size)
        letters.append(letter * count)
    return "".join(letters)


def letters(number: int) -> str:
    """A number as Word letters it: a to z, then aa, bb, cc."""
    if number < 1:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * min(times + 1, _LONGEST)
