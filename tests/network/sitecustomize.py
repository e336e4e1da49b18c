"""Python runs this first where this folder is on its path: whatever asks the network is written down, and refused unless it listens
on this machine alone. An audit hook sees what C code does too, cannot be taken out again, and the processes started inherit it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ASKS = frozenset({"bind", "connect", "sendto", "sendmsg", "getaddrinfo", "getnameinfo", "gethostbyname", "gethostbyaddr"})


def _look(event: str, values: tuple[object, ...]) -> None:
    area, _, what = event.partition(".")
    if area != "socket" or what not in _ASKS:
        return
    place = values[0] if what.startswith("get") else values[1]
    if not (what.startswith("get") or isinstance(place, tuple)):
        return  # between processes of this machine: a path, or nothing
    host = place[0] if isinstance(place, tuple) else place
    with Path(os.environ["NETWORK_LOG"]).open("a", encoding="utf-8") as log:
        log.write(f"{what} {host}\n")
    if (what, host) != ("bind", "127.0.0.1"):
        raise OSError(f"the network was asked: {what} {host}")


sys.addaudithook(_look)
