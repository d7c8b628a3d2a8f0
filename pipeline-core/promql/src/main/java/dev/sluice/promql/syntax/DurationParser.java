package dev.sluice.promql.syntax;

import dev.sluice.promql.syntax.DurationExpr.Op;
import org.jspecify.annotations.Nullable;

/** Reads durations and what computes them, in brackets and behind {@code offset}. */
final class DurationParser {
    private static final int SUM = 1;
    private static final int PRODUCT = 2;
    private static final int POWER = 3;

    private final Tokens tokens;

    DurationParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** A duration in brackets. */
    Expr duration() throws ParseException {
        return duration(SUM);
    }

    /** Behind {@code offset} arithmetic needs parentheses, or else it belongs to what is shifted. */
    Expr offset() throws ParseException {
        if (tokens.at(TokenType.LEFT_PAREN)) {
            return duration(SUM);
        }
        if (!tokens.at(TokenType.ADD) && !tokens.at(TokenType.SUB)) {
            return operand();
        }
        Token sign = tokens.take();
        if (tokens.at(TokenType.ADD) || tokens.at(TokenType.SUB)) {
            return rest(signed(sign, duration(POWER)), SUM);
        }
        boolean literal = tokens.at(TokenType.NUMBER) || tokens.at(TokenType.DURATION);
        return signed(sign, literal ? literal(sign.span()) : operand());
    }

    private Expr duration(int precedence) throws ParseException {
        Expr left;
        if (tokens.at(TokenType.ADD) || tokens.at(TokenType.SUB)) {
            Token sign = tokens.take();
            left = signed(sign, duration(POWER));
        } else {
            left = operand();
        }
        return rest(left, precedence);
    }

    /** What operators add to a left operand. */
    private Expr rest(Expr first, int precedence) throws ParseException {
        Expr left = first;
        while (true) {
            Op op = op(tokens.type());
            if (op == null || precedence(op) < precedence) {
                return left;
            }
            Token token = tokens.take();
            Expr right = duration(op == Op.POW ? POWER : precedence(op) + 1);
            if (right instanceof NumberLiteral n && n.value() == 0 && (op == Op.DIV || op == Op.MOD)) {
                throw tokens.error(op == Op.DIV ? "division by zero" : "modulo by zero", token.span());
            }
            left = new DurationExpr(op, left, right, false, left.span().to(right.span()));
        }
    }

    private Expr operand() throws ParseException {
        Token token = tokens.peek();
        return switch (token.type()) {
            case NUMBER, DURATION -> literal(token.span());
            case STEP, RANGE -> {
                tokens.take();
                tokens.take(TokenType.LEFT_PAREN);
                Token close = tokens.take(TokenType.RIGHT_PAREN);
                Op op = token.type() == TokenType.STEP ? Op.STEP : Op.RANGE;
                yield new DurationExpr(op, null, null, false, token.span().to(close.span()));
            }
            case MAX_OF, MIN_OF -> {
                tokens.take();
                tokens.take(TokenType.LEFT_PAREN);
                Expr left = duration(SUM);
                tokens.take(TokenType.COMMA);
                Expr right = duration(SUM);
                Token close = tokens.take(TokenType.RIGHT_PAREN);
                Op op = token.type() == TokenType.MAX_OF ? Op.MAX_OF : Op.MIN_OF;
                yield new DurationExpr(op, left, right, false, token.span().to(close.span()));
            }
            case LEFT_PAREN -> {
                tokens.take();
                Expr inner = duration(SUM);
                Token close = tokens.take(TokenType.RIGHT_PAREN);
                yield wrapped(inner, token.span().to(close.span()));
            }
            default -> throw tokens.unexpected();
        };
    }

    /** @param blamed where an error is shown */
    private NumberLiteral literal(Span blamed) throws ParseException {
        NumberLiteral literal = Literals.take(tokens);
        if (Literals.outOfRange(literal.value())) {
            throw tokens.error("duration out of range", blamed);
        }
        return literal;
    }

    /** Parentheses around a plain number are kept as a sign that does nothing. */
    private static Expr wrapped(Expr inner, Span span) {
        return inner instanceof DurationExpr d
                ? new DurationExpr(d.op(), d.left(), d.right(), true, d.span())
                : new DurationExpr(Op.ADD, null, inner, true, span);
    }

    private Expr signed(Token sign, Expr operand) throws ParseException {
        boolean negative = sign.type() == TokenType.SUB;
        Span span = sign.span().to(operand.span());
        if (operand instanceof NumberLiteral n) {
            return n.signed(negative, span);
        }
        return negative ? new DurationExpr(Op.SUB, null, operand, false, span) : operand;
    }

    private static @Nullable Op op(TokenType type) {
        return switch (type) {
            case ADD -> Op.ADD;
            case SUB -> Op.SUB;
            case MUL -> Op.MUL;
            case DIV -> Op.DIV;
            case MOD -> Op.MOD;
            case POW -> Op.POW;
            default -> null;
        };
    }

    private static int precedence(Op op) {
        return switch (op) {
            case ADD, SUB -> SUM;
            case MUL, DIV, MOD -> PRODUCT;
            default -> POWER;
        };
    }
}
