package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.prometheus.ExponentialState;
import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.Labels;

/** {@code prometheus.WriteRequest} of remote write 1.0. Labels are kept as they are written. */
final class RequestWriterV1 implements RequestWriter {
    private static final int USUAL_SERIES = 300;

    private final WireAppender out = new WireAppender(1 << 16);
    private final ExemplarLabels exemplarLabels = new ExemplarLabels();
    private final Tally tally = new Tally();
    private int marked;
    private int series;

    @Override
    public LabelRun run(Labels labels, int from, int to) {
        WireAppender run = new WireAppender(64 * (to - from));
        for (int i = from; i < to; i++) {
            label(run, 1, labels.name(i), labels.value(i));
        }
        return LabelRun.of(run.toByteArray());
    }

    @Override
    public LabelRun label(String name, String value) {
        return run(Labels.of(name, value), 0, 1);
    }

    @Override
    public LabelRun metadata(String help, String unit) {
        return LabelRun.EMPTY;
    }

    @Override
    public int kept() {
        return 0;
    }

    @Override
    public void retain(Iterable<LabelRun> used) {}

    @Override
    public void begin() {
        out.truncate(0);
        tally.clear();
    }

    @Override
    public int length() {
        return out.length();
    }

    @Override
    public Counts counts() {
        return tally.counts();
    }

    @Override
    public void mark() {
        marked = out.length();
        tally.mark();
    }

    @Override
    public void rollback() {
        out.truncate(marked);
        tally.rollback();
    }

    @Override
    public void open(Series.Key key, LabelRun name, LabelRun extra) {
        tally.series();
        series = out.begin(1, USUAL_SERIES);
        raw(key.beforeName());
        raw(name);
        raw(key.beforeExtra());
        raw(extra);
        raw(key.rest());
    }

    @Override
    public void sample(long bits, long time, long start) {
        tally.sample();
        int sample = out.begin(2, 16);
        out.fixed64(1, bits);
        out.varint(2, time);
        out.end(sample);
    }

    @Override
    public void exemplar(ExemplarsView exemplar, long time) {
        tally.exemplar();
        int message = out.begin(3, 100);
        exemplarLabels.read(exemplar);
        for (int i = 0; i < exemplarLabels.size(); i++) {
            label(out, 1, exemplarLabels.name(i), exemplarLabels.value(i));
        }
        out.decimal(2, exemplar.value().either());
        out.varint(3, time);
        out.end(message);
    }

    @Override
    public void histogram(ExponentialState state, long time, long start) {
        tally.histogram();
        NativeHistogramWire.write(out, 4, state, time, 0);
    }

    @Override
    public void histogram(HistogramState state, CustomBuckets buckets, long time, long start) {
        tally.histogram();
        NativeHistogramWire.write(out, 4, state, buckets, time, 0);
    }

    @Override
    public void staleHistogram(long time) {
        tally.histogram();
        NativeHistogramWire.writeStale(out, 4, time);
    }

    @Override
    public void part(Series.Key key, LabelRun name) {
        close(key.family());
        open(key, name, LabelRun.EMPTY);
    }

    @Override
    public void close(Family family) {
        out.end(series);
    }

    @Override
    public void metadata(Family family) {
        int message = out.begin(3, 100);
        out.varint(1, family.type());
        out.string(2, family.name());
        if (!family.help().isEmpty()) {
            out.string(4, family.help());
        }
        if (!family.unit().isEmpty()) {
            out.string(5, family.unit());
        }
        out.end(message);
    }

    @Override
    public Bytes finish() {
        return out.toBytes();
    }

    private void raw(LabelRun run) {
        out.raw(run.bytes(), 0, run.bytes().length);
    }

    private static void label(WireAppender out, int field, String name, String value) {
        int label = out.begin(field, 2 * (name.length() + value.length()));
        out.string(1, name);
        out.string(2, value);
        out.end(label);
    }
}
