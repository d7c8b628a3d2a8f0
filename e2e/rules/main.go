// Command rules evaluates rule files over given samples with Prometheus' own rule groups, engine and TSDB, and prints what came of every
// step. Sluice's side of the comparison is PrometheusComparisonTest.
//
//	rules -series FILE -steps N -step 15s -first 7s [-cost] RULES…
//
// FILE is a load command of promqltest. With -cost it prints the CPU seconds that the evaluations alone have taken, those of the last half of the
// steps. Else, for each step it prints a line "T <ms>", then a line for each alert and for each sample that the
// rules have written, fields separated by tabs; numbers are the bits of a float64 in hexadecimal.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/rules"
)

var (
	series = flag.String("series", "", "file with a load command")
	steps  = flag.Int("steps", 1, "number of evaluations")
	step   = flag.Duration("step", 15*time.Second, "time between evaluations")
	first  = flag.Duration("first", 0, "time of the first evaluation")
	cost   = flag.Bool("cost", false, "print only what the evaluations cost")
)

func main() {
	flag.Parse()
	if err := run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(files []string) error {
	load, err := os.ReadFile(*series)
	if err != nil {
		return err
	}
	samples, err := promqltest.NewLazyLoader(string(load), promqltest.LazyLoaderOpts{
		EnableAtModifier: true, EnableNegativeOffset: true})
	if err != nil {
		return err
	}
	defer samples.Close()
	samples.SubqueryInterval = time.Minute // a server's, where its evaluation_interval is the default
	manager := rules.NewManager(&rules.ManagerOptions{
		QueryFunc:    rules.EngineQueryFunc(samples.QueryEngine(), samples.Storage()),
		AppendableV2: samples.Storage(),
		Context:      context.Background(),
		NotifyFunc:   func(context.Context, string, ...*rules.Alert) {},
		Logger:       promslog.NewNopLogger(),
		Parser:       parser.NewParser(parser.Options{}),
	})
	byKey, errs := manager.LoadGroups(*step, labels.EmptyLabels(), "", nil, false, files...)
	if errs != nil {
		return fmt.Errorf("rules: %v", errs)
	}
	groups := make([]*rules.Group, 0, len(byKey))
	for _, group := range byKey {
		groups = append(groups, group)
		for _, rule := range group.AlertingRules() {
			rule.SetRestored(true) // else ALERTS_FOR_STATE is not written
		}
	}
	slices.SortFunc(groups, func(a, b *rules.Group) int { return strings.Compare(a.Name(), b.Name()) })

	if *cost {
		return measure(samples, groups)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	return each(samples, func(i int, at time.Time) error {
		fmt.Fprintf(out, "T\t%d\n", at.UnixMilli())
		for _, group := range groups {
			group.Eval(samples.Context(), at)
			print(out, group)
		}
		return written(out, samples, at)
	})
}

// each does the work of every step, with the samples that there are by then.
func each(samples *promqltest.LazyLoader, work func(i int, at time.Time) error) error {
	for i := range *steps {
		at := time.UnixMilli(first.Milliseconds() + int64(i)*step.Milliseconds()).UTC()
		var failure error
		samples.WithSamplesTill(at, func(err error) {
			if failure = err; err == nil {
				failure = work(i, at)
			}
		})
		if failure != nil {
			return failure
		}
	}
	return nil
}

func measure(samples *promqltest.LazyLoader, groups []*rules.Group) error {
	var spent time.Duration
	alerts := 0
	err := each(samples, func(i int, at time.Time) error {
		before := cpu()
		for _, group := range groups {
			group.Eval(samples.Context(), at)
		}
		if i >= *steps/2 {
			spent += cpu() - before
		}
		return nil
	})
	for _, group := range groups {
		for _, rule := range group.AlertingRules() {
			alerts += rule.ActiveAlertsCount()
		}
	}
	fmt.Printf("%.3f %d\n", spent.Seconds(), alerts)
	return err
}

// cpu is what this process has used, its collector of garbage included.
func cpu() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// print writes the alerts of a group, and the rules that failed.
func print(out *bufio.Writer, group *rules.Group) {
	for _, rule := range group.Rules() {
		if rule.LastError() != nil {
			fmt.Fprintf(out, "E\t%s\t%s\n", group.Name(), rule.Name())
		}
		alerting, ok := rule.(*rules.AlertingRule)
		if !ok {
			continue
		}
		alerting.ForEachActiveAlert(func(alert *rules.Alert) {
			fmt.Fprintf(out, "A\t%s\t%s\t%s\t%s\t%x\t%d\t%d\t%d\t%d\n", group.Name(), alert.Labels, alert.Annotations, alert.State,
				math.Float64bits(alert.Value), millis(alert.ActiveAt), millis(alert.FiredAt), millis(alert.ResolvedAt), millis(alert.KeepFiringSince))
		})
	}
}

// written writes the samples of this moment that the rules have made: ALERTS, ALERTS_FOR_STATE and recorded series, which have a colon.
func written(out *bufio.Writer, samples *promqltest.LazyLoader, at time.Time) error {
	query := rules.EngineQueryFunc(samples.QueryEngine(), samples.Storage())
	vector, err := query(samples.Context(), `{__name__=~"ALERTS.*|.*:.*"}`, at)
	if err != nil {
		return err
	}
	for _, sample := range vector {
		if sample.H != nil {
			fmt.Fprintf(out, "S\t%s\t%s\n", sample.Metric, sample.H)
		} else {
			fmt.Fprintf(out, "S\t%s\t%x\n", sample.Metric, math.Float64bits(sample.F))
		}
	}
	return nil
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
