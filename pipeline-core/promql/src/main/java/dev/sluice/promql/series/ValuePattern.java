package dev.sluice.promql.series;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression over a label's whole value, in RE2 syntax and linear time; {@code .} also matches a line break, as in Prometheus. The two
 * forms that most rules use, alternatives of plain words and a plain prefix, run without the expression engine.
 */
final class ValuePattern {
    private static final String META = "\\.+*?()|[]{}^$";

    private final Pattern pattern;
    private final @Nullable Set<String> words;
    private final @Nullable String prefix;
    private final int atLeast;

    private ValuePattern(Pattern pattern, @Nullable Set<String> words, @Nullable String prefix, int atLeast) {
        this.pattern = pattern;
        this.words = words;
        this.prefix = prefix;
        this.atLeast = atLeast;
    }

    static ValuePattern compile(String expression) {
        // First without flags, which would show in the message of an error.
        Pattern.compile(expression);
        Pattern pattern = Pattern.compile(expression, Pattern.DOTALL);
        if (plain(expression.replace("|", ""))) {
            return new ValuePattern(pattern, Set.of(distinct(expression)), null, 0);
        }
        for (String tail : new String[] {".*", ".+"}) {
            if (expression.endsWith(tail)) {
                String prefix = expression.substring(0, expression.length() - tail.length());
                if (plain(prefix)) {
                    return new ValuePattern(pattern, null, prefix, prefix.length() + (tail.equals(".+") ? 1 : 0));
                }
            }
        }
        return new ValuePattern(pattern, null, null, 0);
    }

    boolean matches(String value) {
        if (words != null) {
            return words.contains(value);
        }
        if (prefix != null) {
            return value.length() >= atLeast && value.startsWith(prefix);
        }
        return pattern.matches(value);
    }

    private static String[] distinct(String expression) {
        return Arrays.stream(expression.split("\\|", -1)).distinct().toArray(String[]::new);
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (META.indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
