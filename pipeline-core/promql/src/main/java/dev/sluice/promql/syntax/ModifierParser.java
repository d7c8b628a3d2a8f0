package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoFloat;
import org.jspecify.annotations.Nullable;

/** Reads ranges, {@code offset}, {@code @}, {@code anchored} and {@code smoothed} behind an expression. */
final class ModifierParser {
    private static final String OFFSETS = "number, duration, step(), or range()";

    private final Tokens tokens;

    ModifierParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The expression with all that stands behind it. */
    Expr modified(Expr expr) throws ParseException {
        Expr result = expr;
        while (true) {
            switch (tokens.type()) {
                case LEFT_BRACKET -> result = range(result);
                case OFFSET -> result = offset(result);
                case AT -> result = at(result);
                case ANCHORED -> {
                    tokens.take();
                    result = extended(result, VectorSelector.Extent.ANCHORED);
                }
                case SMOOTHED -> {
                    tokens.take();
                    result = extended(result, VectorSelector.Extent.SMOOTHED);
                }
                default -> {
                    return result;
                }
            }
        }
    }

    private Expr range(Expr inner) throws ParseException {
        Token open = tokens.take();
        Tokens.Context outer = tokens.enter("subquery or range selector", OFFSETS);
        DurationParser durations = new DurationParser(tokens);
        Expr range = positive(durations.duration());
        tokens.enter("subquery or range", "\":\" or \"]\"");
        if (tokens.accept(TokenType.COLON)) {
            tokens.enter("subquery selector", OFFSETS.replace("step(), or range()", "step(), range(), or \"]\""));
            Expr step = null;
            if (!tokens.at(TokenType.RIGHT_BRACKET)) {
                step = positive(durations.duration());
                tokens.enter("subquery selector", "\"]\"");
            }
            Token close = tokens.take(TokenType.RIGHT_BRACKET);
            tokens.restore(outer);
            return new SubqueryExpr(
                    inner,
                    nanos(range),
                    computed(range),
                    step == null ? 0 : nanos(step),
                    step == null ? null : computed(step),
                    Shift.NONE,
                    inner.span().to(close.span()));
        }
        Token close = tokens.take(TokenType.RIGHT_BRACKET);
        tokens.restore(outer);
        Span brackets = open.span().to(close.span());
        if (!(inner instanceof VectorSelector selector)) {
            throw tokens.error("ranges only allowed for vector selectors", brackets);
        }
        if (selector.shift().hasOffset()) {
            throw tokens.error("no offset modifiers allowed before range", brackets);
        }
        if (selector.shift().hasAt()) {
            throw tokens.error("no @ modifiers allowed before range", brackets);
        }
        return new MatrixSelector(
                selector, nanos(range), computed(range), inner.span().to(close.span()));
    }

    private Expr positive(Expr duration) throws ParseException {
        if (duration instanceof NumberLiteral n && n.value() <= 0) {
            throw tokens.error("duration must be greater than 0", n.span());
        }
        return duration;
    }

    private static long nanos(Expr duration) {
        return duration instanceof NumberLiteral n ? Literals.nanos(n.value()) : 0;
    }

    private static @Nullable DurationExpr computed(Expr duration) {
        return duration instanceof DurationExpr d ? d : null;
    }

    private Expr offset(Expr expr) throws ParseException {
        tokens.take();
        Tokens.Context outer = tokens.enter("offset", OFFSETS);
        Expr duration = new DurationParser(tokens).offset();
        tokens.restore(outer);
        Shift before = shift(
                expr,
                "offset modifier must be preceded by an instant vector selector or range vector selector or a subquery");
        if (before.hasOffset()) {
            throw tokens.error("offset may not be set multiple times", expr.span());
        }
        DurationExpr computed = computed(duration);
        return shifted(expr, computed == null ? before.withOffset(nanos(duration)) : before.withOffset(computed));
    }

    private Expr at(Expr expr) throws ParseException {
        tokens.take();
        Tokens.Context outer = tokens.enter("@", "timestamp");
        String problem =
                "@ modifier must be preceded by an instant vector selector or range vector selector or a subquery";
        Expr result;
        if (tokens.at(TokenType.START) || tokens.at(TokenType.END)) {
            Shift.Boundary end = tokens.take().type() == TokenType.START ? Shift.Boundary.START : Shift.Boundary.END;
            tokens.take(TokenType.LEFT_PAREN);
            tokens.take(TokenType.RIGHT_PAREN);
            result = shifted(expr, fixable(expr, problem).withAt(end));
        } else {
            double seconds = Literals.takeSigned(tokens);
            if (!(Math.abs(seconds) < 0x1p63)) {
                throw tokens.error("timestamp out of bounds for @ modifier: " + GoFloat.fixed(seconds), expr.span());
            }
            result = shifted(expr, fixable(expr, problem).withAt(Literals.nanos(seconds / 1e6)));
        }
        tokens.restore(outer);
        return result;
    }

    private Shift fixable(Expr expr, String problem) throws ParseException {
        Shift before = shift(expr, problem);
        if (before.hasAt()) {
            throw tokens.error("@ <timestamp> may not be set multiple times", expr.span());
        }
        return before;
    }

    private Shift shift(Expr expr, String problem) throws ParseException {
        return switch (expr) {
            case VectorSelector e -> e.shift();
            case MatrixSelector e -> e.selector().shift();
            case SubqueryExpr e -> e.shift();
            default -> throw tokens.error(problem, expr.span());
        };
    }

    private Expr shifted(Expr expr, Shift shift) {
        Span span = new Span(expr.span().start(), tokens.lastEnd());
        return switch (expr) {
            case VectorSelector e -> e.with(shift, span);
            case MatrixSelector e ->
                new MatrixSelector(e.selector().with(shift, e.selector().span()), e.range(), e.rangeExpression(), span);
            case SubqueryExpr e ->
                new SubqueryExpr(e.inner(), e.range(), e.rangeExpression(), e.step(), e.stepExpression(), shift, span);
            default -> throw new IllegalStateException("checked before");
        };
    }

    private Expr extended(Expr expr, VectorSelector.Extent extent) throws ParseException {
        String name = extent == VectorSelector.Extent.ANCHORED ? "anchored" : "smoothed";
        return switch (expr) {
            case VectorSelector e -> extended(e, extent, expr);
            case MatrixSelector e ->
                new MatrixSelector(extended(e.selector(), extent, expr), e.range(), e.rangeExpression(), e.span());
            case SubqueryExpr e -> throw tokens.error(name + " modifier is not supported for subqueries", e.span());
            default -> throw tokens.error(name + " modifier not implemented", expr.span());
        };
    }

    private VectorSelector extended(VectorSelector selector, VectorSelector.Extent extent, Expr whole)
            throws ParseException {
        if (selector.extent() != VectorSelector.Extent.PLAIN && selector.extent() != extent) {
            throw tokens.error("anchored and smoothed modifiers cannot be used together", whole.span());
        }
        return selector.with(extent);
    }
}
