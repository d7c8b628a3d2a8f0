package dev.sluice.promql.syntax;

/** What an expression gives. */
public enum ValueType {
    NONE("none", "none"),
    SCALAR("scalar", "scalar"),
    VECTOR("vector", "instant vector"),
    MATRIX("matrix", "range vector"),
    STRING("string", "string");

    private final String shortName;
    private final String documented;

    ValueType(String shortName, String documented) {
        this.shortName = shortName;
        this.documented = documented;
    }

    String shortName() {
        return shortName;
    }

    /** As errors name it. */
    public String documented() {
        return documented;
    }
}
