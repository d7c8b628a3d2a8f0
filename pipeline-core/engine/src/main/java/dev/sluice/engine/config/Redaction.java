package dev.sluice.engine.config;

import dev.sluice.api.config.Secret;
import dev.sluice.yaml.Mark;
import dev.sluice.yaml.Snippet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows source lines without the secrets in them: what was bound to a secret option, and, since a typing error may hide that an option
 * is one, whatever follows a key that sounds like one.
 */
final class Redaction {
    private static final Pattern TELLING_KEY = Pattern.compile(
            "(?i)[\\w.-]*(?:passw|passphrase|secret|token|api[_-]?key|apikey|authori[sz]ation|credential|private|_pem|cookie|bearer)[\\w.-]*[\"']?\\s*[:=]\\s*(\\S.*)$");
    private static final Pattern USER_INFO = Pattern.compile("://([^/@\\s]+)@");

    private final List<Mark> secrets = new ArrayList<>();

    /** What stands there is a secret. */
    void add(Mark mark) {
        secrets.add(mark);
    }

    /** What stands there is a secret if the option it seems to be for sounds like one. */
    void addIfTelling(@Nullable String key, Mark mark) {
        if (key != null && TELLING_KEY.matcher(key + ": x").find()) {
            add(mark);
        }
    }

    /** The line of the mark and a caret below, each behind a line end; empty when the source has no such line. */
    String snippet(Mark mark) {
        return Snippet.of(mark, hidden(mark, mark.source().line(mark.line())), Secret.REDACTED);
    }

    private boolean[] hidden(Mark at, String line) {
        boolean[] hidden = new boolean[line.length()];
        for (Mark secret : secrets) {
            if (secret.source().equals(at.source()) && secret.line() <= at.line() && at.line() <= secret.endLine()) {
                int start = secret.line() == at.line() ? secret.column() - 1 : 0;
                int end = secret.endLine() == at.line() ? secret.endColumn() - 1 : line.length();
                hide(hidden, start, end);
            }
        }
        for (Pattern pattern : List.of(TELLING_KEY, USER_INFO)) {
            Matcher matcher = pattern.matcher(line);
            while (matcher.find()) {
                if (!matcher.group(1).startsWith("${")) {
                    hide(hidden, matcher.start(1), matcher.end(1));
                }
            }
        }
        return hidden;
    }

    private static void hide(boolean[] hidden, int start, int end) {
        for (int i = start; i < Math.min(end, hidden.length); i++) {
            hidden[i] = true;
        }
    }
}
