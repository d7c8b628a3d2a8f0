package dev.sluice.promql.rules;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import dev.sluice.promql.syntax.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule that writes its result as series of a metric of its own. */
public final class RecordingRule extends Rule {
    /** So many more label sets than the last result had are remembered before they are forgotten. */
    private static final int SPARE = 1024;

    private final RuleSpec.Recording spec;
    private final Map<Labels, Labels> recorded = new HashMap<>();
    private final Set<Labels> distinct = new HashSet<>();

    RecordingRule(RuleSpec.Recording spec, QueryOptions options) throws ParseException {
        super(spec.expr(), options);
        this.spec = spec;
    }

    @Override
    public RuleSpec.Recording spec() {
        return spec;
    }

    @Override
    void begin(long time) {
        if (recorded.size() > 2 * distinct.size() + SPARE) {
            recorded.clear();
        }
        distinct.clear();
    }

    @Override
    void element(Labels labels, double value, @Nullable NativeHistogram histogram, long time) {
        Labels series = recorded.computeIfAbsent(labels, this::record);
        if (!distinct.add(series)) {
            throw new RuleException("vector contains metrics with the same labelset after applying rule labels");
        }
        samples.add(series, value, histogram);
    }

    private Labels record(Labels labels) {
        LabelsBuilder builder = new LabelsBuilder(labels).set(Labels.NAME, spec.name());
        for (int i = 0; i < spec.labels().size(); i++) {
            builder.set(spec.labels().name(i), spec.labels().value(i));
        }
        return builder.labels();
    }

    @Override
    void end(long time, int limit) {
        if (limit > 0 && samples.size() > limit) {
            throw new RuleException("exceeded limit of " + limit + " with " + samples.size() + " series");
        }
    }
}
