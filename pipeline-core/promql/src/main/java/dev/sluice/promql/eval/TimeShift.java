package dev.sluice.promql.eval;

import dev.sluice.promql.syntax.Shift;

/** Where a selector or subquery looks for a time of evaluation. */
record TimeShift(Shift shift) {
    private static final long NANOS = 1_000_000;

    /** Whether it looks at the same time at all steps. */
    boolean fixed() {
        return shift.hasAt();
    }

    /** Milliseconds since 1970. */
    long time(long evaluation, Run run) {
        long base = evaluation;
        if (shift.at() != null) {
            base = shift.at();
        } else if (shift.boundary() != null) {
            base = shift.boundary() == Shift.Boundary.START ? run.start() : run.end();
        }
        return base - offset(run);
    }

    private long offset(Run run) {
        return shift.offsetExpression() == null
                ? shift.offset() / NANOS
                : Durations.millis(shift.offsetExpression(), run, true);
    }
}
