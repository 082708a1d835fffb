#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""
rejected.py: what programs hear when their packets are rejected.

rejected.py NETNS KIND/ADDRESS/PORT...

KIND is tcp or udp. Prints for each "KIND/ADDRESS/PORT ERROR SPEED": the error's name, "connected" for
none, "silence" for none within 3 seconds; SPEED is "fast" for less than one second.
"""
import ctypes
import errno
import os
import socket
import sys
import time


def hear(kind, address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM)
    sock.settimeout(3)
    try:
        sock.connect((address, int(port)))
        if kind == "udp":
            sock.send(b"hello")
            sock.recv(100)
    except (socket.timeout, TimeoutError):
        return "silence"
    except OSError as error:
        return errno.errorcode[error.errno]
    return "connected"


def main():
    fd = os.open("/run/netns/" + sys.argv[1], os.O_RDONLY)
    if ctypes.CDLL(None).setns(fd, 0x40000000):
        sys.exit("no such namespace")
    for what in sys.argv[2:]:
        begin = time.monotonic()
        error = hear(*what.split("/"))
        print(what, error, "fast" if time.monotonic() - begin < 1 else "slow")


if __name__ == "__main__":
    main()
