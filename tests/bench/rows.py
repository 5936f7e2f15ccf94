# zh: 量什么：各行、它们的单位、目标。
# en: What is measured: the rows, their units, the goals.

# zh: 行：P 的个数，--quick 时的次数。 en: Row: numbers of Ps, iterations with --quick.
ROWS = {
    "spawn": ((1, 2), 300),
    "yield": ((1, 2), 300_000),
    "tree": ((1, 2), 17),
    "parked": ((1,), 300),
    "wake_idle": ((2,), 60),
    "wake_active": ((2,), 600),
    "idle_cpu": ((1, 2), 500),
    "cas": ((1,), 3_000_000),
    "switch": ((1,), 3_000_000),
    "page": ((1,), 10_000),
}
FLOOR = ("cas", "switch", "page")  # zh: 机器自己的价钱，Go 没有 en: the machine's own prices, Go has none
UNITS = {"ns": "ns", "bytes": "B", "percent": "%"}
# zh: release 的目标：纳秒，与 Go 的比值；以及定目标的那台机器上 Go 的纳秒数。
# en: The goals of release: nanoseconds, the ratio to Go, and Go's ns on the machine where they were set.
GOALS = {"spawn": (45, 0.3, 240), "yield": (15, 0.3, 90)}
