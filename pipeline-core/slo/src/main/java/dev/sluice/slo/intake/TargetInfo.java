package dev.sluice.slo.intake;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointsView;
import dev.sluice.prometheus.Fingerprint;
import dev.sluice.prometheus.PointFingerprints;
import dev.sluice.prometheus.SeriesIndex;
import dev.sluice.slo.series.PointSeries;
import dev.sluice.slo.series.SampleBatchWriter;
import org.jspecify.annotations.Nullable;

/** The series {@code target_info} of resources, for rules that read it: 1 at the time of the resource's latest point. */
final class TargetInfo {
    static final String NAME = "target_info";

    private final PointOpener opener;
    private final SeriesIndex index;
    private final SampleBatchWriter writer;
    private final Fingerprint fingerprint = new Fingerprint(0);
    private @Nullable Known current;
    private int resourceNumber;
    private long latest;

    TargetInfo(PointOpener opener, SeriesIndex index, SampleBatchWriter writer) {
        this.opener = opener;
        this.index = index;
        this.writer = writer;
    }

    private static final class Known implements SeriesIndex.Known {
        private final PointSeries series;
        private long told;

        private Known(PointSeries series) {
            this.series = series;
        }

        @Override
        public boolean removed() {
            return false;
        }
    }

    /** The view has come to another metric, whose fingerprint was taken. */
    void metric(MetricsView at, PointFingerprints fingerprints, long now) {
        if (at.resourceNumber() != resourceNumber) {
            end();
            resourceNumber = at.resourceNumber();
            current = known(at, fingerprints, now);
        }
        MetricView metric = at.metric();
        PointsView points = metric.points();
        while (points.next()) {
            latest = Math.max(latest, MetricIntake.millis(points.point().time()));
        }
    }

    private Known known(MetricsView at, PointFingerprints fingerprints, long now) {
        fingerprint.set(fingerprints.resource()).add(NAME);
        if (index.find(fingerprint, now) instanceof Known known) {
            return known;
        }
        Known made = new Known(opener.target(at));
        index.put(fingerprint, made, now);
        return made;
    }

    /** After the last metric of a request. */
    void endRequest() {
        end();
        resourceNumber = 0;
    }

    private void end() {
        if (current != null && current.series.size() > 0 && latest > current.told) {
            current.told = latest;
            writer.point(current.series, latest, 0);
            writer.value(1);
        }
        current = null;
        latest = 0;
    }
}
