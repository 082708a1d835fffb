# SPDX-License-Identifier: GPL-2.0
"""examples.py FILE: run the examples that a document shows and compare what they print.

In a man page an example is a paragraph between .EX and .EE, in Markdown a block fenced as console.
A line that begins with "# " is a command; "> " continues it; what follows is its output. Where two
hosts are shown, "host1# " and "host2# " begin the commands: the second one is a network namespace,
and the hosts reach each other by 198.51.100.1 and 198.51.100.2, which are there beforehand. All
examples of a document run in one shell, one after the other. Numbers, times and addresses may
differ from the printed ones, and with them the width of columns; nothing else may. Namespaces
that they make have no IPv6, and neither they nor the host verify neighbours, so that only what an
example sends is counted.
With the argument --print the output is shown instead, to be pasted into the document.
"""

import re
import shlex
import subprocess
import sys

MARK = "\001"
PROMPT = re.compile(r"(host[12])?# ")
PROLOGUE = """
calm() { echo 3600 | tee /proc/sys/net/ipv4/neigh/*/delay_first_probe_time > /dev/null; }
put() { nsenter --net="/run/netns/$1" sh -c "echo $2 > /proc/sys/net/$3"; }
ip() {
	command ip "$@" || return
	case $* in
	"netns add "*)		put "$3" 1 ipv6/conf/default/disable_ipv6 ;;
	"-n "*" link set "*" up")	put "$2" 3600 "ipv4/neigh/$5/delay_first_probe_time" ;;
	esac
}
host2() { nsenter --net=/run/netns/host2 bash -c "$1"; }
export -f calm put ip
"""
HOSTS = """
ip netns add host2
ip link add eth0 type veth peer name eth0 netns host2
ip address add 198.51.100.1/24 dev eth0
ip link set eth0 up
ip -n host2 address add 198.51.100.2/24 dev eth0
ip -n host2 link set eth0 up
"""


def lines_of_man(text):
    shown = False
    for number, line in enumerate(text.split("\n"), 1):
        if line in (".EX", ".EE"):
            shown = line == ".EX"
        elif shown and not line.startswith('.\\"'):
            yield number, (line.replace("\\-", "-").replace("\\(aq", "'").replace("\\(ha", "^")
                           .replace("\\(ti", "~").replace("\\&", "").replace("\\e", "\\"))


def lines_of_markdown(text):
    shown = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("```"):
            shown = line == "```console"
        elif shown:
            yield number, line


def examples(path):
    """A list of [line, prompt, command, output]."""
    found = []
    with open(path, encoding="utf-8") as file:
        text = file.read()
    lines = lines_of_markdown if path.endswith(".md") else lines_of_man
    for number, line in lines(text):
        prompt = PROMPT.match(line)
        if prompt:
            found.append([number, prompt[0], line[prompt.end():], ""])
        elif line.startswith("> "):
            found[-1][2] += "\n" + line[2:]
        elif found:
            found[-1][3] += line + "\n"
    return found


def run(found):
    """What each command printed. A program in the background gets time to say something."""
    script = PROLOGUE
    if any(prompt.startswith("host2") for _, prompt, _, _ in found):
        script += HOSTS
    for _, prompt, command, _ in found:
        if prompt.startswith("host2"):
            command = "host2 " + shlex.quote(command)
        script += f"printf '{MARK}'\n{command}\n[ -z \"$(jobs -p)\" ] || sleep 1\ncalm\n"
    script += "kill $(jobs -p) 2>/dev/null"
    done = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout.split(MARK)[1:]


def shape(text):
    text = re.sub(r"\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b", "MAC", text)
    text = re.sub(r"\b\d+(\.\d+)?[dhms](\d+[dhms])?\b", "TIME", text)
    text = re.sub(r"(?<![A-Za-z0-9._/-])-?\d[\d,]*(\.\d+)?\b", "N", text)
    return [" ".join(line.split()) for line in text.strip().split("\n")]


def main():
    path = sys.argv[-1]
    found = examples(path)
    if not found:
        sys.exit(f"{path} shows no example")
    printed = run(found)
    failed = len(printed) != len(found)
    for (number, prompt, command, expected), output in zip(found, printed):
        if sys.argv[1] == "--print":
            print(prompt + command.replace("\n", "\n> "))
            print(output, end="")
        elif shape(expected) != shape(output):
            failed = True
            print(f"{path}:{number}: {prompt}{command}\n--- printed in the document\n{expected}"
                  f"--- printed by the command\n{output}---")
    if failed and len(printed) != len(found):
        print(f"{path}: {len(found)} examples, but {len(printed)} ran")
    sys.exit(failed)


main()
