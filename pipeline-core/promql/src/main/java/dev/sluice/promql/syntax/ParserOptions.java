package dev.sluice.promql.syntax;

/**
 * Which parts of the language are allowed; the names are those of Prometheus' feature flags.
 *
 * @param experimentalFunctions functions and aggregations that may still change
 * @param fillModifiers {@code fill}, {@code fill_left} and {@code fill_right}
 * @param unquotedUtf8 letters of any script, and dots inside, in names without quotes
 */
public record ParserOptions(boolean experimentalFunctions, boolean fillModifiers, boolean unquotedUtf8) {
    /** As a Prometheus server without feature flags. */
    public static final ParserOptions STABLE = new ParserOptions(false, false, false);

    /** Everything, as Prometheus' own test scripts want it. */
    public static final ParserOptions ALL = new ParserOptions(true, true, true);
}
