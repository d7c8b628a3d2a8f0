package dev.sluice.exporters.grafana;

import dev.sluice.api.ComponentId;
import dev.sluice.api.ServiceInfo;
import dev.sluice.otlp.Signal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one pipeline takes in, passes on and loses, of our own metrics. Their names end in {@code _total} or do not, as the scraper asked for them;
 * what has not happened yet has no series, and shows as 0.
 */
final class PipelineDashboard {
    private static final String RATE = "[$__rate_interval]";
    private static final String ZERO = " or on() vector(0)";

    private final String prometheus;
    private final Signal signal;
    private final String receivers;
    private final String processors;
    private final String exporters;

    private PipelineDashboard(ServiceInfo.Pipeline pipeline, String prometheus) {
        this.prometheus = prometheus;
        signal = pipeline.id().signal();
        receivers = any("receiver", pipeline.receivers());
        processors = any("processor", pipeline.processors()) + ",otel_signal=\"" + signal.key() + "\"";
        exporters = any("exporter", pipeline.exporters());
    }

    static Dashboard of(ServiceInfo.Pipeline pipeline, String prometheus) {
        String name = pipeline.id().toString();
        return new PipelineDashboard(pipeline, prometheus).fill(new Dashboard("pipeline", name, "Sluice: " + name));
    }

    private Dashboard fill(Dashboard dashboard) {
        String items = signal.items();
        dashboard
                .add(graph("Received", rate("receiver", "receiver_accepted_" + items, receivers)))
                .add(graph("Refused", rate("receiver", "receiver_refused_" + items, receivers)))
                .add(graph("Sent", rate("exporter", "exporter_sent_" + items, exporters)))
                .add(graph(
                        "Dropped by exporters",
                        rate("exporter", "exporter_send_failed_" + items, exporters),
                        rate("exporter", "exporter_enqueue_failed_" + items, exporters)))
                .add(graph(
                        "Dropped by processors",
                        "clamp_min(sum by (processor) (" + rate("processor_incoming_items", processors)
                                + ") - sum by (processor) (" + rate("processor_outgoing_items", processors) + "), 0)"
                                + ZERO))
                .add(graph(
                        "Queue",
                        "sum by (exporter) (otelcol_exporter_queue_size{" + exporters + "})" + ZERO,
                        "sum by (exporter) (otelcol_exporter_queue_capacity{" + exporters + "})" + ZERO))
                .add(graph(
                        "In flight",
                        "sum by (exporter) (otelcol_exporter_in_flight_requests{" + exporters + "})" + ZERO))
                .add(latency());
        return dashboard;
    }

    /** By Little's law: what waits, divided by how much leaves in a second. */
    private Panel latency() {
        String leaving = "sum by (exporter) (" + rate("exporter_queue_batch_send_size_count", exporters) + ")";
        return Panel.graph("Mean time in the queue", "s", prometheus)
                .query(
                        "sum by (exporter) (avg_over_time(otelcol_exporter_queue_size{" + exporters + "}" + RATE
                                + ")) / (" + leaving + " > 0)" + ZERO,
                        "{{exporter}}");
    }

    private Panel graph(String title, String... queries) {
        Panel panel = Panel.graph(title, "short", prometheus);
        for (String query : queries) {
            panel.query(query, "{{receiver}}{{processor}}{{exporter}}");
        }
        return panel;
    }

    private static String rate(String by, String metric, String selector) {
        return "sum by (" + by + ") (" + rate(metric, selector) + ")" + ZERO;
    }

    private static String rate(String metric, String selector) {
        return "rate({__name__=~\"otelcol_" + metric + "(_total)?\"," + selector + "}" + RATE + ")";
    }

    private static String any(String label, List<ComponentId> ids) {
        return label + "=~\""
                + ids.stream().map(ComponentId::toString).map(Text::literal).collect(Collectors.joining("|")) + "\"";
    }
}
