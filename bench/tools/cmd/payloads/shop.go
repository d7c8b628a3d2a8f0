package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/ptrace"
)

// A web shop of five services, told with the semantic conventions: the keys, and how long the values are, are what a Java agent
// sends. Times are fixed in the past.
const (
	resources = 5
	epoch     = 1_764_000_000_000_000_000
	second    = 1_000_000_000
)

var (
	random   = rand.New(rand.NewPCG(2026, 11))
	services = []string{"frontend", "cart", "checkout", "payment", "catalog"}
	methods  = []string{"GET", "POST", "PUT", "DELETE"}
	routes   = []string{
		"/api/products/{id}", "/api/cart", "/api/checkout", "/api/users/{id}/orders", "/healthz", "/api/recommendations",
	}
)

func resource(of pcommon.Resource, index int) {
	attributes := of.Attributes()
	attributes.PutStr("service.name", services[index])
	attributes.PutStr("service.version", fmt.Sprintf("1.14.%d", index))
	attributes.PutStr("service.instance.id", fmt.Sprintf("%08x-1c2d-4e5f-8a9b-%012x", random.Uint32(), random.Uint64()>>16))
	attributes.PutStr("host.name", fmt.Sprintf("node-%02d.prod.internal", index))
	attributes.PutStr("k8s.pod.name", fmt.Sprintf("%s-7c9f8d5b6-x2x%dz", services[index], index))
	attributes.PutStr("k8s.namespace.name", "shop")
	attributes.PutStr("deployment.environment.name", "production")
	attributes.PutStr("telemetry.sdk.language", "java")
	attributes.PutStr("telemetry.sdk.name", "opentelemetry")
	attributes.PutStr("telemetry.sdk.version", "1.44.1")
}

// traces has 20 traces of five spans, each the parent of the next; 3 % of the spans failed and tell the exception.
func traces() ptrace.Traces {
	all := ptrace.NewTraces()
	for r := range resources {
		of := all.ResourceSpans().AppendEmpty()
		resource(of.Resource(), r)
		scope := of.ScopeSpans().AppendEmpty()
		scope.Scope().SetName("io.opentelemetry.http-client")
		scope.Scope().SetVersion("2.10.0")
		var trace pcommon.TraceID
		var parent pcommon.SpanID
		for i := range 20 {
			if i%5 == 0 {
				trace, parent = traceID(), pcommon.SpanID{}
			}
			span := scope.Spans().AppendEmpty()
			span.SetTraceID(trace)
			span.SetSpanID(spanID())
			span.SetParentSpanID(parent)
			parent = span.SpanID()
			request(span, epoch+i*second/1000)
		}
	}
	return all
}

func request(span ptrace.Span, start int) {
	method, route, status := pick(methods), pick(routes), statusCode()
	span.SetName(method + " " + route)
	span.SetKind(ptrace.SpanKind(1 + random.IntN(3)))
	span.SetStartTimestamp(pcommon.Timestamp(start))
	// Durations are log-normal around 15 ms, as those of web requests are.
	end := start + int(math.Exp(16.5+1.2*random.NormFloat64()))
	span.SetEndTimestamp(pcommon.Timestamp(end))
	attributes := span.Attributes()
	attributes.PutStr("http.request.method", method)
	attributes.PutStr("http.route", route)
	attributes.PutInt("http.response.status_code", status)
	attributes.PutStr("url.path", fmt.Sprintf("%s/%d", route[:len(route)/2], random.IntN(1_000_000)))
	attributes.PutStr("url.scheme", "https")
	attributes.PutStr("server.address", "shop.example.com")
	attributes.PutInt("server.port", 443)
	attributes.PutStr("network.protocol.version", "1.1")
	attributes.PutStr("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0")
	attributes.PutStr("client.address", fmt.Sprintf("10.%d.%d.%d", random.IntN(256), random.IntN(256), random.IntN(256)))
	attributes.PutInt("thread.id", random.Int64N(200))
	if status == 500 {
		span.Status().SetCode(ptrace.StatusCodeError)
		span.Status().SetMessage("internal error")
		event := span.Events().AppendEmpty()
		event.SetName("exception")
		event.SetTimestamp(pcommon.Timestamp(end))
		event.Attributes().PutStr("exception.type", "java.lang.IllegalStateException")
		event.Attributes().PutStr("exception.message", "upstream failed")
	}
}

func logs() plog.Logs {
	all := plog.NewLogs()
	levels := []plog.SeverityNumber{
		plog.SeverityNumberDebug, plog.SeverityNumberInfo, plog.SeverityNumberInfo, plog.SeverityNumberWarn, plog.SeverityNumberError,
	}
	for r := range resources {
		of := all.ResourceLogs().AppendEmpty()
		resource(of.Resource(), r)
		scope := of.ScopeLogs().AppendEmpty()
		scope.Scope().SetName("com.shop.Checkout")
		for i := range 20 {
			record := scope.LogRecords().AppendEmpty()
			record.SetTimestamp(pcommon.Timestamp(epoch + i*1000))
			record.SetObservedTimestamp(pcommon.Timestamp(epoch + i*1000 + 500))
			record.SetSeverityNumber(pick(levels))
			record.SetSeverityText(record.SeverityNumber().String())
			record.Body().SetStr(fmt.Sprintf("order %d processed for customer %d in %d ms total=%.2f EUR items=%d",
				random.IntN(10_000_000), random.IntN(1_000_000), random.IntN(900), random.Float64()*500, random.IntN(20)))
			attributes := record.Attributes()
			attributes.PutStr("logger.name", "com.shop.checkout.OrderService")
			attributes.PutStr("thread.name", fmt.Sprintf("http-nio-8080-exec-%d", random.IntN(50)))
			attributes.PutInt("order.id", random.Int64N(10_000_000))
			attributes.PutStr("customer.tier", pick([]string{"gold", "silver", "bronze"}))
			attributes.PutStr("http.route", pick(routes))
			attributes.PutStr("code.function", "processOrder")
			attributes.PutInt("code.lineno", random.Int64N(500))
			record.SetTraceID(traceID())
			record.SetSpanID(spanID())
			record.SetFlags(plog.DefaultLogRecordFlags.WithIsSampled(true))
		}
	}
	return all
}

// metrics has, for each resource, a sum of 8 points, a gauge of 6 and a histogram of 6.
func metrics() pmetric.Metrics {
	all := pmetric.NewMetrics()
	for r := range resources {
		of := all.ResourceMetrics().AppendEmpty()
		resource(of.Resource(), r)
		scope := of.ScopeMetrics().AppendEmpty()
		scope.Scope().SetName("io.opentelemetry.runtime")
		sum(scope.Metrics().AppendEmpty())
		gauge(scope.Metrics().AppendEmpty())
		histogram(scope.Metrics().AppendEmpty())
	}
	return all
}

// series80 is as large as what a batch processor makes of 80 requests, with every series in it once: the same request again and
// again would be one series with many samples of one time.
func series80() pmetric.Metrics {
	all := pmetric.NewMetrics()
	for range 80 {
		metrics().ResourceMetrics().MoveAndAppendTo(all.ResourceMetrics())
	}
	return all
}

func sum(metric pmetric.Metric) {
	metric.SetName("http.server.request.count")
	metric.SetUnit("1")
	data := metric.SetEmptySum()
	data.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	data.SetIsMonotonic(true)
	for i := range 8 {
		point := data.DataPoints().AppendEmpty()
		point.SetStartTimestamp(epoch)
		point.SetTimestamp(epoch + 10*second)
		point.SetIntValue(random.Int64N(1_000_000))
		series(point.Attributes(), i)
	}
}

func gauge(metric pmetric.Metric) {
	metric.SetName("jvm.memory.used")
	metric.SetUnit("By")
	data := metric.SetEmptyGauge()
	for i := range 6 {
		point := data.DataPoints().AppendEmpty()
		point.SetTimestamp(epoch + 10*second)
		point.SetDoubleValue(random.Float64() * 1e9)
		point.Attributes().PutStr("jvm.memory.pool.name", fmt.Sprintf("pool-%d", i))
		point.Attributes().PutStr("jvm.memory.type", "heap")
	}
}

func histogram(metric pmetric.Metric) {
	metric.SetName("http.server.request.duration")
	metric.SetUnit("s")
	data := metric.SetEmptyHistogram()
	data.SetAggregationTemporality(pmetric.AggregationTemporalityCumulative)
	bounds := []float64{.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10}
	for i := range 6 {
		point := data.DataPoints().AppendEmpty()
		point.SetStartTimestamp(epoch)
		point.SetTimestamp(epoch + 10*second)
		point.ExplicitBounds().FromRaw(bounds)
		for range len(bounds) + 1 {
			count := random.Uint64N(1000)
			point.BucketCounts().Append(count)
			point.SetCount(point.Count() + count)
		}
		point.SetSum(random.Float64() * 1e4)
		point.SetMin(.001)
		point.SetMax(9.5)
		series(point.Attributes(), i)
	}
}

func series(attributes pcommon.Map, index int) {
	attributes.PutStr("http.request.method", methods[index%len(methods)])
	attributes.PutStr("http.route", routes[index%len(routes)])
	attributes.PutInt("http.response.status_code", int64(200+300*(index/len(routes))))
}

// statusCode fails 3 times in 100.
func statusCode() int64 {
	switch draw := random.IntN(100); {
	case draw < 85:
		return 200
	case draw < 93:
		return 201
	case draw < 97:
		return 404
	default:
		return 500
	}
}

func traceID() (id pcommon.TraceID) {
	fill(id[:])
	return id
}

func spanID() (id pcommon.SpanID) {
	fill(id[:])
	return id
}

func fill(id []byte) {
	for i := range id {
		id[i] = byte(random.Uint32())
	}
}

func pick[T any](from []T) T {
	return from[random.IntN(len(from))]
}
