package otlp

import (
	"slices"
	"time"
)

// Latencies are quantiles of observed durations, in milliseconds.
type Latencies struct {
	Count int     `json:"count"`
	P50   float64 `json:"p50_ms"`
	P99   float64 `json:"p99_ms"`
	Max   float64 `json:"max_ms"`
}

// Summarize sorts durations and reads their quantiles.
func Summarize(durations []time.Duration) Latencies {
	slices.Sort(durations)
	at := func(quantile float64) float64 {
		if len(durations) == 0 {
			return 0
		}
		return float64(durations[int(quantile*float64(len(durations)-1))].Microseconds()) / 1e3
	}
	return Latencies{Count: len(durations), P50: at(0.5), P99: at(0.99), Max: at(1)}
}
