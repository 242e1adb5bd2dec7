"""Gone when promised: what goes when, holds that stop the clock, and the purge that destroys."""
