package dev.sluice.otlp.text;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.EventsView;
import dev.sluice.otlp.view.LinksView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SpanView;

/** The form of {@code verbosity: detailed}; the layout is that of the Collector's otlptext package. */
final class DetailedText {
    private final Lines lines = new Lines();
    private final SpanView span = new SpanView();
    private final LogRecordView record = new LogRecordView();
    private final MetricView metric = new MetricView();
    private final PointLines points = new PointLines(lines);

    String of(Signal signal, Bytes request) {
        Containers.walk(request, new Containers.Printer() {
            @Override
            public void resource(int number, ResourceView resource) {
                lines.resource(
                        switch (signal) {
                            case TRACES -> "ResourceSpans";
                            case METRICS -> "ResourceMetrics";
                            case LOGS -> "ResourceLog";
                        },
                        number,
                        resource);
            }

            @Override
            public void scope(int number, ScopeView scope) {
                lines.scope(
                        switch (signal) {
                            case TRACES -> "ScopeSpans";
                            case METRICS -> "ScopeMetrics";
                            case LOGS -> "ScopeLogs";
                        },
                        number,
                        scope);
            }

            @Override
            public void item(int number, byte[] array, int start, int end) {
                switch (signal) {
                    case TRACES -> {
                        span.reset(array, start, end);
                        span(number);
                    }
                    case METRICS -> {
                        metric.reset(array, start, end);
                        metric(number);
                    }
                    case LOGS -> {
                        record.reset(array, start, end);
                        record(number);
                    }
                }
            }
        });
        return lines.toString();
    }

    private void span(int number) {
        lines.line("Span #" + number);
        lines.column("Trace ID", Names.id(span.traceId()));
        lines.column("Parent ID", Names.id(span.parentSpanId()));
        lines.column("ID", Names.id(span.spanId()));
        lines.column("Name", span.name());
        lines.column("Kind", Names.spanKind(span.kind()));
        if (span.traceStateLength() > 0) {
            lines.column("TraceState", span.traceState());
        }
        lines.column("Start time", Names.time(span.startTime()));
        lines.column("End time", Names.time(span.endTime()));
        lines.column("Status code", Names.statusCode(span.statusCode()));
        lines.column("Status message", span.statusMessage());
        lines.column("DroppedAttributesCount", Long.toString(span.droppedAttributesCount()));
        lines.column("DroppedEventsCount", Long.toString(span.droppedEventsCount()));
        lines.column("DroppedLinksCount", Long.toString(span.droppedLinksCount()));
        lines.attributes("Attributes", span.attributes());
        events(span.events());
        links(span.links());
    }

    private void events(EventsView events) {
        for (int i = 0; events.next(); i++) {
            if (i == 0) {
                lines.line("Events:");
            }
            lines.line("SpanEvent #" + i);
            lines.line("     -> Name: " + events.name());
            lines.line("     -> Timestamp: " + Names.time(events.time()));
            lines.line("     -> DroppedAttributesCount: " + events.droppedAttributesCount());
            // The colon is doubled there as well.
            lines.nestedAttributes("Attributes:", events.attributes());
        }
    }

    private void links(LinksView links) {
        for (int i = 0; links.next(); i++) {
            if (i == 0) {
                lines.line("Links:");
            }
            lines.line("SpanLink #" + i);
            lines.line("     -> Trace ID: " + Names.id(links.traceId()));
            lines.line("     -> ID: " + Names.id(links.spanId()));
            lines.line("     -> TraceState: " + links.traceState());
            lines.line("     -> DroppedAttributesCount: " + links.droppedAttributesCount());
            lines.nestedAttributes("Attributes:", links.attributes());
        }
    }

    private void record(int number) {
        lines.line("LogRecord #" + number);
        lines.line("ObservedTimestamp: " + Names.time(record.observedTime()));
        lines.line("Timestamp: " + Names.time(record.time()));
        lines.line("SeverityText: " + record.severityText());
        lines.line("SeverityNumber: " + Names.severity(record.severityNumber()) + "(" + record.severityNumber() + ")");
        String event = record.eventName();
        if (!event.isEmpty()) {
            lines.line("EventName: " + event);
        }
        lines.line("Body: " + Names.value(record.body()));
        lines.attributes("Attributes", record.attributes());
        lines.line("Trace ID: " + Names.id(record.traceId()));
        lines.line("Span ID: " + Names.id(record.spanId()));
        lines.line("Flags: " + Integer.toUnsignedString(record.flags()));
    }

    private void metric(int number) {
        lines.line("Metric #" + number);
        lines.line("Descriptor:");
        lines.line("     -> Name: " + metric.name());
        lines.line("     -> Description: " + metric.description());
        lines.line("     -> Unit: " + metric.unit());
        lines.line("     -> DataType: " + Names.metric(metric.kind()));
        lines.nestedAttributes("Metadata", metric.metadata());
        switch (metric.kind()) {
            case SUM -> {
                lines.line("     -> IsMonotonic: " + metric.isMonotonic());
                lines.line("     -> AggregationTemporality: " + Names.temporality(metric.temporality()));
            }
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM ->
                lines.line("     -> AggregationTemporality: " + Names.temporality(metric.temporality()));
            case EMPTY, GAUGE, SUMMARY -> {}
        }
        points.print(metric.points());
    }
}
