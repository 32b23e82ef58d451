"""Runs a command and appends what the kernel says it cost, as wait4(2) gives it, to a table.

measure.py RESULTS ROUND PROGRAM CAPTURE COPIES PACKETS GC_LOG OUTPUT COMMAND...
"""

import os
import re
import sys
import time


def allocated_bytes(gc_log):
    """What a JVM allocated on its heap: the growth before each collection, and what was left at exit.

    Unified logging of gc and gc+exit; the former counts whole MiB, which is 0.03 bytes a packet in 36 M.
    """
    allocated, after = 0, 0
    exit_used = 0
    scale = {"B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
    for line in open(gc_log):
        pause = re.search(r"Pause .* (\d+)([BKMG])->(\d+)([BKMG])\(", line)
        if pause:
            before = int(pause[1]) * scale[pause[2]]
            allocated += max(0, before - after)
            after = int(pause[3]) * scale[pause[4]]
            continue
        generation = re.search(r"(?:PSYoungGen|ParOldGen) .*used (\d+)([BKMG])", line)
        if generation:
            exit_used += int(generation[1]) * scale[generation[2]]
    return allocated + max(0, exit_used - after)


def main():
    results, round_, program, capture, copies, packets, gc_log, output = sys.argv[1:9]
    command = sys.argv[9:]
    with open(output, "wb") as out:
        begin = time.monotonic()
        pid = os.posix_spawnp(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)],
        )
        _, status, usage = os.wait4(pid, 0)
        wall = time.monotonic() - begin
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        sys.exit(f"exit code {code}: {' '.join(command[:3])} ...")
    allocated = allocated_bytes(gc_log) if gc_log != "-" else -1
    row = (round_, program, capture, copies, packets, usage.ru_utime, usage.ru_stime, wall, usage.ru_maxrss * 1024, allocated)
    with open(results, "a") as table:
        print(*row, sep="\t", file=table)


main()
