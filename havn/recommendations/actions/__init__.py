"""Writes of recommendations and their follow-up, one verb each."""

from havn.recommendations.actions.evidence import Document, add_evidence, remove_evidence
from havn.recommendations.actions.follow_up import delete_follow_up, move_follow_up, save_follow_up
from havn.recommendations.actions.importing import import_factsheet
from havn.recommendations.actions.naming import name_for_chapter, name_validator
from havn.recommendations.actions.publishing import publish_factsheet, withdraw_factsheet
from havn.recommendations.actions.remarks import add_remark, delete_remark
from havn.recommendations.actions.removing import reason_to_stay, remove_factsheet
from havn.recommendations.actions.rounds import load_round, save_recommendation, save_round, shipped

__all__ = [
    "Document",
    "add_evidence",
    "add_remark",
    "delete_follow_up",
    "delete_remark",
    "import_factsheet",
    "load_round",
    "move_follow_up",
    "name_for_chapter",
    "name_validator",
    "publish_factsheet",
    "reason_to_stay",
    "remove_evidence",
    "remove_factsheet",
    "save_follow_up",
    "save_recommendation",
    "save_round",
    "shipped",
    "withdraw_factsheet",
]
