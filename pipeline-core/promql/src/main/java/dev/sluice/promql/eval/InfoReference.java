package dev.sluice.promql.eval;

import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.Shift;
import dev.sluice.promql.syntax.SubqueryExpr;
import dev.sluice.promql.syntax.ValueType;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * The time at which {@code info} looks for info series: that of the selectors inside where all look at the same time, otherwise that of the
 * evaluation. Source: prometheus promql/info.go, infoSelectTimestampAndOffset.
 */
final class InfoReference {
    /** For each selector inside: its shift and those of the subqueries around it, the innermost first. */
    private final List<List<TimeShift>> selectors = new ArrayList<>();

    private boolean withoutSelector;

    InfoReference(Expr expr) {
        inspect(expr, List.of());
    }

    long time(long evaluation, Run run) {
        if (selectors.isEmpty() || withoutSelector) {
            return evaluation;
        }
        long first = time(selectors.getFirst(), evaluation, run);
        boolean fixed = fixed(selectors.getFirst());
        for (List<TimeShift> shifts : selectors) {
            if (fixed(shifts) != fixed || time(shifts, evaluation, run) != first) {
                return evaluation;
            }
        }
        return first;
    }

    /** Whether all selectors look at one time that does not depend on the step. */
    boolean mayBeFixed() {
        return !withoutSelector
                && selectors.stream().allMatch(InfoReference::fixed)
                && selectors.stream().distinct().count() == 1;
    }

    private static boolean fixed(List<TimeShift> shifts) {
        return shifts.stream().anyMatch(TimeShift::fixed);
    }

    private static long time(List<TimeShift> shifts, long evaluation, Run run) {
        long time = evaluation;
        // From the outside in, as evaluation goes.
        for (TimeShift shift : shifts.reversed()) {
            time = shift.time(time, run);
        }
        return time;
    }

    private boolean inspect(Expr expr, List<TimeShift> around) {
        if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.MATRIX) {
            return false;
        }
        if (expr instanceof VectorSelector selector) {
            selectors.add(with(selector.shift(), around));
            return true;
        }
        List<TimeShift> inside = expr instanceof SubqueryExpr s ? with(s.shift(), around) : around;
        boolean any = false;
        for (Expr child : children(expr)) {
            any |= inspect(child, inside);
        }
        withoutSelector |= !any;
        return any;
    }

    private static List<TimeShift> with(Shift shift, List<TimeShift> around) {
        List<TimeShift> all = new ArrayList<>();
        all.add(new TimeShift(shift));
        all.addAll(around);
        return all;
    }

    /** The second argument of {@code info} is no expression. */
    private static List<Expr> children(Expr expr) {
        return expr instanceof Call call && call.function().name().equals("info")
                ? call.arguments().subList(0, 1)
                : expr.children();
    }
}
