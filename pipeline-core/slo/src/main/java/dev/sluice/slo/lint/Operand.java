package dev.sluice.slo.lint;

import dev.sluice.promql.syntax.AggregateExpr;
import dev.sluice.promql.syntax.BinaryExpr;
import dev.sluice.promql.syntax.Call;
import dev.sluice.promql.syntax.DurationExpr;
import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.MatrixSelector;
import dev.sluice.promql.syntax.NumberLiteral;
import dev.sluice.promql.syntax.ParenExpr;
import dev.sluice.promql.syntax.StringLiteral;
import dev.sluice.promql.syntax.SubqueryExpr;
import dev.sluice.promql.syntax.UnaryExpr;
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
            switch (expr) {
                case VectorSelector e -> selectors.add(e);
                case MatrixSelector e -> visit(e.selector());
                case SubqueryExpr e -> visit(e.inner());
                case AggregateExpr e -> {
                    relabels |= e.op().text().equals("count_values");
                    visit(e.operand());
                }
                case BinaryExpr e -> {
                    visit(e.left());
                    visit(e.right());
                }
                case Call e -> {
                    relabels |= RELABELLING.contains(e.function().name());
                    e.arguments().forEach(this::visit);
                }
                case ParenExpr e -> visit(e.inner());
                case UnaryExpr e -> visit(e.operand());
                case DurationExpr _, NumberLiteral _, StringLiteral _ -> {}
            }
        }
    }
}
