"""The screens of the mailbox and the address that e-mail is handed over to."""
