"""Runs a program that may not outlive its parent, nor take all of the memory, nor be served before the pages.

`python limits.py PARENT BYTES PROGRAM …` becomes the program itself, under the same process number. It is read by an
interpreter without our libraries, hence nothing of ours is imported. Off Linux, what the system lacks is left out.
"""

import ctypes
import os
import signal
import sys

_PDEATHSIG = 1  # prctl: the signal that comes when the parent has died
_NICENESS = 5  # added to the niceness: pages come first


def die_with_parent(parent: int) -> None:
    """Dies with its parent, even one that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the parent is gone")


def limit_memory(most_bytes: int) -> None:
    """At most so many bytes of data; beyond, the program ends without leaving an image of itself."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))


if __name__ == "__main__":
    die_with_parent(int(sys.argv[1]))
    limit_memory(int(sys.argv[2]))
    os.nice(_NICENESS)
    os.execv(sys.argv[3], sys.argv[3:])
