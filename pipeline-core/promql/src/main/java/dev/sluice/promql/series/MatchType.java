package dev.sluice.promql.series;

/** How a matcher compares. */
public enum MatchType {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String sign;

    MatchType(String sign) {
        this.sign = sign;
    }

    /** As written in PromQL. */
    public String sign() {
        return sign;
    }
}
