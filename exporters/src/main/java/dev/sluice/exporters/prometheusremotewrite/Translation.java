package dev.sluice.exporters.prometheusremotewrite;

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
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of batches: leads the points to their series by the bytes that tell them apart, then writes the series one after the
 * other, so that all points of a series stand together in the order of their time.
 */
final class Translation {
    private final RemoteWriteConfig config;
    private final KnownSeries known;
    private final Drops drops;
    private final RequestWriter writer;
    private final RequestList requests;
    private final PointList points = new PointList();
    private final NumberWriter numbers;
    private final HistogramWriter histograms;
    private final ExponentialWriter exponentials;
    private final SummaryWriter summaries;

    private final MetricsView metrics = new MetricsView();
    private final PointFingerprints fingerprints = new PointFingerprints();
    private final Fingerprint targetFingerprint = new Fingerprint(0);
    private @Nullable Series target;
    private long latest;
    private long batches;

    Translation(
            RemoteWriteConfig config,
            RequestWriter writer,
            Function<Bytes, Future<Bytes>> compression,
            KnownSeries known,
            Drops drops) {
        this.config = config;
        this.writer = writer;
        this.known = known;
        this.drops = drops;
        requests = new RequestList(writer, compression, config.maxBatchSizeBytes());
        BiConsumer<Series, Drop> dropped = (series, reason) -> drops.drop(reason, series.family()::name);
        numbers = new NumberWriter(writer, requests, dropped);
        histograms = new HistogramWriter(
                writer, requests, dropped, config.classicHistograms(), config.convertExplicitHistogramsToNhcb());
        exponentials = new ExponentialWriter(writer, requests, dropped);
        summaries = new SummaryWriter(writer, requests, dropped);
    }

    /** The requests in the order in which they are to be sent. {@code now} is of the monotonic clock. */
    List<RequestList.Request> requests(Bytes batch, long now) {
        drops.begin();
        collect(batch, now);
        points.sort();
        for (int i = 0; i < points.seriesCount(); i++) {
            Series series = points.series(i);
            if (write(series)) {
                series.updated(now);
            }
        }
        if (config.sendMetadata() && config.message() == ProtobufMessage.WRITE_REQUEST) {
            metadata();
        }
        points.clear();
        known.endBatch();
        return requests.take();
    }

    private void collect(Bytes batch, long now) {
        int resourceNumber = 0;
        fingerprints.begin();
        metrics.reset(batch);
        while (metrics.next()) {
            fingerprints.metric(metrics);
            if (metrics.resourceNumber() != resourceNumber) {
                resourceNumber = metrics.resourceNumber();
                endResource();
                targetFingerprint.set(fingerprints.resource()).add("target_info");
                target = known.target(targetFingerprint, metrics.resource(), now);
            }
            MetricView metric = metrics.metric();
            PointsView view = metric.points();
            boolean supported = SeriesState.supports(metric)
                    && (config.deltaToCumulative() || metric.temporality() != SeriesState.DELTA);
            while (view.next()) {
                collect(view.point(), metric.temporality(), supported, now);
            }
        }
        endResource();
    }

    private void collect(PointView point, int temporality, boolean supported, long now) {
        latest = Math.max(latest, point.time());
        if (!supported) {
            drop(Drop.TEMPORALITY);
            return;
        }
        SeriesIndex.Entry entry = known.of(fingerprints.point(point), metrics, point, now);
        if (entry instanceof Drop reason) {
            drop(reason);
        } else if (entry instanceof Series series) {
            if (temporality == SeriesState.DELTA && !series.remembered()) {
                drop(Drop.LIMIT);
                return;
            }
            points.add(series, point, temporality);
        }
    }

    /**
     * {@code target_info} has the time of the latest point of its resource. It never goes back: a batch of older points would have it, and
     * by version 1.0 the whole request, refused as out of order.
     */
    private void endResource() {
        if (target != null && target.advances(Times.millis(latest))) {
            points.add(target, latest);
        }
        target = null;
        latest = 0;
    }

    /**
     * Whether anything was taken. Only that keeps a series from being forgotten: who once sent a time far ahead, and is behind it ever
     * since, begins anew that way.
     */
    private boolean write(Series series) {
        return switch (series.family().key().kind()) {
            case EMPTY, GAUGE, SUM -> numbers.write(series, points);
            case HISTOGRAM -> histograms.write(series, points);
            case EXPONENTIAL_HISTOGRAM -> exponentials.write(series, points);
            case SUMMARY -> summaries.write(series, points);
        };
    }

    /** In requests of their own, as version 1.0 has it. */
    private void metadata() {
        requests.end();
        batches++;
        for (int i = 0; i < points.seriesCount(); i++) {
            Family family = points.series(i).family();
            if (family.firstIn(batches)) {
                requests.open();
                writer.metadata(family);
                if (requests.overflowed(false)) {
                    writer.metadata(family);
                }
                requests.add(0);
            }
        }
    }

    private void drop(Drop reason) {
        drops.drop(reason, metrics.metric()::name);
    }
}
