#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""hotspots.py WINDOWS SYMBOLS FRAMES [MODULE.KO]

Prints where the instructions of a frame go, from what hotspots.c counted: per function the
instructions and calls per frame in the last window, and the instructions above those of the first
window (the floor). With a module's file, its instructions per source line follow.
"""
import bisect
import collections
import re
import subprocess
import sys

NOISE = 0.5             # instructions per frame that aren't worth a line


def read_symbols(path):
    """/proc/kallsyms as the sorted addresses of code, and "name [module]" for each."""
    names = {0: '(user space)'}
    with open(path, encoding='ascii') as lines:
        for line in lines:
            address, kind, name, *module = line.split()
            if kind in 'tTwW' and not name.startswith('__pfx_'):
                names.setdefault(int(address, 16), ' '.join([name, *module]))
    return sorted(names), names


def read_windows(path):
    """Per window the blocks (first address, last address, instructions, runs)."""
    windows = []
    with open(path, encoding='ascii') as lines:
        for line in lines:
            if line == 'window\n':
                windows.append([])
                continue
            first, last, instructions, runs = line.split()
            windows[-1].append((int(first, 16), int(last, 16), int(instructions), int(runs)))
    return windows


def per_function(window, symbols, frames):
    addresses, names = symbols
    cost, calls = collections.Counter(), collections.Counter()
    for first, _, instructions, runs in window:
        start = addresses[bisect.bisect_right(addresses, first) - 1]
        cost[names[start]] += instructions * runs / frames
        if start == first:
            calls[names[start]] += runs / frames
    return cost, calls


def print_functions(windows, symbols, frames):
    floor, _ = per_function(windows[0], symbols, frames)
    cost, calls = per_function(windows[-1], symbols, frames)
    print(f"{'insn/frame':>10} {'over floor':>10} {'calls':>7}  function")
    for name in sorted(cost.keys() | floor.keys(),
                       key=lambda n: (floor[n] - cost[n], -cost[n])):
        if max(cost[name], floor[name]) >= NOISE:
            print(f'{cost[name]:10.1f} {cost[name] - floor[name]:+10.1f} '
                  f'{calls[name]:7.2f}  {name}')
    print(f'{cost.total():10.1f} {cost.total() - floor.total():+10.1f} {"":7}  total')


def output(*command, **options):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE,
                          **options).stdout


def load_bias(ko, names):
    """Guest address of the module's .text less its address in the file."""
    module = '[' + re.sub(r'.*/|\.ko$', '', ko) + ']'
    loaded = {name.split()[0]: at for at, name in names.items() if name.endswith(module)}
    for line in output('objdump', '-t', '-j', '.text', ko).splitlines():
        field = line.split()
        if len(field) > 3 and 'F' in field and field[-1] in loaded:
            return loaded[field[-1]] - int(field[0], 16)
    sys.exit(f'{ko}: none of its functions is in the symbols')


def print_lines(ko, window, names, frames):
    """Source lines of the module, innermost inlined function first."""
    bias = load_bias(ko, names)
    code = sorted(int(line.split(':')[0], 16)
                  for line in output('objdump', '-d', '-j', '.text', ko).splitlines()
                  if re.match(r' +[0-9a-f]+:\t', line))
    runs_at = collections.Counter()
    for first, last, _, runs in window:
        left = bisect.bisect_left(code, first - bias)
        for at in code[left:bisect.bisect_right(code, last - bias)]:
            runs_at[at] += runs
    wanted = sorted(runs_at)
    where = output('addr2line', '-f', '-s', '-j', '.text', '-e', ko,
                   input=''.join(f'{at:x}\n' for at in wanted)).splitlines()
    cost = collections.Counter()
    for at, function, line in zip(wanted, where[::2], where[1::2]):
        cost[function, line.split(' (')[0]] += runs_at[at] / frames
    inlined = collections.Counter()
    for (function, _), count in cost.items():
        inlined[function] += count
    print(f'\n{"insn/frame":>10}  in {ko}, by function before inlining')
    for function, count in inlined.most_common():
        if count >= NOISE:
            print(f'{count:10.1f}  {function}')
    print(f'\n{"insn/frame":>10}  by source line')
    for (function, line), count in sorted(cost.items(), key=lambda item: -item[1]):
        if count >= NOISE:
            print(f'{count:10.1f}  {line}  {function}')


def main():
    frames = int(sys.argv[3])
    windows, symbols = read_windows(sys.argv[1]), read_symbols(sys.argv[2])
    print_functions(windows, symbols, frames)
    if len(sys.argv) > 4:
        print_lines(sys.argv[4], windows[-1], symbols[1], frames)


if __name__ == '__main__':
    main()
