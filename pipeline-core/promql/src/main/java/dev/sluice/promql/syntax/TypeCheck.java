package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.Matcher;
import dev.sluice.promql.syntax.VectorMatching.Cardinality;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the types of a query and what its parts may be combined with. Source: prometheus promql/parser/parse.go, checkAST. */
final class TypeCheck {
    private static final String OPERANDS = "binary expression must contain only scalar and instant vector types";

    private final String query;

    TypeCheck(String query) {
        this.query = query;
    }

    /** Gives the expression with what only the types of operands decide filled in. */
    Expr check(Expr expr) throws ParseException {
        return switch (expr) {
            case AggregateExpr e -> aggregate(e);
            case BinaryExpr e -> binary(e);
            case Call e -> call(e);
            case ParenExpr e -> new ParenExpr(check(e.inner()), e.span());
            case UnaryExpr e -> unary(e);
            case SubqueryExpr e -> subquery(e);
            case MatrixSelector e -> {
                selector(e.selector());
                yield e;
            }
            case VectorSelector e -> {
                selector(e);
                yield e;
            }
            case NumberLiteral e -> e;
            case StringLiteral e -> e;
            case DurationExpr e -> e;
        };
    }

    private Expr aggregate(AggregateExpr e) throws ParseException {
        Expr operand = expect(e.operand(), ValueType.VECTOR, "aggregation expression");
        Expr parameter = e.parameter();
        if (parameter != null) {
            ValueType wanted = e.op() == AggregateOp.COUNT_VALUES ? ValueType.STRING : ValueType.SCALAR;
            parameter = expect(parameter, wanted, "aggregation parameter");
        }
        return new AggregateExpr(e.op(), operand, parameter, e.grouping(), e.without(), e.span());
    }

    private Expr expect(Expr expr, ValueType wanted, String context) throws ParseException {
        Expr checked = check(expr);
        if (checked.type() != wanted) {
            throw error(
                    "expected type " + wanted.documented() + " in " + context + ", got "
                            + checked.type().documented(),
                    expr.span());
        }
        return checked;
    }

    private Expr binary(BinaryExpr e) throws ParseException {
        Expr left = check(e.left());
        Expr right = check(e.right());
        BinaryOp op = e.op();
        if (e.returnsBool() && !op.comparison()) {
            throw error("bool modifier can only be used on comparison operators", operator(e));
        }
        boolean scalars = left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR;
        if (op.comparison() && !e.returnsBool() && scalars) {
            throw error("comparisons between scalars must use BOOL modifier", operator(e));
        }
        VectorMatching matching = matching(e);
        if (matching != null && matching.on()) {
            for (String label : matching.labels()) {
                if (matching.include().contains(label)) {
                    throw error(
                            "label " + GoString.quote(label) + " must not occur in ON and GROUP clause at once",
                            operator(e));
                }
            }
        }
        if (!operand(left)) {
            throw error(OPERANDS, left.span());
        }
        if (!operand(right)) {
            throw error(OPERANDS, right.span());
        }
        boolean vectors = left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
        if (matching != null) {
            if (!vectors) {
                scalarMatching(e, matching);
                matching = null;
            } else if (op.set()) {
                setMatching(e, matching);
            }
        }
        if (!vectors && op.set()) {
            throw error(
                    "set operator " + GoString.quote(op.text()) + " not allowed in binary scalar expression", e.span());
        }
        return new BinaryExpr(op, left, right, matching, e.returnsBool());
    }

    private static @Nullable VectorMatching matching(BinaryExpr e) {
        VectorMatching matching = e.matching();
        if (matching != null && e.op().set() && matching.cardinality() == Cardinality.ONE_TO_ONE) {
            return matching.with(Cardinality.MANY_TO_MANY);
        }
        return matching;
    }

    private void scalarMatching(BinaryExpr e, VectorMatching matching) throws ParseException {
        if (!matching.labels().isEmpty()) {
            throw error("vector matching only allowed between instant vectors", e.span());
        }
        if (matching.fills()) {
            throw error("filling in missing series only allowed between instant vectors", e.span());
        }
    }

    private void setMatching(BinaryExpr e, VectorMatching matching) throws ParseException {
        if (matching.cardinality() != Cardinality.MANY_TO_MANY) {
            throw error("no grouping allowed for " + GoString.quote(e.op().text()) + " operation", e.span());
        }
        if (matching.fills()) {
            throw error("filling in missing series not allowed for set operators", e.span());
        }
    }

    private static boolean operand(Expr expr) {
        return expr.type() == ValueType.SCALAR || expr.type() == ValueType.VECTOR;
    }

    /** Where the operator and what belongs to it stands. */
    private Span operator(BinaryExpr e) {
        int start = e.left().span().end();
        while (start < query.length() && Characters.space(query.charAt(start))) {
            start++;
        }
        return new Span(start, e.right().span().start());
    }

    private Expr call(Call e) throws ParseException {
        Function f = e.function();
        List<Expr> arguments = e.arguments();
        int listed = f.arguments().size();
        String in = " in call to " + GoString.quote(f.name()) + ", got " + arguments.size();
        if (f.variadic() == 0) {
            if (listed != arguments.size()) {
                throw error("expected " + listed + " argument(s)" + in, e.span());
            }
        } else if (arguments.size() < listed - 1) {
            throw error("expected at least " + (listed - 1) + " argument(s)" + in, e.span());
        } else if (f.variadic() > 0 && arguments.size() > listed - 1 + f.variadic()) {
            throw error("expected at most " + (listed - 1 + f.variadic()) + " argument(s)" + in, e.span());
        }
        boolean info = f.name().equals("info");
        if (info && arguments.size() > 1) {
            infoSelector(e, arguments.get(1));
        }
        List<Expr> checked = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expr argument = arguments.get(i);
            Expr result = info && i == 1 ? argument : check(argument);
            ValueType wanted = f.arguments().get(Math.min(i, listed - 1));
            if (result.type() != wanted) {
                throw error(
                        "expected type " + wanted.documented() + " in call to function " + GoString.quote(f.name())
                                + ", got " + result.type().documented(),
                        argument.span());
            }
            checked.add(result);
        }
        return new Call(f, List.copyOf(checked), e.span());
    }

    /** The second argument of {@code info} is not evaluated: it only lists conditions on labels, which may be none. */
    private void infoSelector(Call e, Expr argument) throws ParseException {
        if (argument.type() != ValueType.VECTOR) {
            throw error(
                    "expected type instant vector in call to function \"info\", got "
                            + argument.type().documented(),
                    e.span());
        }
        if (!(argument instanceof VectorSelector selector)) {
            throw error("expected label selectors only", argument.span());
        }
        if (!selector.name().isEmpty()) {
            throw error("expected label selectors only, got vector selector instead", argument.span());
        }
    }

    private Expr unary(UnaryExpr e) throws ParseException {
        Expr operand = check(e.operand());
        if (!operand(operand)) {
            throw error(
                    "unary expression only allowed on expressions of type scalar or instant vector, got "
                            + GoString.quote(operand.type().documented()),
                    e.span());
        }
        return new UnaryExpr(e.negative(), operand, e.span());
    }

    private Expr subquery(SubqueryExpr e) throws ParseException {
        Expr inner = check(e.inner());
        if (inner.type() != ValueType.VECTOR) {
            throw error(
                    "subquery is only allowed on instant vector, got "
                            + inner.type().shortName() + " instead",
                    e.span());
        }
        return new SubqueryExpr(
                inner, e.range(), e.rangeExpression(), e.step(), e.stepExpression(), e.shift(), e.span());
    }

    private void selector(VectorSelector e) throws ParseException {
        if (!e.name().isEmpty()) {
            for (Matcher matcher : e.matchers().subList(0, e.matchers().size() - 1)) {
                if (matcher.name().equals(Labels.NAME)) {
                    throw error(
                            "metric name must not be set twice: " + GoString.quote(e.name()) + " or "
                                    + GoString.quote(matcher.value()),
                            e.span());
                }
            }
            return;
        }
        for (Matcher matcher : e.matchers()) {
            if (!matcher.matches("")) {
                return;
            }
        }
        throw error("vector selector must contain at least one non-empty matcher", e.span());
    }

    private ParseException error(String problem, Span span) {
        return new ParseException(problem, span, query);
    }
}
