"""The phone's tables."""

from havn.phone.models.calls import Call, DayKey
from havn.phone.models.connection import Connection, Extension, Secret, SeenMessage

__all__ = ["Call", "Connection", "DayKey", "Extension", "Secret", "SeenMessage"]
