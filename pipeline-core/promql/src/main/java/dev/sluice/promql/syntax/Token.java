package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;

/** A piece of a query's text. */
record Token(TokenType type, int start, String text) {
    private static final int SHOWN = 10;

    int end() {
        return start + text.length();
    }

    Span span() {
        return new Span(start, end());
    }

    /** How Prometheus names a token in an error. */
    String description() {
        return switch (type) {
            case EOF -> "end of input";
            case IDENTIFIER -> "identifier " + shown();
            case METRIC_IDENTIFIER -> "metric identifier " + shown();
            case STRING -> "string " + shown();
            case NUMBER -> "number " + shown();
            case DURATION -> "duration " + shown();
            default -> shown();
        };
    }

    private String shown() {
        return switch (type.kind()) {
            case KEYWORD -> "<" + text + ">";
            case OPERATOR -> "<op:" + text + ">";
            case AGGREGATOR -> "<aggr:" + text + ">";
            default -> {
                boolean whole = type == TokenType.IDENTIFIER
                        || type == TokenType.METRIC_IDENTIFIER
                        || GoString.utf8Length(text, text.length()) <= SHOWN;
                yield whole ? GoString.quote(text) : GoString.quote(text, SHOWN) + "...";
            }
        };
    }
}
