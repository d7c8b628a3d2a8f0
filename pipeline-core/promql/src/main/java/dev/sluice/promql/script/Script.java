package dev.sluice.promql.script;

import dev.sluice.promql.eval.EvalException;
import dev.sluice.promql.eval.Query;
import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.eval.QueryResult;
import dev.sluice.promql.eval.QueryValue.MatrixValue;
import dev.sluice.promql.script.Expectation.Kind;
import dev.sluice.promql.series.MemorySeries;
import dev.sluice.promql.syntax.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs a test script. An instant query is also evaluated in the middle of a range, and at other times with {@code @}, and must give the same, as in
 * prometheus promql/promqltest.
 */
public final class Script {
    private static final long MINUTE = 60_000;

    private final List<Command> commands;
    private final QueryOptions options;
    private final MemorySeries series = new MemorySeries();

    private Script(List<Command> commands, QueryOptions options) {
        this.commands = commands;
        this.options = options;
    }

    /** Reads a script; see {@link #run()}. */
    public static Script parse(String text, QueryOptions options) throws ScriptException {
        return new Script(ScriptParser.parse(text), options);
    }

    /** Runs all commands, whatever fails. */
    public ScriptReport run() {
        series.clear();
        int passed = 0;
        List<ScriptReport.Failure> failures = new ArrayList<>();
        for (Command command : commands) {
            switch (command) {
                case Command.Clear clear -> series.clear();
                case LoadCommand load -> load.load(series);
                case EvalCommand eval -> {
                    String problem = check(eval);
                    if (problem == null) {
                        passed++;
                    } else {
                        failures.add(new ScriptReport.Failure(eval.line(), eval.query(), problem));
                    }
                }
            }
        }
        return new ScriptReport(passed, failures);
    }

    private @Nullable String check(EvalCommand eval) {
        if (eval.range()) {
            EvalCommand.Steps steps = eval.steps();
            return check(eval, eval.query(), q -> q.over(series, steps.start(), steps.end(), steps.step()));
        }
        String problem = instant(eval, eval.query(), eval.time());
        if (problem != null) {
            return problem;
        }
        String fixed = fixed(eval);
        if (fixed != null) {
            for (long time : otherTimes(eval.time())) {
                problem = instant(eval, fixed, time);
                if (problem != null) {
                    return fixed + " at " + time + ": " + problem;
                }
            }
        }
        return null;
    }

    private @Nullable String fixed(EvalCommand eval) {
        try {
            return FixedTime.of(Query.compile(eval.query(), options).expr(), eval.time());
        } catch (ParseException e) {
            return null;
        }
    }

    private static Set<Long> otherTimes(long time) {
        Set<Long> times = new LinkedHashSet<>();
        if (time == 0) {
            times.add(-1000L);
            times.add(1000L);
        } else {
            for (long other : new long[] {-10 * time, 0, time / 5, time, 10 * time}) {
                times.add(other);
            }
        }
        return times;
    }

    private @Nullable String instant(EvalCommand eval, String query, long time) {
        String problem = check(eval, query, q -> q.at(series, time));
        boolean contextual = query.contains("start()")
                || query.contains("end()")
                || query.contains("range()")
                || query.contains("step()");
        boolean only = eval.rangeVectorExpected()
                || eval.expectedString() != null
                || eval.expects(Kind.FAIL)
                || eval.expects(Kind.ORDERED)
                || contextual;
        if (problem != null || only) {
            return problem;
        }
        return inRange(eval, query, time);
    }

    /** The query in the middle of a range of three steps. */
    private @Nullable String inRange(EvalCommand eval, String query, long time) {
        try {
            Query compiled = Query.compile(query, options);
            QueryResult result = compiled.over(series, time - MINUTE, time + MINUTE, MINUTE);
            if (!(result.value() instanceof MatrixValue matrix)) {
                return "range mode gave no matrix";
            }
            String problem = Middle.compare(eval, matrix.series(), time);
            return problem == null ? null : "range mode: " + problem;
        } catch (ParseException | EvalException e) {
            return "range mode: " + e.getMessage();
        }
    }

    /** How a query is evaluated. */
    private interface Evaluation {
        QueryResult of(Query query);
    }

    private @Nullable String check(EvalCommand eval, String query, Evaluation evaluation) {
        QueryResult result;
        try {
            result = evaluation.of(Query.compile(query, options));
        } catch (ParseException | EvalException e) {
            return failed(eval, String.valueOf(e.getMessage()));
        }
        if (eval.expects(Kind.FAIL)) {
            return "expected error but got none";
        }
        String problem = annotations(eval, Kind.WARN, Kind.NO_WARN, result.warnings());
        if (problem == null) {
            problem = annotations(eval, Kind.INFO, Kind.NO_INFO, result.infos());
        }
        return problem == null ? Comparison.of(eval, result.value()) : problem;
    }

    private static @Nullable String failed(EvalCommand eval, String message) {
        if (!eval.expects(Kind.FAIL)) {
            return message;
        }
        for (Expectation expectation : eval.expectations(Kind.FAIL)) {
            if (!expectation.accepts(message)) {
                return "expected error matching \"" + expectation + "\", but got: " + message;
            }
        }
        return null;
    }

    private static @Nullable String annotations(EvalCommand eval, Kind wanted, Kind unwanted, List<String> messages) {
        if (eval.expects(unwanted) && !messages.isEmpty()) {
            return "unexpected annotations: " + messages;
        }
        List<Expectation> expectations = eval.expectations(wanted);
        if (expectations.isEmpty()) {
            return null;
        }
        for (Expectation expectation : expectations) {
            if (messages.stream().noneMatch(expectation::accepts)) {
                return "expected annotation \"" + expectation + "\", but got: " + messages;
            }
        }
        for (String message : messages) {
            if (expectations.stream().noneMatch(e -> e.accepts(message))) {
                return "unexpected annotation: " + message;
            }
        }
        return null;
    }
}
