package dev.sluice.promql.rules;

import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.QueryResult;
import dev.sluice.promql.eval.QueryValue.ScalarValue;
import dev.sluice.promql.eval.QueryValue.VectorValue;
import dev.sluice.promql.eval.Vector;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.SeriesSource;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a rule, in pieces for those who must not take long at a time: the query, a few hundred elements of its result at a time, what follows
 * from them, and a few hundred samples at a time. Until all elements are there, the rule shows what it showed before.
 */
final class RuleRun {
    /** So many elements take a few milliseconds, those of alerts with templates the longest. */
    private static final int PIECE = 500;

    private final Rule rule;
    private final long time;
    private final long queryTime;
    private final int limit;
    private @Nullable Stage stage = Stage.QUERY;
    private @Nullable Vector result;
    private int done;
    private boolean failed;

    /** What comes next. */
    private enum Stage {
        QUERY,
        ELEMENTS,
        WRITE
    }

    RuleRun(Rule rule, long time, GroupSpec group) {
        this.rule = rule;
        this.time = time;
        queryTime = time - group.queryOffset();
        limit = group.limit();
    }

    boolean hasNext() {
        return stage != null;
    }

    /** Whether the evaluation could not be finished, which leaves the rule's alerts and series as they were. */
    boolean failed() {
        return failed;
    }

    /** Does a piece. True once, when the result is complete and its alerts are to be sent. */
    boolean next(SeriesSource source, SampleSink sink) {
        switch (stage) {
            case QUERY -> attempt(() -> query(source));
            case ELEMENTS -> {
                attempt(this::elements);
                return stage == Stage.WRITE;
            }
            case WRITE -> write(sink);
            case null -> throw new IllegalStateException("the evaluation is over");
        }
        return false;
    }

    private void attempt(Runnable piece) {
        try {
            piece.run();
        } catch (EvalException | RuleException e) {
            rule.failed(time, e.getMessage());
            failed = true;
            stage = null;
        }
    }

    private void query(SeriesSource source) {
        QueryResult answer = rule.query(source, queryTime);
        rule.begin(time);
        switch (answer.value()) {
            case VectorValue value -> result = value.vector();
            case ScalarValue value -> rule.element(Labels.EMPTY, value.value(), null, time);
            default -> throw new RuleException("rule result is not a vector or scalar");
        }
        stage = Stage.ELEMENTS;
    }

    private void elements() {
        Vector vector = result;
        int size = vector == null ? 0 : vector.size();
        int end = Math.min(done + PIECE, size);
        for (; vector != null && done < end; done++) {
            rule.element(vector.labels(done), vector.value(done), vector.histogram(done), time);
        }
        if (done == size) {
            rule.end(time, limit);
            rule.succeeded(time);
            done = 0;
            stage = Stage.WRITE;
        }
    }

    private void write(SampleSink sink) {
        int end = Math.min(done + PIECE, rule.samples().size());
        rule.written.write(rule.samples(), done, end, queryTime, sink);
        done = end;
        if (done == rule.samples().size()) {
            rule.written.endOthers(queryTime, sink);
            stage = null;
        }
    }
}
