"""Arithmetic of compare.

report.py account COVERAGE PACKETS ACCOUNTS PROGRAM CAPTURE   refuses a run that did not inspect every packet
report.py table RESULTS INDICATORS EQUIPMENT                  prints what was measured
"""

import collections
import json
import statistics
import sys

Account = collections.namedtuple("Account", "flows alerts bytes")
Run = collections.namedtuple("Run", "cpu wall rss allocated")


def account(coverage_file, packets, accounts, program, capture):
    coverage = json.load(open(coverage_file))
    inspected = coverage["frames"]["inspected"]
    if inspected != int(packets):
        sys.exit(f"{program} on {capture}: {inspected} frames inspected of {packets}: nothing was measured")
    with open(accounts, "a") as table:
        read = sum(given["bytes"] for given in coverage["inputs"])
        print(program, capture, packets, coverage["flows"], sum(coverage["alerts"].values()), read, sep="\t", file=table)


def read_results(file):
    """(program, capture) -> packets -> round -> Run"""
    runs = collections.defaultdict(lambda: collections.defaultdict(dict))
    for line in open(file):
        round_, program, capture, _, packets, user, system, wall, rss, allocated = line.rstrip("\n").split("\t")
        run = Run(float(user) + float(system), float(wall), int(rss), int(allocated))
        runs[program, capture][int(packets)][int(round_)] = run
    return runs


def slopes(by_packets, field):
    """(cost of a packet, cost of the start) of each round."""
    few, many = min(by_packets), max(by_packets)
    result = []
    for round_, long_run in by_packets[many].items():
        a, b = getattr(by_packets[few][round_], field), getattr(long_run, field)
        slope = (b - a) / (many - few)
        result.append((slope, a - slope * few))
    return result


def median(values):
    return statistics.median(list(values))


def start_table(runs):
    print(f'{"start, one packet":<26} {"CPU s":>8} {"wall s":>8} {"peak RSS MiB":>13}')
    for (program, capture), by_packets in runs.items():
        if capture == "-":
            rounds = list(by_packets[1].values())
            cpu, wall = median(r.cpu for r in rounds), median(r.wall for r in rounds)
            rss = max(r.rss for r in rounds) / 2**20
            print(f"{program.removeprefix('start-').replace('-', ' '):<26} {cpu:>8.2f} {wall:>8.2f} {rss:>13.0f}")
    print()


def capture_table(runs, accounts):
    print(
        f'{"capture":<8} {"program":<12} {"CPU ns/packet":>13} {"spread":>13} {"x tcpdump":>10} {"start CPU s":>12} '
        f'{"wall ns/packet":>15} {"B/packet":>9} {"peak RSS MiB":>13} {"alerts":>7}'
    )
    for (program, capture), by_packets in runs.items():
        if capture == "-":
            continue
        cpu = slopes(by_packets, "cpu")
        nanos = [slope * 1e9 for slope, _ in cpu]
        reference = median(slope * 1e9 for slope, _ in slopes(runs["tcpdump", capture], "cpu"))
        wall = median(slope for slope, _ in slopes(by_packets, "wall")) * 1e9
        long_runs = by_packets[max(by_packets)].values()
        rss = max(r.rss for r in long_runs) / 2**20
        known = all(r.allocated >= 0 for r in long_runs)
        garbage = f"{median(s for s, _ in slopes(by_packets, 'allocated')):.2f}" if known else "-"
        alerts = accounts.get((program, capture, max(by_packets)), Account(0, "-", 0)).alerts
        spread = f"{min(nanos):.0f}-{max(nanos):.0f}"
        print(
            f"{capture:<8} {program:<12} {median(nanos):>13.1f} {spread:>13} {median(nanos) / reference:>10.2f} "
            f"{median(start for _, start in cpu):>12.2f} {wall:>15.1f} {garbage:>9} {rss:>13.0f} {alerts:>7}"
        )
    print()


def extras_table(runs, accounts):
    for (program, capture), by_packets in runs.items():
        if program not in ("flow-events", "input-hash", "two-workers"):
            continue
        plain = runs["tapwarden", capture]
        if program == "two-workers":
            faster = median(s for s, _ in slopes(plain, "wall")) / median(s for s, _ in slopes(by_packets, "wall"))
            print(f"{capture}: two workers raise the throughput {faster:.2f} times")
            continue
        few, many = min(by_packets), max(by_packets)
        more = median(s for s, _ in slopes(by_packets, "cpu")) - median(s for s, _ in slopes(plain, "cpu"))
        seconds = more * (many - few)
        short, long_ = accounts[program, capture, few], accounts[program, capture, many]
        if program == "flow-events":
            flows = long_.flows - short.flows
            print(f"{capture}: a flow event costs {seconds / max(1, flows) * 1e6:.2f} us ({flows} flows)")
        else:
            read = long_.bytes - short.bytes
            print(f"{capture}: SHA-256 of the input costs {seconds / max(1, read) * 1e9:.2f} ns a byte ({read} bytes)")


def table(results, indicators, equipment):
    runs = read_results(results)
    accounts = {}
    for line in open(results + ".accounts"):
        program, capture, packets, flows, alerts, read = line.rstrip("\n").split("\t")
        accounts[program, capture, int(packets)] = Account(int(flows), alerts, int(read))
    print(f"\n{int(indicators):,} indicators, {int(equipment):,} pieces of equipment, room for 1,000,000 flows\n")
    start_table(runs)
    capture_table(runs, accounts)
    extras_table(runs, accounts)


{"account": account, "table": table}[sys.argv[1]](*sys.argv[2:])
