"""Pages for paper, memory sticks and machines: printables, packs, linked data, harvesting."""
