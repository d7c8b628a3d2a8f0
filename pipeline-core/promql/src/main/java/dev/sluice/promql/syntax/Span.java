package dev.sluice.promql.syntax;

import dev.sluice.gotext.GoString;

/**
 * Where something stands in a query.
 *
 * @param start index of its first char; negative where unknown
 * @param end index behind its last char
 */
public record Span(int start, int end) {
    public static final Span NONE = new Span(0, 0);

    Span to(Span last) {
        return new Span(start, last.end);
    }

    /** {@code line:column} of the start, both from 1, columns in bytes of UTF-8 as Prometheus counts them. */
    public String position(String query) {
        return position(query, 0);
    }

    /** @param lines how many lines stand before the query in its file */
    public String position(String query, int lines) {
        if (query.isEmpty()) {
            return "unknown position";
        }
        if (start < 0 || start > query.length()) {
            return "invalid position";
        }
        int line = lines + 1;
        int lineStart = 0;
        for (int i = 0; i < start; i++) {
            if (query.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = GoString.utf8Length(query, start) - GoString.utf8Length(query, lineStart) + 1;
        return line + ":" + column;
    }
}
