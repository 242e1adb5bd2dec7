"""Havn: the open platform a Safer Internet Centre runs on."""

__version__ = "0.1.0"
