"""A family app's half of Littlefoot: it keeps what is logged, sends it when it can, and mirrors the rest."""

from littlefoot_client.disk import Disk, Operation, Thing
from littlefoot_client.network import Answer, Network, Refused, Unreachable, Wait, over_http
from littlefoot_client.phone import Phone, new_id

__all__ = [
    "Answer",
    "Disk",
    "Network",
    "Operation",
    "Phone",
    "Refused",
    "Thing",
    "Unreachable",
    "Wait",
    "new_id",
    "over_http",
]
