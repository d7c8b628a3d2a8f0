package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"sort"
	"strings"

	sampler "github.com/open-telemetry/opentelemetry-collector-contrib/processor/probabilisticsamplerprocessor"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/consumer"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func encode(bytes []byte) string { return base64.StdEncoding.EncodeToString(bytes) }

// run prints what a processor of the configuration makes of the requests, what it counts and what it logs.
func run(out io.Writer, signal string, config map[string]any, inputs [][]byte) error {
	fmt.Fprintf(out, "config %s %s\n", signal, describe(config))
	factory := sampler.NewFactory()
	cfg := factory.CreateDefaultConfig().(*sampler.Config)
	if err := confmap.NewFromStringMap(config).Unmarshal(cfg); err != nil {
		return err
	}
	if err := cfg.Validate(); err != nil {
		return err
	}
	reader := metric.NewManualReader()
	lines := &lineCounter{counts: map[string]int{}}
	settings := processor.Settings{
		ID: component.NewID(factory.Type()),
		TelemetrySettings: component.TelemetrySettings{
			Logger:         zap.New(lines),
			TracerProvider: noop.NewTracerProvider(),
			MeterProvider:  metric.NewMeterProvider(metric.WithReader(reader)),
			Resource:       pcommon.NewResource(),
		},
	}
	process, err := processing(signal, factory, settings, cfg)
	if err != nil {
		return err
	}
	for _, input := range inputs {
		passed, err := process(input)
		if err != nil {
			return err
		}
		if passed == nil {
			fmt.Fprintln(out, "output -")
		} else {
			fmt.Fprintf(out, "output %s\n", encode(passed))
		}
	}
	if err := printCounts(out, reader); err != nil {
		return err
	}
	printSorted(out, lines.counts)
	fmt.Fprintln(out, "end")
	return nil
}

// processing returns what runs one request through the processor: nil comes back if nothing was passed on.
func processing(signal string, factory processor.Factory, settings processor.Settings, cfg component.Config) (func([]byte) ([]byte, error), error) {
	ctx := context.Background()
	var passed []byte
	if signal == "traces" {
		next, err := consumer.NewTraces(func(_ context.Context, td ptrace.Traces) (err error) {
			passed, err = (&ptrace.ProtoMarshaler{}).MarshalTraces(td)
			return err
		})
		if err != nil {
			return nil, err
		}
		traces, err := factory.CreateTraces(ctx, settings, cfg, next)
		if err != nil {
			return nil, err
		}
		return func(input []byte) ([]byte, error) {
			passed = nil
			td, err := (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(input)
			if err != nil {
				return nil, err
			}
			err = traces.ConsumeTraces(ctx, td)
			return passed, err
		}, nil
	}
	next, err := consumer.NewLogs(func(_ context.Context, ld plog.Logs) (err error) {
		passed, err = (&plog.ProtoMarshaler{}).MarshalLogs(ld)
		return err
	})
	if err != nil {
		return nil, err
	}
	logs, err := factory.CreateLogs(ctx, settings, cfg, next)
	if err != nil {
		return nil, err
	}
	return func(input []byte) ([]byte, error) {
		passed = nil
		ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(input)
		if err != nil {
			return nil, err
		}
		err = logs.ConsumeLogs(ctx, ld)
		return passed, err
	}, nil
}

func printCounts(out io.Writer, reader *metric.ManualReader) error {
	var all metricdata.ResourceMetrics
	if err := reader.Collect(context.Background(), &all); err != nil {
		return err
	}
	counts := map[string]int{}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			sum, ok := m.Data.(metricdata.Sum[int64])
			if !ok || !strings.HasPrefix(m.Name, "otelcol_processor_probabilistic_sampler_") {
				continue
			}
			for _, point := range sum.DataPoints {
				policy, _ := point.Attributes.Value(attribute.Key("policy"))
				sampled, _ := point.Attributes.Value(attribute.Key("sampled"))
				name := strings.TrimPrefix(m.Name, "otelcol_")
				counts[fmt.Sprintf("count %s %s %s", name, policy.AsString(), sampled.AsString())] = int(point.Value)
			}
		}
	}
	printSorted(out, counts)
	return nil
}

func printSorted(out io.Writer, counts map[string]int) {
	lines := make([]string, 0, len(counts))
	for line, count := range counts {
		lines = append(lines, fmt.Sprintf("%s %d", line, count))
	}
	sort.Strings(lines)
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
}

func describe(config map[string]any) string {
	var parts []string
	for key, value := range config {
		parts = append(parts, fmt.Sprintf("%s=%v", key, value))
	}
	sort.Strings(parts)
	return strings.Join(parts, ";")
}

// lineCounter is a log that counts equal lines.
type lineCounter struct {
	zapcore.LevelEnabler
	counts map[string]int
}

func (c *lineCounter) Enabled(zapcore.Level) bool        { return true }
func (c *lineCounter) With([]zapcore.Field) zapcore.Core { return c }
func (c *lineCounter) Sync() error                       { return nil }

func (c *lineCounter) Check(entry zapcore.Entry, checked *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	return checked.AddCore(entry, c)
}

func (c *lineCounter) Write(entry zapcore.Entry, fields []zapcore.Field) error {
	text := ""
	for _, field := range fields {
		if err, ok := field.Interface.(error); ok {
			text = err.Error()
		}
	}
	c.counts[fmt.Sprintf("log %s %s", entry.Level, encode([]byte(entry.Message+": "+text)))]++
	return nil
}
