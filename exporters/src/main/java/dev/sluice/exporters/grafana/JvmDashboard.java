package dev.sluice.exporters.grafana;

import java.util.ArrayList;
import java.util.List;

/** Memory, garbage collection, threads, classes and CPU of one service, of OpenTelemetry's metrics {@code jvm.*} as Prometheus names them. */
final class JvmDashboard {
    private static final String RATE = "[$__rate_interval]";

    private JvmDashboard() {}

    /** @param job of the service in Prometheus */
    static Dashboard of(String job, GrafanaExporterConfig.DataSources sources) {
        String prometheus = sources.prometheus().uid();
        String by = "{job=\"" + Text.quoted(job) + "\"}";
        Dashboard dashboard = new Dashboard("jvm", job, "JVM: " + job)
                .add(Panel.graph("Memory by pool", "bytes", prometheus)
                        .query(
                                "sum by (jvm_memory_pool_name) (jvm_memory_used_bytes" + by + ")",
                                "{{jvm_memory_pool_name}}"))
                .add(Panel.graph("Memory", "bytes", prometheus)
                        .query("sum by (jvm_memory_type) (jvm_memory_used_bytes" + by + ")", "{{jvm_memory_type}} used")
                        .query(
                                "sum by (jvm_memory_type) (jvm_memory_committed_bytes" + by + ")",
                                "{{jvm_memory_type}} committed"))
                .add(Panel.graph("Left after the last collection", "bytes", prometheus)
                        .query("sum(jvm_memory_used_after_last_gc_bytes" + by + ") or on() vector(0)", "used"))
                .add(Panel.graph("Time in garbage collection", "percentunit", prometheus)
                        .query(
                                "sum by (jvm_gc_name) (rate(jvm_gc_duration_seconds_sum" + by + RATE
                                        + ")) or on() vector(0)",
                                "{{jvm_gc_name}}"))
                .add(Panel.graph("CPU", "percentunit", prometheus)
                        .query("max(jvm_cpu_recent_utilization_ratio" + by + ")", "of the process"))
                .add(Panel.graph("Threads", "short", prometheus)
                        .query("sum by (jvm_thread_state) (jvm_thread_count" + by + ")", "{{jvm_thread_state}}"))
                .add(Panel.graph("Classes", "short", prometheus).query("sum(jvm_class_count" + by + ")", "loaded"));
        String loki = sources.loki().uid();
        if (loki.isEmpty()) {
            return dashboard;
        }
        return dashboard.add(Panel.logs("Logs", loki).query("{service_name=~\"" + names(job) + "\"}", ""));
    }

    /** In Loki: the job, or what is behind a slash of it, for what is before may be the service's namespace. */
    private static String names(String job) {
        List<String> names = new ArrayList<>();
        for (int from = 0; from < job.length(); ) {
            names.add(Text.literal(job.substring(from)));
            int slash = job.indexOf('/', from);
            from = slash < 0 ? job.length() : slash + 1;
        }
        return String.join("|", names);
    }
}
