"""How days are written where Django's own way is not Europe's (FORMAT_MODULE_PATH)."""
