# SPDX-License-Identifier: GPL-2.0
"""The benchmark's bar chart: per kernel, what each system adds to a frame's cost on plain veth."""

WIDTH, LABEL, VALUE = 860, 190, 60      # whole, left of the bars, right of the longest bar
BAR, GAP, TITLE = 13, 9, 30
NAMES = {'bridge': 'Linux bridge', 'ovs': 'Open vSwitch', 'ebpf': 'eBPF redirect_peer',
         'cvswitch': 'cvswitch'}
SCENARIOS = {'l2-short': 'short path', 'l2-queue': 'queue path', 'l2-fdb10': '10 addresses',
             'l2-fdb60000': '60,000 addresses', 'vxlan': 'VXLAN'}
COLOURS = {True: ('#0b6e4f', '#7fc8a9'), False: ('#5b6470', '#b4bac2')}   # cvswitch, its peers


def text(x, y, words, extra=''):
    return f'<text x="{x:.0f}" y="{y:.0f}" {extra}>{words}</text>'


def bars(kernel_rows, sizes, top, scale):
    """The bars of one kernel, one group per system and scenario, the cheapest first."""
    groups = {}
    for _, system, scenario, size, _, over in kernel_rows:
        if system in NAMES:
            groups.setdefault((system, scenario), {})[size] = over
    y = top
    for (system, scenario), costs in sorted(groups.items(), key=lambda g: min(g[1].values())):
        label = NAMES[system] + (f', {SCENARIOS[scenario]}' if scenario in SCENARIOS else '')
        yield text(LABEL - 8, y + BAR * len(sizes) / 2 + 4, label, 'text-anchor="end"')
        for shade, size in enumerate(sizes):
            cost = costs.get(size, 0)
            width = max(cost * scale, 1)
            colour = COLOURS[system == 'cvswitch'][min(shade, 1)]
            yield (f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR - 1}" '
                   f'fill="{colour}"/>')
            yield text(LABEL + width + 5, y + BAR - 3, f'{cost:,.0f}')
            y += BAR
        y += GAP


def svg(rows):
    # Not what is per MiB, nor what rules cost: nftables' bar is a hundred times as long.
    rows = [row for row in rows if row[2] != 'vxlan-tcp' and not row[2].startswith('policy-')]
    kernels = list(dict.fromkeys(row[0] for row in rows))
    sizes = sorted({row[3] for row in rows})
    longest = max([row[5] for row in rows if row[1] in NAMES], default=1)
    scale = (WIDTH - LABEL - VALUE) / max(longest, 1)
    parts, y = [], TITLE
    parts.append(text(10, 18, 'Instructions per frame above plain veth (bytes of a frame: '
                      + ', then '.join(map(str, sizes)) + ')', 'font-weight="bold"'))
    for kernel in kernels:
        kernel_rows = [row for row in rows if row[0] == kernel]
        groups = len({row[1:3] for row in kernel_rows if row[1] in NAMES})
        parts.append(text(10, y + 16, f'Linux {kernel}', 'fill="#5b6470"'))
        parts.extend(bars(kernel_rows, sizes, y + TITLE, scale))
        y += TITLE + groups * (BAR * len(sizes) + GAP)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 10}" '
            f'font-family="sans-serif" font-size="12">\n'
            '<!-- SPDX-License-Identifier: GPL-2.0, made by tests/bench -->\n'
            f'<rect width="100%" height="100%" fill="white"/>\n' + '\n'.join(parts) + '\n</svg>\n')
