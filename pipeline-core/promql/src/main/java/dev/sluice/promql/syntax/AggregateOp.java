package dev.sluice.promql.syntax;

import java.util.Locale;

/** The operators that make few series of many. */
public enum AggregateOp {
    SUM,
    AVG,
    COUNT,
    MIN,
    MAX,
    GROUP,
    STDDEV,
    STDVAR,
    TOPK,
    BOTTOMK,
    COUNT_VALUES,
    QUANTILE,
    LIMITK,
    LIMIT_RATIO;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean takesParameter() {
        return switch (this) {
            case TOPK, BOTTOMK, COUNT_VALUES, QUANTILE, LIMITK, LIMIT_RATIO -> true;
            case SUM, AVG, COUNT, MIN, MAX, GROUP, STDDEV, STDVAR -> false;
        };
    }

    boolean experimental() {
        return this == LIMITK || this == LIMIT_RATIO;
    }
}
