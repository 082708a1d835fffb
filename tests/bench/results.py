#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""results.py OUT ROWS...: makes OUT.csv and OUT.svg of the rows that guest.sh wrote, one file per
boot, prints the table and checks the bars. Exit status 1 if one is missed. Bars of policies are for
the worst of the flows (first, last, none, mixed) that were measured.

A row's cost above veth is the difference inside its own boot. Of several boots, a row is taken
from the one in which that difference was least.
"""
import csv
import re
import sys

import chart

TCP = 'vxlan-tcp'
COLUMNS = ('kernel', 'system', 'scenario', 'frame_bytes', 'insn_per_frame', 'insn_over_veth')

# What cvswitch may cost above plain veth on Linux 6.12, per frame of 64 bytes.
BARS = {'l2-short': 450, 'l2-queue': 1300}
TABLE_BAR = 1.10        # what 60,000 addresses may cost against 10
POLICY_BARS = {'policy-1000': 800, 'policy-1000-both': 1150}
POLICY_RATIOS = (('policy-1000', 'policy-10', 1.3), ('policy-10000', 'policy-1000', 1.3),
                 ('policy-adversarial', 'policy-1000', 1.25))
LOAD_BAR = 500_000_000  # instructions to load 10,000 rules
VXLAN_BAR = 0.75        # what a tunnel may cost above veth against bridge and vxlan device


def whole(scenario):
    """Its figures are not of frames, from which those of veth could be taken away."""
    return scenario.startswith((TCP, 'policy-load', 'policy-command', 'policy-memory'))


def read_boot(path):
    """Per (kernel, system, scenario, bytes): instructions, and those above veth; of what is whole,
    instructions alone."""
    with open(path, encoding='ascii', newline='') as rows:
        cost = {(kernel, system, scenario, int(size)): float(insn)
                for kernel, system, scenario, size, insn in csv.reader(rows)}
    floors = {(kernel, scenario, size): insn for (kernel, system, scenario, size), insn
              in cost.items() if system == 'veth'}

    def floor(key):
        """Of the same frames, if they were sent over plain veth."""
        kernel, _, scenario, size = key
        return floors.get((kernel, scenario, size), floors.get((kernel, 'l2', size)))
    return {key: (insn, insn if whole(key[2]) else round(insn - floor(key), 1))
            for key, insn in cost.items() if whole(key[2]) or floor(key) is not None}


def check_tunnels(results):
    """As check_bars(), for what crosses a tunnel."""
    for (kernel, system, scenario, size), (_, over) in results.items():
        peer = results.get((kernel, 'bridge', scenario, size))
        if system != 'cvswitch' or peer is None or not kernel.startswith('6.12.'):
            continue
        if scenario == 'vxlan':
            yield (f'vxlan, {size} bytes, costs {over:,.0f} above veth, {over / peer[1]:.2f} of the '
                   f"bridge's {peer[1]:,.0f}, at most {VXLAN_BAR}", over <= peer[1] * VXLAN_BAR)
        elif scenario == TCP:
            yield (f'TCP by vxlan costs {over:,.0f} per MiB, the bridge {peer[1]:,.0f}',
                   over <= peer[1])


def least(boots):
    results = {}
    for boot in boots:
        for key, figures in boot.items():
            if key not in results or figures[1] < results[key][1]:
                results[key] = figures
    return results


def check_bars(results):
    """A sentence and whether it is good, for each bar that was measured."""
    cost = {(kernel, scenario): over for (kernel, system, scenario, size), (_, over)
            in results.items() if system == 'cvswitch' and size == 64}
    for (kernel, scenario), over in cost.items():
        if not kernel.startswith('6.12.'):
            continue
        if scenario in BARS:
            yield (f'{scenario} costs {over:.0f} above veth, at most {BARS[scenario]}',
                   over <= BARS[scenario])
        small = cost.get((kernel, 'l2-fdb10'))
        if scenario == 'l2-fdb60000' and small is not None:
            yield (f'60,000 addresses cost {over:.0f} above veth, 10 cost {small:.0f}: '
                   f'{over / small - 1:+.1%}, at most {TABLE_BAR - 1:+.0%}',
                   over <= small * TABLE_BAR)


def check_policies(results):
    """As check_bars(), for rules."""
    costs = {}
    for (kernel, system, scenario, _), (_, over) in results.items():
        if system != 'cvswitch' or not kernel.startswith('6.12.'):
            continue
        if scenario == 'policy-load-10000':
            yield (f'10,000 rules are loaded by {over:,.0f} instructions, at most {LOAD_BAR:,}',
                   over <= LOAD_BAR)
        elif scenario.startswith('policy-') and not whole(scenario):
            rules = re.sub('-(first|last|none|mixed)$', '', scenario)
            costs.setdefault(rules, []).append((over, scenario))
    worst = {rules: max(of_flows) for rules, of_flows in costs.items()}
    for rules, bar in POLICY_BARS.items():
        if rules in worst:
            over, scenario = worst[rules]
            yield f'{scenario} costs {over:.0f} above veth, at most {bar}', over <= bar
    for rules, fewer, bar in POLICY_RATIOS:
        if rules in worst and fewer in worst:
            (over, scenario), (small, peer) = worst[rules], worst[fewer]
            yield (f'{scenario} costs {over:.0f} above veth, {over / small:.2f} times {peer}, '
                   f'at most {bar}', over <= small * bar)


def main():
    out = sys.argv[1]
    results = least([read_boot(path) for path in sys.argv[2:]])
    if not results:
        sys.exit('results.py: nothing was measured')
    rows = [(*key, *figures) for key, figures in results.items()]
    with open(out + '.csv', 'w', encoding='ascii', newline='') as file:
        csv.writer(file, lineterminator='\n').writerows([COLUMNS, *rows])
    with open(out + '.svg', 'w', encoding='utf-8') as file:
        file.write(chart.svg(rows))

    layout = '{:24} {:9} {:24} {:>11} {:>16} {:>16}'
    for row in (COLUMNS, *rows):
        print(layout.format(*row))
    missed = 0
    for sentence, good in [*check_bars(results), *check_tunnels(results),
                           *check_policies(results)]:
        print(('met:    ' if good else 'MISSED: ') + sentence)
        missed += not good
    sys.exit(1 if missed else 0)


if __name__ == '__main__':
    main()
