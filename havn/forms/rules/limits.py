"""How large a form and an answer may be. A definition or an answer beyond these is refused with a sentence."""

MOST_QUESTIONS = 500
MOST_SECTIONS = 60
MOST_CHOICES = 250
MOST_CELLS = 4_000
"""Rows times columns of one matrix."""
MOST_ROWS = 100
"""Of a repeated section."""
MOST_CELLS_REPEATED = 20_000
"""Fields of a repeated section in all its rows together, each cell of a matrix one of them."""
LISTED_ROWS = 100
"""How many rows or columns count where they come from a vocabulary, which a definition does not hold."""
MOST_COMPUTED = 200
MOST_CHECKS = 300
MOST_BANDS = 20
MOST_LANGUAGES = 30
LONGEST_LABEL = 500
LONGEST_ABOUT = 4_000
LONGEST_ANSWER = 20_000
LONGEST_OTHER = 200
LARGEST_NUMBER = 10**12
"""More than there are people, views or copies: a bigger number is a slip of the hand."""
WIDEST_SCALE = 11
"""Steps of a scale, such as 0 to 10."""
LARGEST_FILE = 5 * 1024 * 1024
LONGEST_EXPRESSION = 1_000
MOST_NODES = 200
DEEPEST = 20
MOST_STEPS = 200_000
"""What all expressions of one check of answers may read together. Beyond it, what is left is unknown."""
