package dev.sluice.promql.syntax;

import org.jspecify.annotations.Nullable;

/** The operators between two expressions; a higher precedence binds tighter. */
public enum BinaryOp {
    OR("or", 1, Kind.SET),
    AND("and", 2, Kind.SET),
    UNLESS("unless", 2, Kind.SET),
    EQL("==", 3, Kind.COMPARISON),
    NEQ("!=", 3, Kind.COMPARISON),
    GTE(">=", 3, Kind.COMPARISON),
    GTR(">", 3, Kind.COMPARISON),
    LSS("<", 3, Kind.COMPARISON),
    LTE("<=", 3, Kind.COMPARISON),
    TRIM_UPPER("</", 3, Kind.TRIM),
    TRIM_LOWER(">/", 3, Kind.TRIM),
    ADD("+", 4, Kind.ARITHMETIC),
    SUB("-", 4, Kind.ARITHMETIC),
    MUL("*", 5, Kind.ARITHMETIC),
    DIV("/", 5, Kind.ARITHMETIC),
    MOD("%", 5, Kind.ARITHMETIC),
    ATAN2("atan2", 5, Kind.ARITHMETIC),
    POW("^", 6, Kind.ARITHMETIC);

    /** Operands of a sign take only what binds tighter than a product. */
    static final int SIGN_PRECEDENCE = 6;

    private enum Kind {
        SET,
        COMPARISON,
        TRIM,
        ARITHMETIC
    }

    private final String text;
    private final int precedence;
    private final Kind kind;

    BinaryOp(String text, int precedence, Kind kind) {
        this.text = text;
        this.precedence = precedence;
        this.kind = kind;
    }

    public String text() {
        return text;
    }

    int precedence() {
        return precedence;
    }

    /** The least precedence that the right operand takes: a power's is another power, all others' bind tighter. */
    int rightPrecedence() {
        return this == POW ? precedence : precedence + 1;
    }

    public boolean comparison() {
        return kind == Kind.COMPARISON;
    }

    public boolean set() {
        return kind == Kind.SET;
    }

    /** Whether the result is another metric than the operands. */
    public boolean changesMetric() {
        return kind == Kind.ARITHMETIC;
    }

    static @Nullable BinaryOp of(TokenType type) {
        return switch (type) {
            case OR -> OR;
            case AND -> AND;
            case UNLESS -> UNLESS;
            case EQLC -> EQL;
            case NEQ -> NEQ;
            case GTE -> GTE;
            case GTR -> GTR;
            case LSS -> LSS;
            case LTE -> LTE;
            case TRIM_UPPER -> TRIM_UPPER;
            case TRIM_LOWER -> TRIM_LOWER;
            case ADD -> ADD;
            case SUB -> SUB;
            case MUL -> MUL;
            case DIV -> DIV;
            case MOD -> MOD;
            case ATAN2 -> ATAN2;
            case POW -> POW;
            default -> null;
        };
    }
}
