package main

import (
	"fmt"
	"math"
	"math/rand"
	"strings"

	common "go.opentelemetry.io/proto/otlp/common/v1"
	logs "go.opentelemetry.io/proto/otlp/logs/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
)

// What spans are made of: each changes one that may have a trace id and has no tracestate.
var spanKinds = kindsOfSpans()

// The same for log records, which have none of the attributes that matter.
var recordKinds = kindsOfRecords()

func kindsOfSpans() []func(*rand.Rand, *trace.Span) {
	var kinds []func(*rand.Rand, *trace.Span)
	priorities := []*common.AnyValue{
		integer(0), integer(1), integer(-1), decimal(0), decimal(math.Copysign(0, -1)), decimal(0.5), decimal(-2), decimal(math.NaN()),
		boolean(true), {}, {Value: &common.AnyValue_BytesValue{BytesValue: []byte("1")}},
	}
	for _, number := range []string{
		"0", "1", "-1", "0.0", "1e-400", "1e400", "inf", "-Infinity", "nan", "1_000", "1__0", "0x1p-2", "0x_0p0", "0x1", " 1", "", "1d", "high", "٣", "1_", ".5", "0x.8p1f",
	} {
		priorities = append(priorities, text(number))
	}
	for _, priority := range priorities {
		kinds = append(kinds, func(_ *rand.Rand, span *trace.Span) {
			span.Attributes = append(span.Attributes, attributes("sampling.priority", priority)...)
		})
	}
	kinds = append(kinds, func(random *rand.Rand, span *trace.Span) {
		span.Attributes = attributes("sampling.priority", text("a"), "sampling.priority", integer(1))
		span.TraceState = "ot=th:" + threshold(random, span)
	})
	for _, state := range traceStates() {
		kinds = append(kinds, func(random *rand.Rand, span *trace.Span) { span.TraceState = state(random, span) })
	}
	return kinds
}

func traceStates() []func(*rand.Rand, *trace.Span) string {
	states := []func(*rand.Rand, *trace.Span) string{
		func(random *rand.Rand, span *trace.Span) string { return "ot=th:" + threshold(random, span) },
		func(random *rand.Rand, span *trace.Span) string { return "ot=rv:" + digits(random, 14) },
		func(random *rand.Rand, span *trace.Span) string {
			return "ot=rv:" + digits(random, 14) + ";th:" + digits(random, 4)
		},
		func(random *rand.Rand, span *trace.Span) string {
			return "a=b , ot=x:1;th:" + threshold(random, span) + ";y:;rv:" + digits(random, 14) + ",\tc@d=e f "
		},
		func(random *rand.Rand, span *trace.Span) string {
			return "ot=th:" + strings.ToUpper(threshold(random, span)) + ",ot=th:" + threshold(random, span)
		},
		func(random *rand.Rand, span *trace.Span) string { return "ot=th:0;th:" + threshold(random, span) },
		func(random *rand.Rand, span *trace.Span) string { return broken(random, span) },
		func(random *rand.Rand, span *trace.Span) string { return broken(random, span) },
	}
	for _, fixed := range []string{
		"ot=rv:FFFFFFFFFFFFFF", "ot=th:0", "ot=th:8000", "ot=th:", "ot=rv:", "ot=rv:123", "ot=th:123456789abcdef", "ot=th:xyz", "ot=rv:0000000000000g",
		"ot=th:xyz;rv:1;th:", "ot=xy:z,v=1", "ot=", "ot=;", "ot=th:8;", "ot=th8", "ot=TH:8", "ot=a:~", "a=1,,ot=th:c,", " , ", "a=b", "a=b,ot=th:.",
		"1a@b=c,ot=th:4", "1a=c", "@b=c", "a@=c", "a@1=c", "a@b@c=d", "A=b", "a b=c", "=c", "a=", "a", "a=b=c", "a=\x7f", "a=é", "a=b\tc",
	} {
		states = append(states, func(*rand.Rand, *trace.Span) string { return fixed })
	}
	return append(states, limits()...)
}

// limits are at and behind every limit there is.
func limits() []func(*rand.Rand, *trace.Span) string {
	var states []func(*rand.Rand, *trace.Span) string
	for _, fixed := range []string{
		members(30) + ",ot=th:4", members(31) + ",ot=th:4", "ot=th:4," + members(31), strings.Repeat(",", 30) + "ot=th:4", strings.Repeat(",", 31) + "ot=th:4",
		strings.Repeat("k", 256) + "=v,ot=th:4", strings.Repeat("k", 257) + "=v,ot=th:4",
		strings.Repeat("k", 241) + "@s=v", strings.Repeat("k", 242) + "@s=v,ot=th:4", "t@" + strings.Repeat("s", 14) + "=v", "t@" + strings.Repeat("s", 15) + "=v,ot=th:x",
		"k=" + strings.Repeat("v", 256), "k=" + strings.Repeat("v", 257), "ot=x:" + strings.Repeat("v", 254), "ot=" + strings.Repeat("a:;", 85) + "b",
		"ot=" + strings.Repeat("a:;", 84) + "b:", "ot=th:4" + strings.Repeat(" ", 1017), "ot=th:4" + strings.Repeat(" ", 1018),
	} {
		states = append(states, func(*rand.Rand, *trace.Span) string { return fixed })
	}
	return states
}

func members(count int) string {
	list := make([]string, count)
	for i := range list {
		list[i] = fmt.Sprintf("k%d=v", i)
	}
	return strings.Join(list, ",")
}

// broken is a tracestate with a byte or two changed.
func broken(random *rand.Rand, span *trace.Span) string {
	state := []byte("ab=cd,ot=rv:" + digits(random, 14) + ";th:" + threshold(random, span) + ";ef:gh,ij@kl=m")
	const odd = " \t,;=:@_-*/azAZ09.~\x01"
	for range 1 + random.Intn(2) {
		at := random.Intn(len(state))
		switch random.Intn(3) {
		case 0:
			state[at] = odd[random.Intn(len(odd))]
		case 1:
			state = append(state[:at], state[at+1:]...)
		default:
			state = append(state[:at], append([]byte{odd[random.Intn(len(odd))]}, state[at:]...)...)
		}
	}
	return string(state)
}

func kindsOfRecords() []func(*rand.Rand, *logs.LogRecord) {
	var kinds []func(*rand.Rand, *logs.LogRecord)
	with := func(pairs ...any) {
		kinds = append(kinds, func(random *rand.Rand, record *logs.LogRecord) {
			record.Attributes = append(record.Attributes, attributes(pairs...)...)
		})
	}
	for _, value := range []*common.AnyValue{
		text("a string"), text(""), text("é😀"), integer(-7), integer(0), decimal(0.1), decimal(1e21), decimal(math.Inf(1)), boolean(true), {},
		{Value: &common.AnyValue_BytesValue{BytesValue: []byte{1, 2, 0xff}}}, {Value: &common.AnyValue_BytesValue{}},
		{Value: &common.AnyValue_ArrayValue{ArrayValue: &common.ArrayValue{Values: []*common.AnyValue{text("x"), integer(1), {}}}}},
		{Value: &common.AnyValue_KvlistValue{KvlistValue: &common.KeyValueList{Values: attributes("z", text("<&>"), "a", decimal(2.5))}}},
		integer(50), decimal(33.3), decimal(100), decimal(101), decimal(-1), decimal(1e-20), decimal(math.NaN()), integer(100), text("50"),
	} {
		with("foo", value)
		with("bar", value)
		kinds = append(kinds, func(_ *rand.Rand, record *logs.LogRecord) {
			record.TraceId = nil
			record.Attributes = append(record.Attributes, attributes("foo", value, "bar", integer(50))...)
		})
	}
	for _, value := range []*common.AnyValue{
		text("0"), text("8"), text("C0"), text("c000"), text("fffffffffffffe"), text("123456789abcdef"), text("x\"\n\u2028"), text(""), integer(4), {},
	} {
		with("sampling.threshold", value)
		with("sampling.threshold", value, "a", text("b"), "bar", integer(50))
		with("sampling.threshold", value, "sampling.threshold", text("1"), "a", text("b"), "c", text("d"))
		with("a", text("b"), "sampling.threshold", value, "sampling.randomness", text("0123456789abcd"), "c", text("d"))
	}
	for _, value := range []*common.AnyValue{
		text("00000000000000"), text("FFFFFFFFFFFFFF"), text("123"), text("0000000000000+"), text("\x00\x7fé😀\u200b\u00a0\\a\t\r\v"), text(""), integer(50), {},
	} {
		with("sampling.randomness", value)
		with("sampling.randomness", value, "a", text("b"), "sampling.threshold", text("zz"), "bar", decimal(20))
	}
	return append(kinds,
		func(random *rand.Rand, record *logs.LogRecord) {
			record.Attributes = append(record.Attributes, attributes("sampling.threshold", text(digits(random, 1+random.Intn(14))))...)
		},
		func(random *rand.Rand, record *logs.LogRecord) {
			record.Attributes = append(record.Attributes, attributes("foo", text(digits(random, 14)))...)
		})
}

// threshold is about what the trace id reaches, so that as many are consistent as are not; of any length.
func threshold(random *rand.Rand, span *trace.Span) string {
	reached := digits(random, 14)
	if len(span.TraceId) == 16 {
		reached = fmt.Sprintf("%x", span.TraceId[9:])
	}
	switch random.Intn(3) {
	case 0:
		return reached[:1+random.Intn(14)]
	case 1:
		return "0" + reached[:random.Intn(14)]
	}
	return digits(random, 1+random.Intn(14))
}

func digits(random *rand.Rand, count int) string {
	made := make([]byte, count)
	for i := range made {
		made[i] = "0123456789abcdef"[random.Intn(16)]
	}
	return string(made)
}

func attributes(pairs ...any) []*common.KeyValue {
	var list []*common.KeyValue
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, &common.KeyValue{Key: pairs[i].(string), Value: pairs[i+1].(*common.AnyValue)})
	}
	return list
}

func text(value string) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_StringValue{StringValue: value}}
}

func integer(value int64) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_IntValue{IntValue: value}}
}

func decimal(value float64) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_DoubleValue{DoubleValue: value}}
}

func boolean(value bool) *common.AnyValue {
	return &common.AnyValue{Value: &common.AnyValue_BoolValue{BoolValue: value}}
}
