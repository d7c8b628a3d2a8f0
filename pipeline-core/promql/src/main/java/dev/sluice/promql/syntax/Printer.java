package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.MatchType;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.series.Names;
import dev.sluice.promql.text.PrometheusDuration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions as text, laid out as Prometheus' {@code String()} does. Source: prometheus promql/parser/printer.go. */
final class Printer {
    private Printer() {}

    static String text(Expr expr) {
        return switch (expr) {
            case AggregateExpr e -> aggregate(e);
            case BinaryExpr e ->
                e.left() + " " + e.op().text() + (e.returnsBool() ? " bool" : "") + matching(e.matching()) + " "
                        + e.right();
            case Call e -> e.function().name() + "(" + joined(e.arguments()) + ")";
            case DurationExpr e -> duration(e);
            case MatrixSelector e -> matrix(e);
            case NumberLiteral e -> number(e);
            case ParenExpr e -> "(" + e.inner() + ")";
            case StringLiteral e -> GoString.quote(e.value());
            case SubqueryExpr e ->
                e.inner() + "[" + length(e.range(), e.rangeExpression()) + ":" + step(e) + "]" + at(e.shift())
                        + offset(e.shift());
            case UnaryExpr e -> (e.negative() ? "-" : "+") + e.operand();
            case VectorSelector e -> selected(e) + at(e.shift()) + extent(e) + offset(e.shift());
        };
    }

    private static String aggregate(AggregateExpr e) {
        String head = e.op().text();
        if (e.without()) {
            head += " without (" + labels(e.grouping()) + ") ";
        } else if (!e.grouping().isEmpty()) {
            head += " by (" + labels(e.grouping()) + ") ";
        }
        return head + "(" + (e.parameter() == null ? "" : e.parameter() + ", ") + e.operand() + ")";
    }

    private static String matching(@Nullable VectorMatching m) {
        if (m == null) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        boolean left = m.cardinality() == VectorMatching.Cardinality.MANY_TO_ONE;
        boolean grouped = left || m.cardinality() == VectorMatching.Cardinality.ONE_TO_MANY;
        if (!m.labels().isEmpty() || m.on() || grouped) {
            out.append(m.on() ? " on (" : " ignoring (")
                    .append(labels(m.labels()))
                    .append(')');
        }
        if (grouped) {
            out.append(left ? " group_left (" : " group_right (")
                    .append(labels(m.include()))
                    .append(')');
        }
        Double fillLeft = m.fillLeft();
        Double fillRight = m.fillRight();
        if (fillLeft != null && fillRight != null && fillLeft.doubleValue() == fillRight.doubleValue()) {
            return out.append(" fill (").append(GoFloat.g(fillLeft)).append(')').toString();
        }
        if (fillLeft != null) {
            out.append(" fill_left (").append(GoFloat.g(fillLeft)).append(')');
        }
        if (fillRight != null) {
            out.append(" fill_right (").append(GoFloat.g(fillRight)).append(')');
        }
        return out.toString();
    }

    private static String duration(DurationExpr e) {
        String text = switch (e.op()) {
            case STEP, RANGE -> e.op().text() + "()";
            case MIN_OF, MAX_OF -> e.op().text() + "(" + e.left() + ", " + e.right() + ")";
            default ->
                e.left() == null
                        ? (e.op() == DurationExpr.Op.SUB ? "-" : "") + e.right()
                        : e.left() + " " + e.op().text() + " " + e.right();
        };
        return e.wrapped() ? "(" + text + ")" : text;
    }

    private static String matrix(MatrixSelector e) {
        VectorSelector s = e.selector();
        return selected(s) + "[" + length(e.range(), e.rangeExpression()) + "]" + extent(s) + at(s.shift())
                + offset(s.shift());
    }

    private static String number(NumberLiteral e) {
        // Go rounds to nanoseconds by cutting off.
        return e.duration() ? PrometheusDuration.text((long) (e.value() * 1e9)) : GoFloat.plain(e.value());
    }

    private static String length(long nanos, @Nullable DurationExpr expression) {
        return expression != null ? expression.toString() : PrometheusDuration.text(nanos);
    }

    private static String step(SubqueryExpr e) {
        if (e.stepExpression() != null) {
            return e.stepExpression().toString();
        }
        return e.step() == 0 ? "" : PrometheusDuration.text(e.step());
    }

    private static String selected(VectorSelector e) {
        List<String> conditions = new ArrayList<>();
        for (Matcher matcher : e.matchers()) {
            boolean name = matcher.name().equals(Labels.NAME)
                    && matcher.type() == MatchType.EQUAL
                    && matcher.value().equals(e.name())
                    && !e.name().isEmpty();
            if (!name) {
                conditions.add(matcher.toString());
            }
        }
        conditions.sort(GoString::compare);
        return conditions.isEmpty() ? e.name() : e.name() + "{" + String.join(",", conditions) + "}";
    }

    private static String at(Shift shift) {
        if (shift.at() != null) {
            return " @ " + GoFloat.fixed(shift.at() / 1000.0, 3);
        }
        if (shift.boundary() == null) {
            return "";
        }
        return shift.boundary() == Shift.Boundary.START ? " @ start()" : " @ end()";
    }

    private static String offset(Shift shift) {
        if (shift.offsetExpression() != null) {
            return " offset " + shift.offsetExpression();
        }
        return shift.offset() == 0 ? "" : " offset " + PrometheusDuration.text(shift.offset());
    }

    private static String extent(VectorSelector e) {
        return switch (e.extent()) {
            case PLAIN -> "";
            case ANCHORED -> " anchored";
            case SMOOTHED -> " smoothed";
        };
    }

    private static String labels(List<String> names) {
        List<String> shown = new ArrayList<>();
        for (String name : names) {
            shown.add(Names.legacy(name) ? name : GoString.quote(name));
        }
        return String.join(", ", shown);
    }

    private static String joined(List<Expr> expressions) {
        List<String> texts = new ArrayList<>();
        for (Expr expression : expressions) {
            texts.add(expression.toString());
        }
        return String.join(", ", texts);
    }
}
