package dev.sluice.promql.rules;

import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryResult;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.SeriesSource;
import dev.sluice.promql.syntax.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that can be evaluated. */
public abstract sealed class Rule permits RecordingRule, AlertingRule {
    private final Query query;
    /** What an evaluation fills. */
    Samples samples = new Samples();

    private Samples shown = new Samples();
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
        return shown;
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

    /** Evaluates the expression; its value is valid until the next time. */
    final QueryResult query(SeriesSource source, long queryTime) {
        QueryResult result = query.at(source, queryTime);
        warnings = result.warnings();
        infos = result.infos();
        samples.clear();
        return result;
    }

    final void failed(long time, @Nullable String why) {
        evaluatedAt = time;
        shown.clear();
        health = RuleHealth.BAD;
        error = why;
    }

    /** Shows the samples from now on. */
    final void succeeded(long time) {
        evaluatedAt = time;
        Samples before = shown;
        shown = samples;
        samples = before;
        health = RuleHealth.GOOD;
        error = null;
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
