package dev.sluice.slo.spec;

import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.promql.syntax.ParserOptions;
import dev.sluice.yaml.Fields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries with <code>{{.window}}</code> in place of a range. */
final class Windowed {
    private static final Pattern WINDOW = Pattern.compile("\\{\\{-?\\s*\\.window\\s*-?}}");

    private Windowed() {}

    static boolean has(String query) {
        return WINDOW.matcher(query).find();
    }

    /** Reports at the key what is no expression. */
    static void check(String query, Fields fields, String key) {
        try {
            Parser.parse(fill(query, "5m"), ParserOptions.STABLE);
        } catch (ParseException e) {
            fields.problem(fields.mark(key), "could not parse expression: " + e.getMessage());
        }
    }

    static String fill(String query, String window) {
        return WINDOW.matcher(query).replaceAll(Matcher.quoteReplacement(window));
    }
}
