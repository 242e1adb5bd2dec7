"""A factsheet as a document: what it consists of, how a published file is read, what its asks are."""
