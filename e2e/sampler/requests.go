package main

import (
	"math/rand"

	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/ptrace"
	collogs "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	coltrace "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	logs "go.opentelemetry.io/proto/otlp/logs/v1"
	resource "go.opentelemetry.io/proto/otlp/resource/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

const (
	itemsOfARequest = 1000
	plain           = -1
)

// requests are of spans or log records, in resources and scopes of different sizes, some of them empty.
func requests(signal string, random *rand.Rand, items int, golden bool) [][]byte {
	var made [][]byte
	if golden {
		items = len(spanKinds)
		if signal == "logs" {
			items = len(recordKinds)
		}
	}
	// One of each kind in turn; or any, and every other one plain.
	kind := func(i, kinds int) int {
		switch {
		case golden:
			return i
		case random.Intn(2) == 0:
			return plain
		}
		return random.Intn(kinds)
	}
	for i := 0; i < items; {
		size := min(itemsOfARequest, items-i)
		var message proto.Message
		if signal == "traces" {
			spans := make([]*trace.Span, size)
			for j := range spans {
				spans[j] = span(random, kind(i+j, len(spanKinds)), golden)
			}
			message = &coltrace.ExportTraceServiceRequest{ResourceSpans: resourceSpans(random, spans)}
		} else {
			records := make([]*logs.LogRecord, size)
			for j := range records {
				records[j] = record(random, kind(i+j, len(recordKinds)), golden)
			}
			message = &collogs.ExportLogsServiceRequest{ResourceLogs: resourceLogs(random, records)}
		}
		made = append(made, collectorForm(signal, message))
		i += size
	}
	return append(made, nil)
}

// collectorForm is the request as the Collector writes it, with an empty status and so on, so that what is unchanged is equal.
func collectorForm(signal string, message proto.Message) []byte {
	bytes, err := proto.Marshal(message)
	if err == nil {
		bytes, err = rewrite(signal, bytes)
	}
	if err != nil {
		panic(err)
	}
	return bytes
}

func rewrite(signal string, request []byte) ([]byte, error) {
	if signal == "traces" {
		td, err := (&ptrace.ProtoUnmarshaler{}).UnmarshalTraces(request)
		if err != nil {
			return nil, err
		}
		return (&ptrace.ProtoMarshaler{}).MarshalTraces(td)
	}
	ld, err := (&plog.ProtoUnmarshaler{}).UnmarshalLogs(request)
	if err != nil {
		return nil, err
	}
	return (&plog.ProtoMarshaler{}).MarshalLogs(ld)
}

func resourceSpans(random *rand.Rand, spans []*trace.Span) []*trace.ResourceSpans {
	var resources []*trace.ResourceSpans
	for len(spans) > 0 {
		made := &trace.ResourceSpans{Resource: &resource.Resource{Attributes: attributes("service.name", text("shop"))}, SchemaUrl: "https://a.b/1"}
		for scopes := random.Intn(4); scopes > 0; scopes-- {
			take := min(random.Intn(5)*random.Intn(5), len(spans))
			made.ScopeSpans = append(made.ScopeSpans, &trace.ScopeSpans{Scope: &common.InstrumentationScope{Name: "scope"}, Spans: spans[:take]})
			spans = spans[take:]
		}
		resources = append(resources, made)
	}
	return resources
}

func resourceLogs(random *rand.Rand, records []*logs.LogRecord) []*logs.ResourceLogs {
	var resources []*logs.ResourceLogs
	for len(records) > 0 {
		made := &logs.ResourceLogs{Resource: &resource.Resource{Attributes: attributes("service.name", text("shop"))}, SchemaUrl: "https://a.b/1"}
		for scopes := random.Intn(4); scopes > 0; scopes-- {
			take := min(random.Intn(5)*random.Intn(5), len(records))
			made.ScopeLogs = append(made.ScopeLogs, &logs.ScopeLogs{Scope: &common.InstrumentationScope{Name: "scope"}, LogRecords: records[:take]})
			records = records[take:]
		}
		resources = append(resources, made)
	}
	return resources
}

func span(random *rand.Rand, kind int, golden bool) *trace.Span {
	made := &trace.Span{TraceId: traceID(random, golden)}
	if !golden {
		made.SpanId = made.TraceId[:min(8, len(made.TraceId))]
		made.Name = "GET /checkout"
		made.Kind = trace.Span_SPAN_KIND_SERVER
		made.StartTimeUnixNano = 1_700_000_000_000_000_000
		made.EndTimeUnixNano = 1_700_000_000_001_000_000
		made.Attributes = attributes("http.request.method", text("GET"), "http.response.status_code", integer(200))
		made.Status = &trace.Status{Message: "fine"}
		made.Flags = 0x101
	}
	if kind != plain {
		spanKinds[kind](random, made)
	}
	return made
}

func record(random *rand.Rand, kind int, golden bool) *logs.LogRecord {
	made := &logs.LogRecord{TraceId: traceID(random, golden)}
	if !golden {
		made.TimeUnixNano = 1_700_000_000_000_000_000
		made.Body = text("checkout done")
		made.SeverityNumber = logs.SeverityNumber_SEVERITY_NUMBER_INFO
		made.Attributes = attributes("http.request.method", text("GET"), "http.response.status_code", integer(200))
	}
	if kind != plain {
		recordKinds[kind](random, made)
	}
	if !golden && random.Intn(2) == 0 {
		made.Attributes = append(made.Attributes, attributes("last", text("one"))...)
	}
	return made
}

// traceID is missing, or all zeros, in a few of a hundred.
func traceID(random *rand.Rand, golden bool) []byte {
	id := make([]byte, 16)
	dice := random.Intn(100)
	switch {
	case dice == 0 && !golden:
		return nil
	case dice == 1 && !golden:
		return id
	}
	random.Read(id)
	return id
}
