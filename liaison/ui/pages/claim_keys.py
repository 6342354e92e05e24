"""What single letters do to a claim, on its page and on its row in the list."""

PAYMENT, QUESTION, REJECTION = "payment", "question", "rejection"
LETTERS = {"p": PAYMENT, "q": QUESTION, "r": REJECTION}
"""The letter, and the short form it opens."""
