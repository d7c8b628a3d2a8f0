package dev.sluice.promql.script;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a script wants to be said, or not said, about a result.
 *
 * @param message the exact text, or {@code null} where the pattern decides
 */
record Expectation(
        Kind kind, @Nullable String message, @Nullable Pattern pattern) {
    /** What is expected. */
    enum Kind {
        ORDERED,
        FAIL,
        WARN,
        NO_WARN,
        INFO,
        NO_INFO
    }

    private static final Pattern LINE =
            Pattern.compile("^expect\\s+(ordered|fail|warn|no_warn|info|no_info)(?:\\s+(regex|msg):(.+))?$");

    static Expectation any(Kind kind) {
        return new Expectation(kind, null, null);
    }

    static Expectation parse(String text, int line) throws ScriptException {
        Matcher parts = LINE.matcher(text);
        if (!parts.matches()) {
            throw new ScriptException(
                    line, "invalid expect statement, must match `expect <type> <match_type>: <string>` format");
        }
        Kind kind = Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
        String argument = parts.group(3);
        if (argument == null) {
            return any(kind);
        }
        if (parts.group(2).equals("msg")) {
            return new Expectation(kind, argument.strip(), null);
        }
        try {
            return new Expectation(kind, null, Pattern.compile(argument.strip()));
        } catch (PatternSyntaxException e) {
            throw new ScriptException(line, "invalid regex " + argument.strip() + " for " + parts.group(1));
        }
    }

    boolean accepts(String text) {
        return message != null
                ? message.equals(text)
                : pattern == null || pattern.matcher(text).find();
    }

    @Override
    public String toString() {
        return message != null ? message : pattern == null ? "anything" : pattern.toString();
    }
}
