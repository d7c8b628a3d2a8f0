package dev.sluice.promql.script;

import dev.sluice.promql.script.Expectation.Kind;
import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query and what it should give. Times are milliseconds since the script's beginning. */
final class EvalCommand implements Command {
    /** The span of steps of a range query, or of the range that an instant query should give. */
    record Steps(long start, long end, long step) {}

    private final int line;
    private final String query;
    private final boolean range;
    private long time;
    private Steps steps = new Steps(0, 0, 0);
    private boolean rangeVectorExpected;
    private @Nullable String expectedString;
    private @Nullable Double expectedScalar;
    private final Map<Labels, List<SequenceValue>> expectedSeries = new LinkedHashMap<>();
    private final List<Expectation> expectations = new ArrayList<>();

    private EvalCommand(int line, String query, boolean range) {
        this.line = line;
        this.query = query;
        this.range = range;
    }

    static EvalCommand instant(int line, String query, long time) {
        EvalCommand made = new EvalCommand(line, query, false);
        made.time = time;
        return made;
    }

    static EvalCommand range(int line, String query, Steps steps) {
        EvalCommand made = new EvalCommand(line, query, true);
        made.steps = steps;
        return made;
    }

    /** From 1. */
    int line() {
        return line;
    }

    String query() {
        return query;
    }

    /** Whether it is evaluated over a range. */
    boolean range() {
        return range;
    }

    long time() {
        return time;
    }

    Steps steps() {
        return steps;
    }

    /** An instant query is to give a range, which ends at the time of evaluation. */
    void expectRange(Steps expected) {
        rangeVectorExpected = true;
        steps = expected;
        time = expected.end;
    }

    void expect(String text) {
        expectedString = text;
    }

    void expect(double scalar) {
        expectedScalar = scalar;
    }

    void expect(Labels labels, List<SequenceValue> values) {
        expectedSeries.put(labels, values);
    }

    void expect(Expectation expectation) {
        expectations.add(expectation);
    }

    boolean rangeVectorExpected() {
        return rangeVectorExpected;
    }

    @Nullable
    String expectedString() {
        return expectedString;
    }

    @Nullable
    Double expectedScalar() {
        return expectedScalar;
    }

    /** In the order of the script. */
    Map<Labels, List<SequenceValue>> expectedSeries() {
        return expectedSeries;
    }

    List<Expectation> expectations(Kind kind) {
        return expectations.stream().filter(e -> e.kind() == kind).toList();
    }

    boolean expects(Kind kind) {
        return expectations.stream().anyMatch(e -> e.kind() == kind);
    }
}
