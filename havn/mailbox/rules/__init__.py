"""Rules of the mailbox: values in, values out."""
