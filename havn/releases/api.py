"""The door of releases for the apps above.

from havn.releases import api as releases
releases.register_table(releases.TableSource(key, measure, title, about, build, offered))   # a table people may publish
prepared = releases.prepare(dataset, table, first=first, last=last)   # decides and audits; raises Unsafe
release = releases.publish(prepared, actor)                           # for ever; raises Refused, NotAllowed
releases.share(part, whole)                                           # whole per cent or None
releases.register_elsewhere(place)                 # a Place: tables told outside of releases, audited with them
releases.audit(measure, centre, table, first=first, last=last, is_first=True)      # what may be told there; Unsafe
releases.read_together(measure, centre, first, last, of_network=True)              # the keys it was audited with
releases.published_so_far(measures)                # asked before that and again within the lock: equal, or it is old
"""

from havn.releases.actions import publish, save_dataset
from havn.releases.preparing import Audited, Prepared, Unsafe, audit, prepare
from havn.releases.queries import datasets_of, datasets_published, published_so_far, read_together, releases_of
from havn.releases.registry import Elsewhere, Place, Seen, TableSource, Who, register_elsewhere, register_table
from havn.releases.rules.percent import LEAST_BASE, share
from havn.releases.rules.tables import ALL, NETWORK, Category, Codes, Dimension, Parts, Published, Table
from havn.releases.rules.written import given_json, given_of

__all__ = [
    "ALL",
    "LEAST_BASE",
    "NETWORK",
    "Audited",
    "Category",
    "Codes",
    "Dimension",
    "Elsewhere",
    "Parts",
    "Place",
    "Prepared",
    "Published",
    "Seen",
    "Table",
    "TableSource",
    "Unsafe",
    "Who",
    "audit",
    "datasets_of",
    "datasets_published",
    "given_json",
    "given_of",
    "prepare",
    "publish",
    "published_so_far",
    "read_together",
    "register_elsewhere",
    "register_table",
    "releases_of",
    "save_dataset",
    "share",
]
