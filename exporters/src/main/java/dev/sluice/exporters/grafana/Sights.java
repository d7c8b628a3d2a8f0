package dev.sluice.exporters.grafana;

import dev.sluice.api.Provisioner.Objective;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointsView;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Notices which services run on a JVM and which SLOs there are, each once. Bounded: strangers may send ever new names. */
final class Sights {
    private static final int MOST = 1000;
    private static final String JVM = "jvm.";
    private static final String SLO = "sloth_slo_info";

    private final GrafanaExporterConfig.DataSources sources;
    private final Consumer<Dashboard> taker;
    private final Set<String> seen = new HashSet<>();

    /** @param taker of the dashboard for each that is seen the first time */
    Sights(GrafanaExporterConfig.DataSources sources, Consumer<Dashboard> taker) {
        this.sources = sources;
        this.taker = taker;
    }

    void look(Bytes request) {
        int jvm = 0;
        MetricsView metrics = new MetricsView(request);
        while (metrics.next()) {
            MetricView metric = metrics.metric();
            String name = metric.name();
            if (name.startsWith(JVM) && jvm != metrics.resourceNumber()) {
                jvm = metrics.resourceNumber();
                service(metrics.resource().attributes());
            } else if (name.equals(SLO)) {
                objectives(metric.points());
            }
        }
    }

    private void service(AttributesView resource) {
        String name = "";
        String namespace = "";
        while (resource.next()) {
            switch (resource.key()) {
                case "service.name" -> name = resource.value().text();
                case "service.namespace" -> namespace = resource.value().text();
                default -> {}
            }
        }
        String job = namespace.isEmpty() ? name : namespace + "/" + name;
        if (!name.isEmpty() && isNew(JVM + job)) {
            taker.accept(JvmDashboard.of(job, sources));
        }
    }

    private void objectives(PointsView points) {
        while (points.next()) {
            String id = "";
            String service = "";
            String objective = "";
            AttributesView labels = points.point().attributes();
            while (labels.next()) {
                switch (labels.key()) {
                    case "sloth_id" -> id = labels.value().text();
                    case "sloth_service" -> service = labels.value().text();
                    case "sloth_slo" -> objective = labels.value().text();
                    default -> {}
                }
            }
            if (!id.isEmpty() && isNew(SLO + id)) {
                taker.accept(SloDashboard.of(
                        new Objective(id, service, objective),
                        sources.prometheus().uid()));
            }
        }
    }

    private boolean isNew(String what) {
        return seen.size() < MOST && seen.add(what);
    }
}
