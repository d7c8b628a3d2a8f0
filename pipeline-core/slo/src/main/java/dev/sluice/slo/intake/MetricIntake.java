package dev.sluice.slo.intake;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.ExemplarsView;
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
import dev.sluice.promql.series.Series;
import dev.sluice.slo.series.Exemplar;
import dev.sluice.slo.series.Interests;
import dev.sluice.slo.series.PointSeries;
import dev.sluice.slo.series.SampleBatchWriter;
import dev.sluice.slo.series.SeriesConfig;
import org.jspecify.annotations.Nullable;

/**
 * Makes samples of metrics. What no rule reads costs a look at the metric's name; of what is known, only the values are taken out of the wire.
 */
final class MetricIntake {
    private static final long NANOS = 1_000_000;
    private static final int MAX_PLANS = 20_000;

    private final boolean starts;
    private final SampleBatchWriter writer;
    private final Drops drops;
    private final PlanMaker planMaker;
    private final PointOpener opener;
    private final SeriesIndex plans = new SeriesIndex(MAX_PLANS);
    private final SeriesIndex points;
    private final @Nullable TargetInfo targets;
    private final Fingerprint planKey = new Fingerprint(0);
    private final PointFingerprints fingerprints = new PointFingerprints();
    private final MetricsView metrics = new MetricsView();

    MetricIntake(SeriesConfig config, Interests interests, SampleBatchWriter writer, Drops drops) {
        this.starts = config.startTimestampZero();
        this.writer = writer;
        this.drops = drops;
        planMaker = new PlanMaker(config, interests);
        opener = new PointOpener(interests);
        // In series. Room for points of which no rule reads anything, and for some that are known by two fingerprints.
        points = new SeriesIndex(2 * config.limits().maxSeries());
        targets = interests.mayRead(TargetInfo.NAME) ? new TargetInfo(opener, points, writer) : null;
    }

    /** Writes the samples of a request. {@code now} is of the monotonic clock. */
    void take(Bytes request, long now) {
        drops.begin();
        fingerprints.begin();
        metrics.reset(request);
        while (metrics.next()) {
            MetricPlan plan = plan(now);
            if (targets != null) {
                fingerprints.metric(metrics);
                targets.metric(metrics, fingerprints, now);
            }
            if (!plan.unread()) {
                metric(plan, now);
            }
        }
        if (targets != null) {
            targets.endRequest();
        }
    }

    /** Forgets what was not seen since that time of the monotonic clock. */
    void sweep(long before) {
        plans.sweep(before);
        points.sweep(before);
        drops.sweep();
    }

    @SuppressWarnings("EnumOrdinal") // a number that lives no longer than the process
    private MetricPlan plan(long now) {
        MetricView metric = metrics.metric();
        planKey.clear()
                .add(metric.array(), metric.nameStart(), metric.nameLength())
                .add(metric.array(), metric.unitStart(), metric.unitLength())
                .add((long) metric.kind().ordinal() << 1 | (metric.isMonotonic() ? 1 : 0));
        if (plans.find(planKey, now) instanceof MetricPlan plan) {
            return plan;
        }
        MetricPlan made = planMaker.plan(metric);
        plans.put(planKey, made, now);
        return made;
    }

    private void metric(MetricPlan plan, long now) {
        MetricView metric = metrics.metric();
        boolean supported = SeriesState.supports(metric);
        PointSeries.Values values =
                metric.temporality() == SeriesState.DELTA ? PointSeries.Values.DELTA : PointSeries.Values.SHOWN;
        boolean counts = starts && (metric.isMonotonic() || metric.kind().compareTo(MetricView.Kind.SUM) > 0);
        fingerprints.metric(metrics);
        PointsView view = metric.points();
        while (view.next()) {
            if (supported) {
                point(plan, view.point(), values, counts, now);
            } else {
                drop(Drop.TEMPORALITY);
            }
        }
    }

    private void point(MetricPlan plan, PointView view, PointSeries.Values values, boolean counts, long now) {
        Fingerprint key = fingerprints.point(view);
        SeriesIndex.Entry entry = points.find(key, now);
        if (entry instanceof Drop reason) {
            drop(reason);
            return;
        }
        KnownPoint known = entry instanceof KnownPoint k ? k : null;
        if (view.noRecordedValue()) {
            end(plan, known, view);
            return;
        }
        PointReader reader = plan.reader();
        if (known != null && known.unread() && !reader.varies()) {
            return;
        }
        Drop malformed = reader.read(view);
        if (malformed != null) {
            drop(malformed);
            return;
        }
        if (known == null || !reader.fits(known)) {
            SeriesIndex.Entry opened = opener.open(plan, metrics, view, values);
            points.put(key, opened, now);
            if (!(opened instanceof KnownPoint made)) {
                drop(Drop.UNTRANSLATABLE);
                return;
            }
            known = made;
        }
        if (!known.unread()) {
            // Deltas need their starts to be added up, whatever the rules are to see of starts.
            boolean started = counts || values == PointSeries.Values.DELTA;
            write(known, reader, millis(view.time()), started ? millis(view.startTime()) : 0);
        }
    }

    private void write(KnownPoint known, PointReader reader, long time, long start) {
        writer.point(known.series(), time, start);
        int[] sources = known.sources();
        for (int source : sources) {
            reader.write(source, writer);
        }
        ExemplarsView exemplars = reader.exemplars();
        while (exemplars != null && exemplars.next()) {
            if ((exemplars.traceIdHigh() | exemplars.traceIdLow()) != 0) {
                write(exemplars, known, reader);
            }
        }
    }

    private void write(ExemplarsView view, KnownPoint known, PointReader reader) {
        Exemplar exemplar = new Exemplar(
                view.traceIdHigh(),
                view.traceIdLow(),
                view.spanIdBits(),
                view.value().either(),
                millis(view.time()));
        for (int i = 0; i < known.sources().length; i++) {
            if (reader.holds(known.sources()[i], exemplar.value())) {
                writer.exemplar(known.series().series(i), exemplar);
            }
        }
    }

    private void end(MetricPlan plan, @Nullable KnownPoint known, PointView view) {
        long time = millis(view.time());
        if (known == null) {
            // Another loop may know its bounds.
            opener.ends(plan, metrics, view, (labels, varying) -> writer.end(labels, varying, time));
        } else if (!known.unread()) {
            writer.point(known.series(), time, 0);
            for (int i = 0; i < known.series().size(); i++) {
                writer.value(Series.STALE);
            }
        }
    }

    private void drop(Drop reason) {
        drops.drop(reason, metrics.metric()::name);
    }

    /** Of nanoseconds since 1970. */
    static long millis(long nanos) {
        return Long.divideUnsigned(nanos, NANOS);
    }
}
