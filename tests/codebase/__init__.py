"""Tests of the code itself: what every part must keep to, whoever writes it."""
