"""What is decided about recommendations by values alone: documents, verbs, phases, states."""
