package dev.sluice.promql.rules;

import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryResult;
import dev.sluice.promql.eval.QueryValue.ScalarValue;
import dev.sluice.promql.eval.QueryValue.VectorValue;
import dev.sluice.promql.eval.Vector;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.SeriesSource;
import dev.sluice.promql.syntax.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that can be evaluated. */
public abstract sealed class Rule permits RecordingRule, AlertingRule {
    private final Query query;
    final Samples samples = new Samples();
    WrittenSeries written = new WrittenSeries();
    private RuleHealth health = RuleHealth.UNKNOWN;
    private @Nullable String error;
    private long evaluatedAt;
    private List<String> warnings = List.of();
    private List<String> infos = List.of();

    Rule(String expr, QueryOptions options) throws ParseException {
        query = Query.compile(expr, options);
    }

    static Rule of(RuleSpec spec, QueryOptions options, Expander expander) throws ParseException {
        return switch (spec) {
            case RuleSpec.Recording recording -> new RecordingRule(recording, options);
            case RuleSpec.Alerting alerting -> new AlertingRule(alerting, options, expander);
        };
    }

    public abstract RuleSpec spec();

    public RuleHealth health() {
        return health;
    }

    /** Why the last evaluation failed; {@code null} where it did not. */
    public @Nullable String error() {
        return error;
    }

    /** The series that the last evaluation gave; none if it failed. */
    public Samples samples() {
        return samples;
    }

    /** When the rule was last evaluated; 0 where it never was. */
    public long evaluatedAt() {
        return evaluatedAt;
    }

    /** What the last evaluation warned of. */
    public List<String> warnings() {
        return warnings;
    }

    /** What else the last evaluation remarked. */
    public List<String> infos() {
        return infos;
    }

    /** Evaluates into {@link #samples}; false where that failed, which leaves the rule as it was. */
    final boolean evaluate(SeriesSource source, long time, long queryOffset, int limit) {
        evaluatedAt = time;
        samples.clear();
        try {
            QueryResult result = query.at(source, time - queryOffset);
            warnings = result.warnings();
            infos = result.infos();
            begin(time);
            switch (result.value()) {
                case VectorValue value -> {
                    Vector vector = value.vector();
                    for (int i = 0; i < vector.size(); i++) {
                        element(vector.labels(i), vector.value(i), vector.histogram(i), time);
                    }
                }
                case ScalarValue value -> element(Labels.EMPTY, value.value(), null, time);
                default -> throw new RuleException("rule result is not a vector or scalar");
            }
            end(time, limit);
        } catch (EvalException | RuleException e) {
            health = RuleHealth.BAD;
            error = e.getMessage();
            return false;
        }
        health = RuleHealth.GOOD;
        error = null;
        return true;
    }

    abstract void begin(long time);

    abstract void element(Labels labels, double value, @Nullable NativeHistogram histogram, long time);

    abstract void end(long time, int limit);

    /** What the rule knows of alerts; a recording rule has none. */
    List<Alert> alerts() {
        return List.of();
    }

    /** What is to outlive a restart. */
    SavedRule save() {
        return new SavedRule(spec().identity(), alerts(), written.labels());
    }

    /**
     * Goes on where the rule was before a restart.
     *
     * @param settled until when samples that come again may be missing
     */
    void restore(SavedRule saved, long downAt, long now, long settled) {
        written.restore(saved.written());
    }

    /** Goes on where the same rule of an older version of the file was. */
    void takeOver(Rule older) {
        written = older.written;
    }

    @Override
    public String toString() {
        return spec().name() + ": " + query;
    }
}
