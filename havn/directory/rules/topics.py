"""What a line is about, where its entry says it. Most say nothing: they listen to anything."""

BULLYING = "bullying"
GROOMING = "grooming"
IMAGES = "images"
EXTORTION = "extortion"
SCAMS = "scams"
HATE = "hate"
HARMFUL = "harmful"
MISSING = "missing"
ABUSE_MATERIAL = "abuse-material"

TOPICS = (BULLYING, GROOMING, IMAGES, EXTORTION, SCAMS, HATE, HARMFUL, MISSING, ABUSE_MATERIAL)

HOTLINE_TOPICS = (ABUSE_MATERIAL,)
"""What every hotline is for, whatever its entry adds."""
