package dev.sluice.slo.lint;

import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.VectorSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an expression is made of.
 *
 * @param selectors all of them, in their order
 * @param relabels whether a function gives labels that no selector has
 */
record Operand(List<VectorSelector> selectors, boolean relabels) {
    private static final Set<String> RELABELLING = Set.of("label_replace", "label_join", "info");

    static Operand of(Expr expr) {
        Walk walk = new Walk();
        walk.visit(expr);
        return new Operand(List.copyOf(walk.selectors), walk.relabels);
    }

    private static final class Walk {
        private final List<VectorSelector> selectors = new ArrayList<>();
        private boolean relabels;

        private void visit(Expr expr) {
            if (expr instanceof VectorSelector selector) {
                selectors.add(selector);
            }
            relabels |= switch (expr) {
                case AggregateExpr e -> e.op().text().equals("count_values");
                case Call e -> RELABELLING.contains(e.function().name());
                default -> false;
            };
            expr.children().forEach(this::visit);
        }
    }
}
