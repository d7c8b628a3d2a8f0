package dev.sluice.slo.condition;

/** How two values are compared. Values of different kinds are unequal and neither is less. */
enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    GREATER(">");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /** @param order as of a {@link Literal} */
    boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER_OR_EQUAL -> order == 0 || order == 1;
            case LESS -> order < 0;
            case GREATER -> order == 1;
        };
    }
}
