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
    private final Meters.Counter surplus;
    private final Meters.Counter cut;
    private final Clock clock;
    private final PushRequests requests;
    private final KnownResources resources = new KnownResources();
    private final WireAppender common = new WireAppender(USUAL_ENTRY);
    private final WireAppender entry = new WireAppender(USUAL_ENTRY);
    private final LogsView logs = new LogsView();
    private final TracesView traces = new TracesView();

    /** @param encoding makes the body of a request */
    PushWriter(LokiConfig config, ComponentContext context, Function<Bytes, Future<Bytes>> encoding) {
        surplus = context.meters()
                .counter(
                        "exporter_loki_surplus_labels",
                        "{label}",
                        "Labels that a stream of max_labels had no room for, counted with every resource of a batch.",
                        Map.of());
        cut = context.meters().counter("exporter_loki_cut_lines", "{line}", "Lines cut to max_line_size.", Map.of());
        this.labels = new StreamLabels(config);
        this.tenantPath = config.tenantAttribute().isEmpty() ? null : AttributePath.parse(config.tenantAttribute());
        this.metadata = new Metadata(labels);
        this.spanLine = new SpanLine(config.spanFormat());
        this.maxLineBytes = config.maxLineSize();
        this.requests = new PushRequests(config.maxRequestSize(), encoding);
        this.clock = context.clock();
    }

    /** @param tenant of items that have none of their own; empty for none */
    List<PushRequest> write(Telemetry batch, String tenant) {
        Destination destination = new Destination(tenant);
        switch (batch) {
            case Telemetry.Logs records -> logs(records.wire(), destination);
            case Telemetry.Traces spans -> traces(spans.wire(), destination);
            case Telemetry.Metrics metrics -> throw new IllegalStateException("metrics have no lines");
        }
        return requests.finish();
    }

    private void logs(Bytes wire, Destination destination) {
        logs.reset(wire);
        while (logs.next()) {
            LogRecordView item = logs.record();
            destination.of(logs.scopeNumber(), logs.resourceNumber(), logs.resource(), logs.scope(), item.attributes());
            timestamp(item.time() == 0 ? item.observedTime() : item.time());
            body(item.body());
            metadata.of(item, entry);
            rest(item.attributes());
            requests.add(destination.tenant, destination.stream, entry);
        }
    }

    private void traces(Bytes wire, Destination destination) {
        traces.reset(wire);
        while (traces.next()) {
            SpanView item = traces.span();
            destination.of(
                    traces.scopeNumber(),
                    traces.resourceNumber(),
                    traces.resource(),
                    traces.scope(),
                    item.attributes());
            timestamp(item.startTime());
            line(spanLine.of(item));
            metadata.of(item, entry);
            rest(item.attributes());
            requests.add(destination.tenant, destination.stream, entry);
        }
    }

    private void rest(AttributesView item) {
        common.copyTo(entry);
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
            cut.add(1);
        }
        entry.bytes(LINE, array, start, kept);
    }

    /** Where the entries of a batch go: a request of a tenant, a stream of some labels. */
    private final class Destination {
        private final String usualTenant;
        private String tenant;
        private String stream = "";
        private int resource = -1;
        private int scope = -1;

        Destination(String usualTenant) {
            this.usualTenant = usualTenant;
            this.tenant = usualTenant;
        }

        /** Begins the entry of an item; what all entries of its scope have in common is ready then. */
        void of(int scopeNumber, int resourceNumber, ResourceView of, ScopeView within, AttributesView item) {
            entry.truncate(0);
            if (scopeNumber != scope) {
                scope = scopeNumber;
                enter(resourceNumber, of, within, item);
            }
            if (!labels.ofResource()) {
                stream = labels.of(of.attributes(), within.attributes(), item);
            }
            if (tenantPath != null && tenantPath.owner() != Owner.RESOURCE) {
                choose(tenantPath.text(of.attributes(), within.attributes(), item));
            }
        }

        private void enter(int resourceNumber, ResourceView of, ScopeView within, AttributesView item) {
            KnownResources.Facts facts = resources.of(of, () -> facts(of.attributes(), within.attributes(), item));
            if (resourceNumber != resource) {
                resource = resourceNumber;
                surplus.add(facts.surplus());
            }
            stream = facts.stream();
            choose(facts.tenant());
            common.truncate(0);
            common.raw(facts.metadata(), 0, facts.metadata().length);
            metadata.of(within, common);
        }

        private KnownResources.Facts facts(AttributesView of, AttributesView within, AttributesView item) {
            String labelled = labels.of(of, within, item);
            common.truncate(0);
            metadata.attributes(Owner.RESOURCE, of, common);
            String named = tenantPath == null ? "" : tenantPath.text(of, within, item);
            return new KnownResources.Facts(labelled, named, common.toByteArray(), labels.surplus());
        }

        private void choose(String named) {
            tenant = named.isEmpty() ? usualTenant : named;
        }
    }
}
