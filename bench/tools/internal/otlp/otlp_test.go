package otlp

import (
	"bytes"
	"testing"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
)

// family is a root span with one child.
func family() ptrace.Traces {
	all := ptrace.NewTraces()
	spans := all.ResourceSpans().AppendEmpty().ScopeSpans().AppendEmpty().Spans()
	for i := range 2 {
		span := spans.AppendEmpty()
		span.SetName("a span")
		span.SetTraceID(pcommon.TraceID{1, 2, 3})
		span.SetSpanID(pcommon.SpanID{byte(i + 1)})
		span.SetParentSpanID(pcommon.SpanID{byte(i)})
		span.SetStartTimestamp(1)
	}
	return all
}

func TestRenewedRequestDiffersInIdsOnlyAndKeepsParents(t *testing.T) {
	request, _ := ptraceotlp.NewExportRequestFromTraces(family()).MarshalProto()
	before := bytes.Clone(request)
	template, err := NewTemplate(request)
	if err != nil {
		t.Fatal(err)
	}

	template.Renew()

	read := ptraceotlp.NewExportRequest()
	if err := read.UnmarshalProto(request); err != nil {
		t.Fatal(err)
	}
	spans := read.Traces().ResourceSpans().At(0).ScopeSpans().At(0).Spans()
	root, child := spans.At(0), spans.At(1)
	if root.TraceID() == (pcommon.TraceID{1, 2, 3}) || root.TraceID() != child.TraceID() {
		t.Errorf("trace ids %s and %s must be equal and new", root.TraceID(), child.TraceID())
	}
	if !root.ParentSpanID().IsEmpty() || child.ParentSpanID() != root.SpanID() {
		t.Errorf("child of %s has parent %s", root.SpanID(), child.ParentSpanID())
	}
	for i, original := range family().ResourceSpans().At(0).ScopeSpans().At(0).Spans().All() {
		span := spans.At(i)
		span.SetTraceID(original.TraceID())
		span.SetSpanID(original.SpanID())
		span.SetParentSpanID(original.ParentSpanID())
	}
	if restored, _ := read.MarshalProto(); !bytes.Equal(restored, before) {
		t.Error("something else than ids was changed")
	}
}

func TestStampIsReadBack(t *testing.T) {
	request, _ := ptraceotlp.NewExportRequestFromTraces(family()).MarshalProto()
	template, err := NewTemplate(request)
	if err != nil {
		t.Fatal(err)
	}
	sent := time.Unix(1_800_000_000, 123_456_789)

	template.Stamp(sent)

	if read, ok := Stamped(request); !ok || !read.Equal(sent) {
		t.Errorf("stamped %v, read %v", sent, read)
	}
}

func TestCountsSpansAndPoints(t *testing.T) {
	traces, _ := ptraceotlp.NewExportRequestFromTraces(family()).MarshalProto()
	if count, err := CountRecords(traces); count != 2 || err != nil {
		t.Errorf("2 spans count as %d, %v", count, err)
	}
	all := pmetric.NewMetrics()
	metrics := all.ResourceMetrics().AppendEmpty().ScopeMetrics().AppendEmpty().Metrics()
	metrics.AppendEmpty().SetEmptyGauge().DataPoints().AppendEmpty()
	metrics.AppendEmpty().SetEmptySum().DataPoints().AppendEmpty()
	metrics.AppendEmpty().SetEmptyHistogram().DataPoints().AppendEmpty()
	metrics.AppendEmpty().SetEmptyExponentialHistogram().DataPoints().AppendEmpty()
	metrics.AppendEmpty().SetEmptySummary().DataPoints().AppendEmpty()
	points, _ := pmetricotlp.NewExportRequestFromMetrics(all).MarshalProto()
	if count, err := CountPoints(points); count != 5 || err != nil {
		t.Errorf("5 points count as %d, %v", count, err)
	}
}

func TestCutRequestIsMalformed(t *testing.T) {
	request, _ := ptraceotlp.NewExportRequestFromTraces(family()).MarshalProto()
	if _, err := CountRecords(request[:len(request)-3]); err != ErrMalformed {
		t.Errorf("a cut request gives %v", err)
	}
}

func TestCountSamples(t *testing.T) {
	// Two series of version 1.0, one with two samples and a histogram, then one of version 2.0 with a sample, a histogram and an exemplar.
	series := []byte{1<<3 | 2, 6, 2<<3 | 2, 0, 2<<3 | 2, 0, 4<<3 | 2, 0, 1<<3 | 2, 2, 3<<3 | 2, 0, 5<<3 | 2, 6, 2<<3 | 2, 0, 3<<3 | 2, 0, 4<<3 | 2, 0}
	literal := append([]byte{byte(len(series)), byte(len(series)-1) << 2}, series...)
	if count, err := CountSamples(literal); err != nil || count != 5 {
		t.Errorf("%d samples, %v", count, err)
	}
	// The bytes 8 0 8 0 8 0: a literal of two and a copy of four from two before; varints of field 1, which are no series.
	if count, err := CountSamples([]byte{6, 1 << 2, 8, 0, 0<<2 | 1, 2}); err != nil || count != 0 {
		t.Errorf("%d samples, %v", count, err)
	}
	for _, bad := range [][]byte{{}, {6, 1 << 2, 8, 0}, {4, 0<<2 | 1, 2}, {200, 1, 61 << 2, 5}} {
		if _, err := CountSamples(bad); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}

func TestCountLines(t *testing.T) {
	// A stream with labels and two entries, and one of nothing but labels.
	streams := []byte{1<<3 | 2, 6, 1<<3 | 2, 0, 2<<3 | 2, 0, 2<<3 | 2, 0, 1<<3 | 2, 2, 1<<3 | 2, 0}
	literal := append([]byte{byte(len(streams)), byte(len(streams)-1) << 2}, streams...)
	if count, err := CountLines(literal); err != nil || count != 2 {
		t.Errorf("%d lines, %v", count, err)
	}
	if _, err := CountLines(literal[:5]); err == nil {
		t.Error("half a request was taken")
	}
}
