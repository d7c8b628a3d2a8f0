package dev.sluice.exporters.loki;

import dev.sluice.api.Clock;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters;
import dev.sluice.api.Telemetry;
import dev.sluice.exporters.loki.AttributePath.Owner;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.LogsView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SpanView;
import dev.sluice.otlp.view.TracesView;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a batch as push requests, off the wire. For one loop. */
final class PushWriter {
    private static final int TIMESTAMP = 1;
    private static final int LINE = 2;

    private static final int USUAL_ENTRY = 4_096;
    private static final long NANOS = 1_000_000_000L;

    private final StreamLabels labels;
    private final @Nullable AttributePath tenantPath;
    private final Metadata metadata;
    private final SpanLine spanLine;
    private final int maxLineBytes;
    private final int maxRequestBytes;
    private final Function<Bytes, Future<Bytes>> encoding;
    private final Runnable cut;
    private final Clock clock;
    private final WireAppender ofResource = new WireAppender(USUAL_ENTRY);
    private final WireAppender entry = new WireAppender(USUAL_ENTRY);
    private final LogsView logs = new LogsView();
    private final TracesView traces = new TracesView();

    /** @param encoding makes the body of a request */
    PushWriter(LokiConfig config, ComponentContext context, Function<Bytes, Future<Bytes>> encoding) {
        Meters.Counter surplus = context.meters()
                .counter(
                        "exporter_loki_surplus_labels",
                        "{label}",
                        "Labels that a stream of max_labels had no room for, counted in every batch.",
                        Map.of());
        Meters.Counter cutLines =
                context.meters().counter("exporter_loki_cut_lines", "{line}", "Lines cut to max_line_size.", Map.of());
        this.labels = new StreamLabels(config, () -> surplus.add(1));
        this.tenantPath = config.tenantAttribute().isEmpty() ? null : AttributePath.parse(config.tenantAttribute());
        this.metadata = new Metadata(labels);
        this.spanLine = new SpanLine(config.spanFormat());
        this.maxLineBytes = config.maxLineSize();
        this.maxRequestBytes = config.maxRequestSize();
        this.encoding = encoding;
        this.clock = context.clock();
        this.cut = () -> cutLines.add(1);
    }

    /** @param tenant of items that have none of their own; empty for none */
    List<PushRequest> write(Telemetry batch, String tenant) {
        Destination destination = new Destination(tenant);
        switch (batch) {
            case Telemetry.Logs records -> logs(records.wire(), destination);
            case Telemetry.Traces spans -> traces(spans.wire(), destination);
            case Telemetry.Metrics metrics -> throw new IllegalStateException("metrics have no lines");
        }
        return destination.requests.finish();
    }

    private void logs(Bytes wire, Destination destination) {
        logs.reset(wire);
        while (logs.next()) {
            LogRecordView item = logs.record();
            destination.of(logs.resourceNumber(), logs.resource(), logs.scope(), item.attributes());
            timestamp(item.time() == 0 ? item.observedTime() : item.time());
            body(item.body());
            metadata.of(item, entry);
            rest(logs.scope(), item.attributes());
            destination.add();
        }
    }

    private void traces(Bytes wire, Destination destination) {
        traces.reset(wire);
        while (traces.next()) {
            SpanView item = traces.span();
            destination.of(traces.resourceNumber(), traces.resource(), traces.scope(), item.attributes());
            timestamp(item.startTime());
            line(spanLine.of(item));
            metadata.of(item, entry);
            rest(traces.scope(), item.attributes());
            destination.add();
        }
    }

    private void rest(ScopeView scope, AttributesView item) {
        ofResource.copyTo(entry);
        metadata.of(scope, entry);
        metadata.attributes(Owner.ITEM, item, entry);
    }

    private void timestamp(long nanos) {
        long known = nanos == 0 ? clock.epochNanos() : nanos;
        int mark = entry.begin(TIMESTAMP, 0);
        entry.varint(1, Long.divideUnsigned(known, NANOS));
        entry.varint(2, Long.remainderUnsigned(known, NANOS));
        entry.end(mark);
    }

    private void body(AnyValueView body) {
        if (body.kind() == AnyValueView.Kind.STRING) {
            line(body.array(), body.contentStart(), body.contentLength());
        } else {
            line(body.text());
        }
    }

    private void line(String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        line(utf8, 0, utf8.length);
    }

    private void line(byte[] array, int start, int length) {
        int kept = length;
        if (maxLineBytes > 0 && length > maxLineBytes) {
            kept = maxLineBytes;
            while (kept > 0 && (array[start + kept] & 0xc0) == 0x80) {
                kept--;
            }
            cut.run();
        }
        entry.bytes(LINE, array, start, kept);
    }

    /** Where the entries of a batch go: a request of a tenant, a stream of some labels. */
    private final class Destination {
        private final PushRequests requests = new PushRequests(maxRequestBytes, encoding);
        private final String usualTenant;
        private String tenant;
        private String stream = "";
        private int resource = -1;

        Destination(String usualTenant) {
            this.usualTenant = usualTenant;
            this.tenant = usualTenant;
        }

        /** Begins the entry of an item; what all entries of its resource have in common is ready then. */
        void of(int number, ResourceView of, ScopeView scope, AttributesView item) {
            entry.truncate(0);
            boolean entered = number != resource;
            if (entered || !labels.ofResource()) {
                stream = labels.of(of.attributes(), scope.attributes(), item);
            }
            if (tenantPath != null && (entered || tenantPath.owner() != Owner.RESOURCE)) {
                tenant = tenantPath.text(of.attributes(), scope.attributes(), item);
                tenant = tenant.isEmpty() ? usualTenant : tenant;
            }
            if (entered) {
                resource = number;
                ofResource.truncate(0);
                metadata.attributes(Owner.RESOURCE, of.attributes(), ofResource);
            }
        }

        void add() {
            requests.add(tenant, stream, entry);
        }
    }
}
