"""When a wave is open, which forms may be asked anonymously, and what of the answers may be shown. Values only."""
