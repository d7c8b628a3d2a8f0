package dev.sluice.exporters.prometheus;

import dev.sluice.api.ComponentContext;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.prometheus.Drop;
import dev.sluice.prometheus.Drops;
import dev.sluice.prometheus.Fingerprint;
import dev.sluice.prometheus.PointFingerprints;
import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.prometheus.SeriesState;
import java.util.Map;

/** Leads the points of a batch to their series by the bytes that tell them apart, without making anything of them that is known. */
final class Intake {
    private final SeriesStore store;
    private final SeriesIndex index;
    private final ComponentContext context;
    private final Drops drops;
    private final MetricsView metrics = new MetricsView();
    private final PointFingerprints fingerprints = new PointFingerprints();

    Intake(PrometheusExporterConfig config, SeriesStore store, ComponentContext context) {
        this.store = store;
        this.context = context;
        // Room for some series to be known by two fingerprints.
        this.index = new SeriesIndex(2 * config.maxSeries());
        this.drops = new Drops(
                reason -> context.meters()
                        .counter(
                                "exporter_prometheus_dropped_points",
                                "{datapoints}",
                                "Data points that the exporter cannot show.",
                                Map.of("reason", reason.key()))::add,
                (metric, reason) -> context.log()
                        .warn(
                                "dropping data points of the metric {}, and maybe of others: {}",
                                metric,
                                reason.explanation()));
    }

    /** How many points were dropped. */
    long take(Bytes request) {
        long now = context.clock().nanoTime();
        drops.begin();
        fingerprints.begin();
        metrics.reset(request);
        while (metrics.next()) {
            metric(now);
        }
        return drops.dropped();
    }

    /** Forgets what was not seen since the time, and may warn again. */
    void sweep(long before) {
        index.sweep(before);
        drops.sweep();
    }

    private void metric(long now) {
        MetricView view = metrics.metric();
        PointsView points = view.points();
        if (view.kind() == MetricView.Kind.EMPTY) {
            return;
        }
        if (!SeriesState.supports(view)) {
            while (points.next()) {
                drop(Drop.TEMPORALITY);
            }
            return;
        }
        fingerprints.metric(metrics);
        while (points.next()) {
            point(points.point(), now);
        }
    }

    private void point(PointView view, long now) {
        Fingerprint point = fingerprints.point(view);
        SeriesIndex.Entry known = index.find(point, now);
        if (view.noRecordedValue()) {
            Series ended = known instanceof Series series ? series : store.find(metrics, view);
            if (ended != null) {
                store.remove(ended);
            }
            return;
        }
        if (known instanceof Series series) {
            Drop drop = series.update(view, metrics.metric().temporality(), now);
            if (drop != null) {
                drop(drop);
            }
        } else if (known instanceof Drop drop) {
            drop(drop);
        } else {
            open(point, view, now);
        }
    }

    private void open(Fingerprint point, PointView view, long now) {
        SeriesIndex.Entry entry = store.open(metrics, view, now);
        if (entry instanceof Drop drop) {
            drop(drop);
            if (drop != Drop.CONFLICT && drop != Drop.UNTRANSLATABLE) {
                return;
            }
        }
        index.put(point, entry, now);
    }

    private void drop(Drop reason) {
        drops.drop(reason, metrics.metric()::name);
    }
}
