package dev.sluice.slo.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries with <code>{{.window}}</code> in place of a range. */
final class Windowed {
    private static final Pattern WINDOW = Pattern.compile("\\{\\{-?\\s*\\.window\\s*-?}}");

    private Windowed() {}

    static boolean has(String query) {
        return WINDOW.matcher(query).find();
    }

    static String fill(String query, String window) {
        return WINDOW.matcher(query).replaceAll(Matcher.quoteReplacement(window));
    }
}
