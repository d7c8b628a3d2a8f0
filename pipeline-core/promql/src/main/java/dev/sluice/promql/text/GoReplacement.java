package dev.sluice.promql.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** Replacement texts with {@code $1}, <code>${1}</code> and names of groups. Source: Go's regexp.Expand. */
public final class GoReplacement {
    private static final int MAX_DIGITS = 9;

    private GoReplacement() {}

    /** The text with all matches replaced. */
    public static String all(Pattern pattern, String replacement, String text) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (matcher.find()) {
            out.append(text, at, matcher.start()).append(expand(replacement, matcher));
            at = matcher.end();
        }
        return out.append(text, at, text.length()).toString();
    }

    /** What the replacement is for the matcher's present match. */
    public static String expand(String replacement, Matcher matcher) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < replacement.length()) {
            int dollar = replacement.indexOf('$', at);
            if (dollar < 0 || dollar == replacement.length() - 1) {
                return out.append(replacement, at, replacement.length()).toString();
            }
            out.append(replacement, at, dollar);
            at = dollar + 1;
            if (replacement.charAt(at) == '$') {
                out.append('$');
                at++;
                continue;
            }
            boolean braces = replacement.charAt(at) == '{';
            int start = braces ? at + 1 : at;
            int end = start;
            while (end < replacement.length() && wordCharacter(replacement.charAt(end))) {
                end++;
            }
            boolean closed = !braces || (end < replacement.length() && replacement.charAt(end) == '}');
            if (end == start || !closed) {
                // Malformed: the dollar stands for itself.
                out.append('$');
                continue;
            }
            out.append(group(matcher, replacement.substring(start, end)));
            at = braces ? end + 1 : end;
        }
        return out.toString();
    }

    private static boolean wordCharacter(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static String group(Matcher matcher, String name) {
        try {
            String found = name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < MAX_DIGITS
                    ? numbered(matcher, Integer.parseInt(name))
                    : matcher.group(name);
            return found == null ? "" : found;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static @Nullable String numbered(Matcher matcher, int group) {
        return group <= matcher.groupCount() ? matcher.group(group) : "";
    }
}
