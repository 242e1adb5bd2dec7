"""The door of releases for the apps above.

from havn.releases import api as releases
releases.register_table(releases.TableSource(key, measure, title, about, build, offered))   # a table people may publish
prepared = releases.prepare(dataset, table, first=first, last=last)   # decides and audits; raises Unsafe
release = releases.publish(prepared, actor)                           # for ever; raises Refused, NotAllowed
releases.share(part, whole)                                           # whole per cent or None
"""

from havn.releases.actions import publish, save_dataset
from havn.releases.preparing import Prepared, Unsafe, prepare
from havn.releases.queries import datasets_of, datasets_published, releases_of
from havn.releases.registry import TableSource, register_table
from havn.releases.rules.percent import LEAST_BASE, share
from havn.releases.rules.tables import ALL, Category, Codes, Dimension, Table

__all__ = [
    "ALL",
    "LEAST_BASE",
    "Category",
    "Codes",
    "Dimension",
    "Prepared",
    "Table",
    "TableSource",
    "Unsafe",
    "datasets_of",
    "datasets_published",
    "prepare",
    "publish",
    "register_table",
    "releases_of",
    "save_dataset",
    "share",
]
