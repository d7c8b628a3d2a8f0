package dev.sluice.promql.syntax;

/** A text that is not PromQL; the message is Prometheus' own, {@code 1:5: parse error: ...}. */
public final class ParseException extends Exception {
    private final String problem;
    private final Span span;
    private final String query;

    public ParseException(String problem, Span span, String query) {
        this(problem, span, query, 0);
    }

    /** @param lines how many lines stand before the query in its file */
    public ParseException(String problem, Span span, String query, int lines) {
        super(span.position(query, lines) + ": parse error: " + problem);
        this.problem = problem;
        this.span = span;
        this.query = query;
    }

    /** The message without the position. */
    public String problem() {
        return problem;
    }

    public Span span() {
        return span;
    }

    public String query() {
        return query;
    }
}
