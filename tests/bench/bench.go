// zh: newproc_bench 的孪生：同样的行，同样的命令行，同样的输出。
// en: newproc_bench's twin: the same rows, the same command line, the same output.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

const batchSize = 1000

type result map[string]float64

type row struct {
	measure    func(iterations int64) result
	iterations int64
}

var rows = map[string]row{
	"spawn":       {spawn, 1000},
	"yield":       {yield, 1000000},
	"tree":        {tree, 19},
	"parked":      {parked, 1000},
	"wake_idle":   {wakeIdle, 200},
	"wake_active": {wakeActive, 2000},
	"idle_cpu":    {idleCPU, 1000},
}

var (
	base    = time.Now()
	done    int64
	runs    int64
	arrived int64
)

func now() int64 { return int64(time.Since(base)) }

func per(ns, count int64) float64 { return float64(ns) / float64(count) }

func runBatch(size int64) {
	target := atomic.LoadInt64(&done) + size
	for i := int64(0); i < size; i++ {
		go func() { atomic.AddInt64(&done, 1) }()
	}
	for atomic.LoadInt64(&done) != target {
		runtime.Gosched()
	}
}

func spawn(batches int64) result {
	for i := 0; i < 20; i++ {
		runBatch(batchSize)
	}
	start := now()
	for i := int64(0); i < batches; i++ {
		runBatch(batchSize)
	}
	return result{"ns": per(now()-start, batches*batchSize)}
}

func yield(times int64) result {
	var begun, ended int32
	go func() {
		atomic.StoreInt32(&begun, 1)
		for i := int64(0); i < times; i++ {
			runtime.Gosched()
		}
		atomic.StoreInt32(&ended, 1)
	}()
	for atomic.LoadInt32(&begun) == 0 {
		runtime.Gosched()
	}
	start := now()
	for i := int64(0); i < times; i++ {
		runtime.Gosched()
	}
	for atomic.LoadInt32(&ended) == 0 {
		runtime.Gosched()
	}
	return result{"ns": per(now()-start, 2*times)}
}

func node(depth int64) {
	if depth == 0 {
		atomic.AddInt64(&done, 1)
		return
	}
	go node(depth - 1)
	go node(depth - 1)
}

func tree(depth int64) result {
	leaves := int64(1) << depth
	start := now()
	go node(depth)
	for atomic.LoadInt64(&done) != leaves {
		runtime.Gosched()
	}
	return result{"ns": per(now()-start, 2*leaves-1)}
}

func residentBytes() int64 {
	var size, resident int64
	text, _ := os.ReadFile("/proc/self/statm")
	fmt.Sscan(string(text), &size, &resident)
	return resident * int64(os.Getpagesize())
}

// zh: 有 goroutine 插进来的那一块不计时；见 spawn.cpp。
// en: A block into which goroutines broke is not timed; see spawn.cpp.
func parked(blocks int64) result {
	const blockSize = 100
	var timed, ns int64
	before := residentBytes()
	for block := int64(0); block < blocks; block++ {
		runsBefore, start := atomic.LoadInt64(&runs), now()
		for i := 0; i < blockSize; i++ {
			go func() {
				for {
					atomic.AddInt64(&runs, 1)
					runtime.Gosched()
				}
			}()
		}
		if atomic.LoadInt64(&runs) != runsBefore {
			continue
		}
		ns += now() - start
		timed += blockSize
	}
	measured := result{"bytes": per(residentBytes()-before, blocks*blockSize)}
	if timed > 0 {
		measured["ns"] = per(ns, timed)
	}
	return measured
}

func wake() int64 {
	atomic.StoreInt64(&arrived, 0)
	start := now()
	go func() { atomic.StoreInt64(&arrived, now()) }()
	for atomic.LoadInt64(&arrived) == 0 {
	}
	return atomic.LoadInt64(&arrived) - start
}

func spinUntil(when int64) {
	for now() < when {
	}
}

func median(values []int64) float64 {
	sort.Slice(values, func(i, j int) bool { return values[i] < values[j] })
	return float64(values[len(values)/2])
}

func wakeIdle(times int64) result {
	var took []int64
	for i := int64(0); i <= times; i++ {
		spinUntil(now() + 1500000)
		ns := wake()
		if i > 0 {
			took = append(took, ns)
		}
	}
	return result{"ns": median(took)}
}

func wakeActive(times int64) result {
	var took []int64
	wake()
	for i := int64(0); i < times; i++ {
		spinUntil(atomic.LoadInt64(&arrived) + 5000*(1+i%4))
		took = append(took, wake())
	}
	return result{"ns": median(took)}
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func idleCPU(milliseconds int64) result {
	const sleepers = 100
	pause := time.Duration(milliseconds) * time.Millisecond
	for i := 0; i < 10; i++ {
		runBatch(batchSize)
	}
	var asleep int32
	for i := 0; i < sleepers; i++ {
		go func() {
			atomic.AddInt32(&asleep, 1)
			time.Sleep(2 * pause)
		}()
	}
	for atomic.LoadInt32(&asleep) != sleepers {
		runtime.Gosched()
	}
	cpu, start := cpuSeconds(), now()
	time.Sleep(pause)
	wallSeconds := float64(now()-start) / 1e9
	return result{"percent": 100 * (cpuSeconds() - cpu) / wallSeconds}
}

func usage() {
	fmt.Fprintln(os.Stderr, "用法：go_bench 行 P数 [次数]\nusage: go_bench ROW PROCS [ITERATIONS]")
	os.Exit(2)
}

func positive(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < 0 {
		return 0
	}
	return value
}

func main() {
	if len(os.Args) != 3 && len(os.Args) != 4 {
		usage()
	}
	r, known := rows[os.Args[1]]
	procs := positive(os.Args[2])
	iterations := r.iterations
	if len(os.Args) == 4 {
		iterations = positive(os.Args[3])
	}
	if !known || procs == 0 || iterations == 0 {
		usage()
	}
	runtime.GOMAXPROCS(int(procs))
	measured := r.measure(iterations)
	fmt.Printf("{\"row\": %q, \"procs\": %d", os.Args[1], procs)
	for _, key := range []string{"ns", "bytes", "percent"} {
		if value, ok := measured[key]; ok {
			fmt.Printf(", %q: %.4g", key, value)
		}
	}
	fmt.Println("}")
}
