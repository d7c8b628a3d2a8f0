package dev.sluice.exporters.grafana;

import dev.sluice.api.Provisioner.Objective;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.slo.spec.SlothInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Notices which services run on a JVM and which SLOs there are, each once. Bounded: strangers may send ever new names. */
final class Sights {
    private static final int MOST = 1000;
    private static final String JVM = "jvm.";

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
            } else if (name.equals(SlothInfo.NAME)) {
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
            Map<String, String> labels = new HashMap<>();
            AttributesView attributes = points.point().attributes();
            while (attributes.next()) {
                labels.put(attributes.key(), attributes.value().text());
            }
            Objective objective = SlothInfo.objective(label -> labels.getOrDefault(label, ""));
            if (!objective.id().isEmpty() && isNew(SlothInfo.NAME + objective.id())) {
                taker.accept(SloDashboard.of(objective, sources.prometheus().uid()));
            }
        }
    }

    private boolean isNew(String what) {
        return seen.size() < MOST && seen.add(what);
    }
}
