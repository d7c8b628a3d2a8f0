package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.prometheus.ExponentialState;
import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.Labels;

/**
 * Writes requests of one version of the protocol: {@code begin}, then for each series {@code open}, its samples, exemplars or
 * histograms, {@code close}, and {@code finish}. What has been written since {@code mark} can be taken back. For one loop.
 */
sealed interface RequestWriter permits RequestWriterV1, RequestWriterV2 {
    static RequestWriter of(ProtobufMessage message) {
        return switch (message) {
            case WRITE_REQUEST -> new RequestWriterV1();
            case WRITE_V2_REQUEST -> new RequestWriterV2();
        };
    }

    /** The labels from one to before another, for {@link #open}. */
    LabelRun run(Labels labels, int from, int to);

    LabelRun label(String name, String value);

    /** What {@link #close} needs to know of a family. */
    LabelRun metadata(String help, String unit);

    /** How many objects it keeps for runs. */
    int kept();

    /** Forgets what no run uses any more. */
    void retain(Iterable<LabelRun> used);

    void begin();

    /** Bytes of the request so far. */
    int length();

    Counts counts();

    void mark();

    void rollback();

    /** Begins a series of the labels {@code key} has around its name and the label {@code extra}, which may be empty. */
    void open(Series.Key key, LabelRun name, LabelRun extra);

    /** A sample by the bits of its value. {@code start} is 0 for unknown. Times are milliseconds since 1970. */
    void sample(long bits, long time, long start);

    /** The exemplar that the view stands on, at a time that it may not tell itself. */
    void exemplar(ExemplarsView exemplar, long time);

    /**
     * Between the histogram and the exemplars of a series that is named so. Version 1.0 needs them in an entry each, as Prometheus itself
     * sends them: it takes an entry's exemplars before its histogram, and none for a series that is not there yet.
     */
    void part(Series.Key key, LabelRun name);

    /** A native histogram. */
    void histogram(ExponentialState state, long time, long start);

    /** A native histogram with the bounds of one that has explicit ones. */
    void histogram(HistogramState state, CustomBuckets buckets, long time, long start);

    /** The staleness marker of a native histogram. */
    void staleHistogram(long time);

    void close(Family family);

    /** One entry of the metadata that version 1.0 sends apart from series; nothing in version 2.0. */
    void metadata(Family family);

    Bytes finish();

    /** What a request holds. */
    record Counts(int series, int samples, int histograms, int exemplars) {
        static final Counts NONE = new Counts(0, 0, 0, 0);
    }
}
