"""Reads of recommendations. `factsheets.visible_to` and `factsheets.published` alone say who sees which factsheet."""
