package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.gotext.GoFloat;
import dev.sluice.otlp.view.MetricView;
import dev.sluice.prometheus.SeriesState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the series of one Prometheus name and type share. The help is that of the first metric. */
final class Family {
    /** Sets of bounds or quantiles that are kept for all series; a sender that changes them all the time gets new ones every time. */
    private static final int KEPT = 16;

    /** The type of counters, by its number. */
    static final int COUNTER = 1;

    private static final String NAME = "__name__";

    private final Key key;
    private final String help;
    private final LabelRun name;
    private final LabelRun sum;
    private final LabelRun count;
    private final LabelRun bucket;
    private final LabelRun metadata;
    private final RequestWriter writer;
    private final List<Steps> steps = new ArrayList<>();
    private final Steps none;
    private final SeriesState scratch;
    private long batch;

    /** {@code type} by its number in the protocol, which both versions share. */
    record Key(String name, MetricView.Kind kind, int type, String unit) {}

    Family(Key key, String help, RequestWriter writer) {
        this.key = key;
        this.help = help;
        this.writer = writer;
        name = writer.label(NAME, key.name());
        sum = writer.label(NAME, key.name() + "_sum");
        count = writer.label(NAME, key.name() + "_count");
        bucket = writer.label(NAME, key.name() + "_bucket");
        metadata = writer.metadata(help, key.unit());
        none = made(new double[0]);
        scratch = SeriesState.of(key.kind());
    }

    String name() {
        return key.name();
    }

    Key key() {
        return key;
    }

    int type() {
        return key.type();
    }

    /** Whether it counts up from a start. What goes down too need not have begun at zero, as a start would say. */
    boolean counts() {
        return key.type() == COUNTER;
    }

    String help() {
        return help;
    }

    String unit() {
        return key.unit();
    }

    LabelRun nameLabel() {
        return name;
    }

    LabelRun sumLabel() {
        return sum;
    }

    LabelRun countLabel() {
        return count;
    }

    LabelRun bucketLabel() {
        return bucket;
    }

    LabelRun metadata() {
        return metadata;
    }

    /** For the point at hand where nothing is added up. Points of a family mostly share their bounds, which it then need not copy. */
    SeriesState scratch() {
        return scratch;
    }

    /** Whether it is new in the batch of this number. */
    boolean firstIn(long number) {
        boolean first = batch != number;
        batch = number;
        return first;
    }

    /** The label that parts a histogram's buckets or a summary's quantiles; empty for others. */
    String stepLabel() {
        return switch (key.kind()) {
            case HISTOGRAM -> "le";
            case SUMMARY -> "quantile";
            case EMPTY, GAUGE, SUM, EXPONENTIAL_HISTOGRAM -> "";
        };
    }

    /** Of a point without bounds or quantiles. */
    Steps noSteps() {
        return none;
    }

    /** The labels for these bounds or quantiles: {@code last} if they are those. */
    Steps steps(double[] values, Steps last) {
        if (last.isOf(values)) {
            return last;
        }
        for (Steps known : steps) {
            if (known.isOf(values)) {
                return known;
            }
        }
        Steps made = made(values);
        if (steps.size() < KEPT) {
            steps.add(made);
        }
        return made;
    }

    void forEachRun(Consumer<LabelRun> visitor) {
        visitor.accept(name);
        visitor.accept(sum);
        visitor.accept(count);
        visitor.accept(bucket);
        visitor.accept(metadata);
        none.labels().forEach(visitor);
        for (Steps some : steps) {
            some.labels().forEach(visitor);
        }
    }

    private Steps made(double[] values) {
        List<LabelRun> labels = new ArrayList<>(values.length + 1);
        for (double value : values) {
            labels.add(writer.label(stepLabel(), GoFloat.plain(value)));
        }
        if (key.kind() == MetricView.Kind.HISTOGRAM) {
            labels.add(writer.label(stepLabel(), "+Inf"));
        }
        return new Steps(values, labels);
    }
}
