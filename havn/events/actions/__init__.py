"""Writes of events, one verb each."""

from havn.events.actions.editing import cancel_event, publish_event, record_export, save_event, withdraw_event
from havn.events.actions.forgetting import forget_people
from havn.events.actions.registering import closed_sentence, give_feedback, leave_event, register, tick_attendance
from havn.events.actions.telling import remind, tell_change

__all__ = [
    "cancel_event",
    "closed_sentence",
    "forget_people",
    "give_feedback",
    "leave_event",
    "publish_event",
    "record_export",
    "register",
    "remind",
    "save_event",
    "tell_change",
    "tick_attendance",
    "withdraw_event",
]
