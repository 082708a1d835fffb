#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""
aclprobe.py: ask a switch's rules about frames made from words.

aclprobe.py [-w MS] NETNS LABEL=[NETNS/]DEVICE... < LINES
aclprobe.py -f LABEL=[NETNS/]DEVICE FRAME...

The second form sends these frames again and again until SIGTERM, and then says how many: "sent=N".

NETNS is where switch sw0 is, whose commands one cvswitch-ctl does: a frame and a rule cost milliseconds
then, where a process would cost a quarter of a second on an emulated machine. What isn't as it should be
is printed, "FAIL: ..."; "end" has "done N" printed, after N lines. Lines are:

  ctl WORDS		do it
  refused REGEX : WORDS	it is refused, with these words
  send FROM FRAME > WHO	send a frame; these receive it, "-" is nobody. WHO may be LABEL*N
  rule RULE | HITS | MISSES
			RULE, which says neither direction nor verdict, alone matches the frames HITS
			and none of MISSES (with ";" between): asked with "accept" by profile "in" for what
			comes in by p1 and by profile "out" for what leaves by p2, see lib/acl.sh
  corpus FROM FRAMES > WHO | [PORT REASON, ...]
			the same for each of FRAMES, and for each these drops
  answers PORT N [M]	so many frames (or up to M) went out by the port since the last such line
  count PROFILE DIRECTION N FRAMES
			the rule's counter, since it is there
  drops [PORT REASON N, ...]
			what was dropped since the last such line

FRAME is a Python expression, FRAMES one for a list, of the functions below; FROM and WHO are labels. Frames are sent when
something else than "send" follows, in order, and received until nothing has come for MS (25). They are
told apart by their addresses and six bytes behind the packet, which no header counts as its own; those of
raw() and cut(), which can't have them, by all that they consist of.
"""
import ctypes
import json
import os
import re
import select
import signal
import socket
import struct
import subprocess
import sys
from ipaddress import ip_address

SO_RCVBUFFORCE, SOL_PACKET, PACKET_IGNORE_OUTGOING = 33, 263, 23
UNKNOWN = "02:ee:ee:ee:ee:ee"
SWITCH = "02:00:00:00:00:fe"
BCAST = "ff:ff:ff:ff:ff:ff"
FIN, SYN, RST, PSH, ACK, URG, ECE, CWR = (1 << i for i in range(8))


class Packet(bytes):
    """Bytes that know which number they have in the header before: type or protocol."""
    number = 0
    l4 = None           # protocol and offset of what has a checksum
    l4_at = 0
    is_raw = False


class Frame(Packet):
    """It begins with its addresses."""


def packet(data, number, l4=None, l4_at=0):
    made = Packet(data)
    made.number, made.l4, made.l4_at = number, l4, l4_at
    return made


# ---- Ethernet --------------------------------------------------------------------------------

def mac(address):
    """As in the shell: a number is that of a container."""
    if isinstance(address, int):
        address = "02:00:00:00:%02x:%02x" % (address >> 8, address & 255)
    return bytes.fromhex(address.replace(":", ""))


def eth(payload, src=1, dst=UNKNOWN, type=None, tags=()):
    """Tags are (TPID, TCI), the outer one first; a number is a VLAN of 802.1Q."""
    head = mac(dst) + mac(src)
    for tag in tags:
        head += struct.pack("!HH", *(tag if isinstance(tag, tuple) else (0x8100, tag)))
    number = payload.number if type is None else type
    made = Frame(head + struct.pack("!H", number) + payload)
    made.is_raw = payload.is_raw
    return made


def raw(payload, number=None):
    made = packet(payload, payload.number if number is None else number)
    made.is_raw = True
    return made


def cut(payload, length):
    """Its first bytes, and nothing behind them."""
    return raw(packet(payload[:length], payload.number))


def other(number, data=b"\0" * 46):
    return packet(data, number)


def snap(inner, oui=b"\0\0\0", length=None, llc=b"\xaa\xaa\3"):
    """In a frame of IEEE 802.3 (RFC 1042), which has a length for a type."""
    data = llc + oui + struct.pack("!H", inner.number) + inner
    return packet(data, len(data) if length is None else length)


# ---- ARP -------------------------------------------------------------------------------------

def arp(op=1, spa="192.0.2.1", tpa="192.0.2.2", sha=1, tha="00:00:00:00:00:00", hw=1, proto=0x800,
        hlen=6, plen=4):
    return packet(struct.pack("!HHBBH", hw, proto, hlen, plen, op) + mac(sha) +
                  ip_address(spa).packed + mac(tha) + ip_address(tpa).packed, 0x806)


# ---- IP --------------------------------------------------------------------------------------

CHECKSUM_AT = {1: 2, 6: 16, 17: 6, 58: 2}


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def with_checksum(payload, pseudo):
    if payload.l4 not in CHECKSUM_AT:
        return bytes(payload)
    message, at = bytes(payload[payload.l4_at:]), CHECKSUM_AT[payload.l4]
    if len(message) < at + 2:
        return bytes(payload)
    total = checksum((b"" if payload.l4 == 1 else pseudo + struct.pack("!II", len(message),
                                                                      payload.l4)) + message)
    if payload.l4 == 17 and not total:
        total = 0xffff
    return payload[:payload.l4_at] + message[:at] + struct.pack("!H", total) + message[at + 2:]


def ip(l4=None, s="192.0.2.1", d="192.0.2.2", proto=None, off=0, mf=0, ihl=None, options=b"",
       tot=None, ver=4, df=0):
    """off in units of 8 bytes. Of a later fragment the payload is what it is."""
    l4 = udp() if l4 is None else l4
    src, dst = ip_address(s).packed, ip_address(d).packed
    body = bytes(l4) if off else with_checksum(l4, src + dst)
    length = 20 + len(options) + len(body)
    head = struct.pack("!BBHHHBBH", ver << 4 | (5 + len(options) // 4 if ihl is None else ihl), 0,
                       length if tot is None else tot, 7, df << 14 | mf << 13 | off, 64,
                       l4.number if proto is None else proto, 0) + src + dst + options
    return packet(head[:10] + struct.pack("!H", checksum(head)) + head[12:] + body, 0x800)


def ip6(l4=None, s="2001:db8::1", d="2001:db8::2", nh=None, plen=None, ver=6):
    l4 = udp() if l4 is None else l4
    src, dst = ip_address(s).packed, ip_address(d).packed
    body = with_checksum(l4, src + dst)
    return packet(struct.pack("!IHBB", ver << 28, len(body) if plen is None else plen,
                              l4.number if nh is None else nh, 64) + src + dst + body, 0x86dd)


def extension(number, length, inner, nh):
    head = struct.pack("!BB", inner.number if nh is None else nh, length)
    size = (length + 2) * 4 if number == 51 else (length + 1) * 8
    # PadN, for those who look.
    head += (b"\1" + bytes([size - 4]) if number in (0, 60) else b"\0\0").ljust(size - 2, b"\0")
    return packet(head + inner, number, inner.l4, inner.l4_at + size)


def hop(inner, length=0, nh=None):
    return extension(0, length, inner, nh)


def routing(inner, length=0, nh=None):
    return extension(43, length, inner, nh)


def options(inner, length=0, nh=None):
    return extension(60, length, inner, nh)


def auth(inner, length=4, nh=None):
    return extension(51, length, inner, nh)


def fragment(inner, off=0, m=0, nh=None):
    """Of a fragment, no checksum."""
    whole = not off and not m
    return packet(struct.pack("!BBHI", inner.number if nh is None else nh, 0, off << 3 | m, 7) + inner,
                  44, inner.l4 if whole else None, inner.l4_at + 8)


def times(n, wrap, inner):
    for _ in range(n):
        inner = wrap(inner)
    return inner


# ---- what is in IP ---------------------------------------------------------------------------

def bytes_of(number, data=b"\0" * 16):
    return packet(data, number)


def tcp(dp=80, sp=1000, flags=SYN, data=b"data"):
    return packet(struct.pack("!HHIIBBHHH", sp, dp, 1, 0, 0x50, flags, 1024, 0, 0) + data, 6, 6)


def udp(dp=53, sp=1000, data=b"data", number=17):
    length = 8 + len(data)
    return packet(struct.pack("!HHHH", sp, dp, length, 0) + data, number,
                  number if number == 17 else None)


def udplite(dp=53, sp=1000):
    return udp(dp, sp, number=136)


def sctp(dp=53, sp=1000):
    return udp(dp, sp, number=132)


def dccp(dp=53, sp=1000):
    return udp(dp, sp, number=33)


def icmp(type=8, code=0, data=b"\0" * 12):
    return packet(struct.pack("!BBH", type, code, 0) + data, 1, 1)


def icmp6(type=128, code=0, data=b"\0" * 12):
    return packet(struct.pack("!BBH", type, code, 0) + data, 58, 58)


def lladdr(number, address, length=1):
    return b"" if address is None else bytes([number, length]) + mac(address)


def target(address):
    return ip_address(address).packed


def solicit(t="2001:db8::2", sll=None, before=b""):
    return icmp6(135, 0, b"\0" * 4 + target(t) + before + lladdr(1, sll))


def advert(t="2001:db8::2", tll=None, before=b""):
    return icmp6(136, 0, b"\0" * 4 + target(t) + before + lladdr(2, tll))


def redirect(t="2001:db8::2", tll=None):
    return icmp6(137, 0, b"\0" * 4 + target(t) + target("2001:db8::3") + lladdr(2, tll))


def router_solicit(sll=None):
    return icmp6(133, 0, b"\0" * 4 + lladdr(1, sll))


def router_advert(sll=None):
    return icmp6(134, 0, b"\0" * 12 + lladdr(1, sll))


def flows(path):
    """A frame for each line of a file, "FAMILY SOURCE DESTINATION PROTOCOL SPORT DPORT"."""
    with open(path, encoding="ascii") as lines:
        words = [line.split() for line in lines]
    return [{"ip": ip, "ip6": ip6}[family]({"tcp": tcp, "udp": udp}[proto](int(dp), int(sp)), s, d)
            for family, s, d, proto, sp, dp in words]


# ---- sending and receiving -------------------------------------------------------------------

LIBC = ctypes.CDLL(None, use_errno=True)


def enter(path):
    fd = os.open(path, os.O_RDONLY)
    if LIBC.setns(fd, 0x40000000):
        sys.exit("setns %s: %s" % (path, os.strerror(ctypes.get_errno())))
    os.close(fd)


def open_device(spec, receives):
    netns, _, device = spec.rpartition("/")
    enter("/run/netns/" + netns if netns else "/proc/1/ns/net")
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    if receives:
        sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 32 << 20)
        sock.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    sock.bind((device, 3 if receives else 0))
    sock.setblocking(False)
    return sock


def key_of_raw(frame):
    """A socket has the outer tag beside the frame."""
    return frame[:12] + frame[16:] if frame[12:14] in (b"\x81\0", b"\x88\xa8") else frame


class Prober:
    def __init__(self, specs, wait):
        self.wait, self.serial = wait, 0
        self.senders, self.receivers = {}, []
        for label, spec in specs:
            self.senders[label] = open_device(spec, False)
            self.receivers.append((label, open_device(spec, True)))

    def mark(self, frame):
        self.serial += 1
        if frame.is_raw:
            return bytes(frame)
        return bytes(frame) + b"\xac\x1e" + struct.pack("!I", self.serial)

    def collect(self, seen):
        poll = select.poll()
        by_fd = {}
        for label, sock in self.receivers:
            poll.register(sock, select.POLLIN)
            by_fd[sock.fileno()] = (label, sock)
        while True:
            events = poll.poll(self.wait)
            if not events:
                return
            for fd, _ in events:
                label, sock = by_fd[fd]
                try:
                    data = sock.recv(65536)
                except OSError:
                    continue
                for key in (data[:12] + data[-6:], data):
                    if key in seen:
                        seen[key][label] = seen[key].get(label, 0) + 1
                        break

    def send(self, requests):
        """Of each (FROM, frame or expression), the text of its receivers."""
        seen, keys = {}, []
        for label, made in requests:
            if isinstance(made, str):
                made = eval(made)           # pylint: disable=eval-used
            if not isinstance(made, Frame):
                made = eth(made)
            frame = self.mark(made)
            keys.append(key_of_raw(frame) if made.is_raw else frame[:12] + frame[-6:])
            if keys[-1] in seen:
                sys.exit("the same frame twice: " + made.hex())
            seen[keys[-1]] = {}
            self.senders[label].send(frame)
        self.collect(seen)
        return [self.text(seen[key]) for key in keys]

    def text(self, seen):
        return " ".join(label if seen[label] == 1 else "%s*%d" % (label, seen[label])
                        for label, _ in self.receivers if label in seen) or "-"


class Tool:
    """One cvswitch-ctl that does all commands; after one that fails, another one."""
    def __init__(self, netns):
        self.netns, self.process = netns, None

    def start(self):
        self.process = subprocess.Popen(
            ["stdbuf", "-oL", "cvswitch-ctl", "-n", self.netns, "-j", "-b", "-"], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def do(self, *commands):
        """The documents that commands print, and what is said of an error, or None."""
        if self.process is None:
            self.start()
        self.process.stdin.write("".join(command + "\n" for command in commands) + "version\n")
        self.process.stdin.flush()
        text = ""
        while True:
            line = self.process.stdout.readline()
            if not line:
                self.process.wait()
                self.process = None
                return [], text
            if line.startswith('{"tool"'):
                return self.documents(text), None
            text += line

    @staticmethod
    def documents(text):
        found, at, decoder = [], 0, json.JSONDecoder()
        while text[at:].strip():
            at += len(text[at:]) - len(text[at:].lstrip())
            document, at = decoder.raw_decode(text, at)
            found.extend(document if isinstance(document, list) else [document])
        return found


class Player:
    def __init__(self, tool, prober):
        self.tool, self.prober = tool, prober
        self.lines, self.sends = 0, []
        self.dropped, self.sent = {}, {}

    @staticmethod
    def fail(text):
        print("FAIL: " + text.strip().replace("\n", " / "))

    def ask(self, *commands):
        found, error = self.tool.do(*commands)
        if error is not None:
            self.fail("%s: %s" % ("; ".join(commands), error))
        return found

    def flush(self):
        sends, self.sends = self.sends, []
        if not sends:
            return
        got = self.prober.send([send[:2] for send in sends])
        for (label, expression, want), who in zip(sends, got):
            if who != want:
                self.fail("%s %s: received by '%s', not '%s'" % (label, expression, who, want))

    def line_send(self, rest):
        frame, _, want = rest.rpartition(">")
        label, _, expression = frame.strip().partition(" ")
        self.sends.append((label, expression, want.strip()))

    def line_corpus(self, rest):
        request, _, drops = rest.rpartition("|")
        request, _, want = request.rpartition(">")
        label, _, expression = request.strip().partition(" ")
        frames = eval(expression)           # pylint: disable=eval-used
        for i, who in enumerate(self.prober.send([(label, frame) for frame in frames])):
            if who != want.strip():
                self.fail("%s %s: number %d, %s, received by '%s', not '%s'" % (
                    label, expression, i, frames[i].hex(), who, want.strip()))
        self.line_drops(",".join("%s %d" % (drop, len(frames)) for drop in drops.split(",")
                                 if drop.strip()))

    def line_answers(self, rest):
        port, low, high = (rest.split() + rest.split()[-1:])[:3]
        sent = self.ask("stats show sw0 " + port)[0]["tx-frames"]
        got = sent - self.sent.get(port, 0)
        self.sent[port] = sent
        if low != "*" and not int(low) <= got <= int(high):
            self.fail("%d frames sent by %s, not %s to %s" % (got, port, low, high))

    def line_ctl(self, rest):
        self.ask(rest)

    def line_refused(self, rest):
        regex, _, command = rest.partition(" : ")
        found, error = self.tool.do(command)
        if error is None:
            self.fail("%s: not refused, %s" % (command, found))
        elif not re.search(regex, error):
            self.fail("%s: refused with '%s', not '%s'" % (command, error, regex))

    def line_rule(self, rest):
        rule, hits, misses = rest.split(" | ") if rest.count(" | ") == 2 else rest.split("|")
        hits = [frame.strip() for frame in hits.split(";") if frame.strip()]
        misses = [frame.strip() for frame in misses.split(";") if frame.strip()]
        added = self.ask("acl add sw0 in ingress %s accept" % rule.strip(),
                         "acl add sw0 out egress %s accept" % rule.strip())
        if len(added) != 2:
            return
        for frame in hits:
            self.sends += [("h1", frame, "h2 h3"), ("h3", frame, "h1 h2")]
        for frame in misses:
            self.sends += [("h1", frame, "-"), ("h3", frame, "h1")]
        failed = len(hits) + len(misses) == 0
        self.flush()
        counts = [row["frames"] for row in self.ask("acl show sw0 in", "acl show sw0 out")]
        if counts != [len(hits), 2 * len(hits)] or failed:
            self.fail("%s: counted %s, not [%d, %d]" % (rule, counts, len(hits), 2 * len(hits)))
        self.ask("acl del sw0 in ingress 1", "acl del sw0 out egress 1")

    def line_count(self, rest):
        profile, direction, index, want = rest.split()
        rows = self.ask("acl show sw0 %s %s" % (profile, direction))
        got = [row["frames"] for row in rows if row["index"] == int(index)]
        if got != [int(want)]:
            self.fail("rule %s: %s frames" % (rest, got))

    def line_drops(self, rest):
        now, want = {}, sorted(" ".join(part.split()) for part in rest.split(",") if part.strip())
        for port in self.ask("stats show sw0"):
            for drop in port.get("drop", []):
                now[port.get("port", "?") + " " + drop["reason"]] = drop["frames"]
        got = sorted("%s %d" % (key, n - self.dropped.get(key, 0)) for key, n in now.items()
                     if n != self.dropped.get(key, 0))
        self.dropped = now
        if got != want and rest != "*":
            self.fail("dropped %s, not %s" % (got, want))

    def play(self, line):
        word, _, rest = line.partition(" ")
        if word != "send":
            self.flush()
        if word == "end":
            print("done %d" % self.lines, flush=True)
            self.lines = 0
            return
        self.lines += 1
        getattr(self, "line_" + word)(rest)


def flood(spec, expressions):
    frames = [eval(expression) for expression in expressions]   # pylint: disable=eval-used
    frames = [bytes(frame if isinstance(frame, Frame) else eth(frame)) for frame in frames]
    sock, sent, stop = open_device(spec.split("=", 1)[1], False), 0, []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
    print("ready", flush=True)
    while not stop:
        for frame in frames:
            try:
                sock.send(frame)
                sent += 1
            except OSError:         # the device is down, or has no room
                pass
    print("sent=%d" % sent)


def main():
    args, wait = sys.argv[1:], 25
    if args[0] == "-f":
        flood(args[1], args[2:])
        return
    if args[0] == "-w":
        wait, args = int(args[1]), args[2:]
    tool = Tool(args[0])
    tool.start()
    # What is sent by one CPU is received in its order.
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    player = Player(tool, Prober([arg.split("=", 1) for arg in args[1:]], wait))
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() and not line.lstrip().startswith("# "):
            player.play(line.strip())


if __name__ == "__main__":
    main()
