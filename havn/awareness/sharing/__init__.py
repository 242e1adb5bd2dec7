"""How pages travel: to other centres, to the portal, into other languages, and when they are looked at again."""
