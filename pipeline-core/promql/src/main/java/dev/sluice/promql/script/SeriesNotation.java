package dev.sluice.promql.script;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import java.util.List;

/**
 * A series with its values, such as <code>x{job="a"} 0+10x5 _ stale</code>. Source: prometheus.io/docs/prometheus/latest/configuration/
 * unit_testing_rules, "series".
 */
public record SeriesNotation(Labels labels, List<SequenceValue> values) {
    /** Reads a series; the exception's line is the one given. */
    public static SeriesNotation parse(String text, int line) throws ScriptException {
        int end = LabelSetEnd.of(text);
        Labels labels;
        try {
            labels = Parser.parseLabels(text.substring(0, end));
        } catch (ParseException e) {
            throw new ScriptException(line, String.valueOf(e.getMessage()));
        }
        return new SeriesNotation(labels, SequenceParser.parse(text.substring(end), line));
    }

    /** Finds where the labels end: behind the closing brace, or behind the name where there are no braces. */
    private static final class LabelSetEnd {
        private LabelSetEnd() {}

        static int of(String text) {
            int at = 0;
            while (at < text.length() && text.charAt(at) != '{' && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            int brace = at;
            while (brace < text.length() && Character.isWhitespace(text.charAt(brace))) {
                brace++;
            }
            boolean braces = brace < text.length() && text.charAt(brace) == '{' && !text.startsWith("{{", brace);
            return braces ? closing(text, brace) : at;
        }

        private static int closing(String text, int open) {
            char quote = 0;
            for (int i = open + 1; i < text.length(); i++) {
                char c = text.charAt(i);
                if (quote != 0) {
                    if (c == '\\' && quote != '`') {
                        i++;
                    } else if (c == quote) {
                        quote = 0;
                    }
                } else if (c == '"' || c == '\'' || c == '`') {
                    quote = c;
                } else if (c == '}') {
                    return i + 1;
                }
            }
            return text.length();
        }
    }
}
