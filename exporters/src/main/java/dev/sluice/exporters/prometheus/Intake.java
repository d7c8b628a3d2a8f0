package dev.sluice.exporters.prometheus;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Meters;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.PointsView;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Leads the points of a batch to their series by the bytes that tell them apart, without making anything of them that is known. */
final class Intake {
    private static final int CUMULATIVE = 2;

    private final SeriesStore store;
    private final SeriesIndex index;
    private final ComponentContext context;
    private final Map<Drop, Meters.Counter> dropped = new EnumMap<>(Drop.class);
    /** What has been warned of since the last sweep: the log tells of a kind of trouble, the counter of its size. */
    private final Set<Drop> warned = EnumSet.noneOf(Drop.class);

    private final MetricsView metrics = new MetricsView();
    private final Fingerprint resource;
    private final Fingerprint scope;
    private final Fingerprint metric;
    private final Fingerprint point;
    private final Fingerprint scratch;
    private long dropsInBatch;

    Intake(PrometheusExporterConfig config, SeriesStore store, ComponentContext context) {
        this.store = store;
        this.context = context;
        // Room for some series to be known by two fingerprints.
        this.index = new SeriesIndex(2 * config.maxSeries());
        for (Drop reason : Drop.values()) {
            dropped.put(
                    reason,
                    context.meters()
                            .counter(
                                    "exporter_prometheus_dropped_points",
                                    "{datapoints}",
                                    "Data points that the exporter cannot show.",
                                    Map.of("reason", reason.key())));
        }
        long seed = RandomGenerator.getDefault().nextLong();
        resource = new Fingerprint(seed);
        scope = new Fingerprint(seed);
        metric = new Fingerprint(seed);
        point = new Fingerprint(seed);
        scratch = new Fingerprint(seed);
    }

    /** How many points were dropped. */
    long take(Bytes request) {
        long now = context.clock().nanoTime();
        dropsInBatch = 0;
        int resourceNumber = 0;
        int scopeNumber = 0;
        metrics.reset(request);
        while (metrics.next()) {
            if (metrics.resourceNumber() != resourceNumber) {
                resourceNumber = metrics.resourceNumber();
                resource.clear()
                        .add(
                                metrics.resource().array(),
                                metrics.resource().start(),
                                metrics.resource().length());
            }
            if (metrics.scopeNumber() != scopeNumber) {
                scopeNumber = metrics.scopeNumber();
                scope.set(resource)
                        .add(
                                metrics.scope().array(),
                                metrics.scope().start(),
                                metrics.scope().length())
                        .add(metrics.scope().schemaUrl());
            }
            metric(now);
        }
        return dropsInBatch;
    }

    /** Forgets what was not seen since the time, and may warn again. */
    void sweep(long before) {
        index.sweep(before);
        warned.clear();
    }

    private void metric(long now) {
        MetricView view = metrics.metric();
        PointsView points = view.points();
        if (view.kind() == MetricView.Kind.EMPTY) {
            return;
        }
        if (!supported(view)) {
            while (points.next()) {
                drop(Drop.TEMPORALITY);
            }
            return;
        }
        metric.set(scope)
                .add(view.array(), view.nameStart(), view.nameLength())
                .add(view.kind().name())
                .add(view.isMonotonic() ? 1 : 0);
        while (points.next()) {
            point(points.point(), now);
        }
    }

    private void point(PointView view, long now) {
        point.set(metric).add(view.attributes(), scratch);
        SeriesIndex.Entry known = index.find(point, now);
        if (view.noRecordedValue()) {
            Series ended = known instanceof Series series ? series : store.find(metrics, view);
            if (ended != null) {
                store.remove(ended);
            }
            return;
        }
        switch (known) {
            case Series series -> {
                Drop drop = series.update(view, metrics.metric().temporality(), now);
                if (drop != null) {
                    drop(drop);
                }
            }
            case Drop drop -> drop(drop);
            case null -> open(view, now);
        }
    }

    private void open(PointView view, long now) {
        SeriesIndex.Entry entry = store.open(metrics, view, now);
        switch (entry) {
            case Series series -> index.put(point, series, now);
            case Drop drop -> {
                drop(drop);
                if (drop == Drop.CONFLICT || drop == Drop.UNTRANSLATABLE) {
                    index.put(point, drop, now);
                }
            }
        }
    }

    private void drop(Drop reason) {
        dropsInBatch++;
        Meters.Counter counter = dropped.get(reason);
        if (counter != null) {
            counter.add(1);
        }
        if (warned.add(reason)) {
            context.log()
                    .warn(
                            "dropping data points of the metric {}, and maybe of others: {}",
                            metrics.metric().name(),
                            reason.explanation());
        }
    }

    /** A sum that goes both ways cannot be summed up from deltas: where it began is not known. */
    private static boolean supported(MetricView metric) {
        boolean delta = metric.temporality() == Series.DELTA;
        boolean cumulative = metric.temporality() == CUMULATIVE;
        return switch (metric.kind()) {
            case EMPTY, GAUGE, SUMMARY -> true;
            case SUM -> cumulative || (delta && metric.isMonotonic());
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> cumulative || delta;
        };
    }
}
