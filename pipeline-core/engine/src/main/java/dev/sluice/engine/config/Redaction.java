package dev.sluice.engine.config;

import dev.sluice.api.config.Secret;
import dev.sluice.yaml.Mark;
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
        String line = mark.source().line(mark.line());
        if (line.isBlank()) {
            return "";
        }
        int from = Math.min(mark.column() - 1, line.length());
        int to = mark.endLine() == mark.line()
                ? Math.min(mark.endColumn() - 1, line.length())
                : line.stripTrailing().length();
        StringBuilder shown = new StringBuilder();
        StringBuilder caret = new StringBuilder();
        boolean[] hidden = hidden(mark, line);
        for (int i = 0; i < line.length(); i++) {
            boolean marked = i >= from && i < Math.max(to, from + 1);
            char under = marked ? '^' : line.charAt(i) == '\t' ? '\t' : ' ';
            if (!hidden[i]) {
                shown.append(line.charAt(i));
                caret.append(under);
            } else if (i == 0 || !hidden[i - 1]) {
                shown.append(Secret.REDACTED);
                caret.append(String.valueOf(under).repeat(Secret.REDACTED.length()));
            }
        }
        if (from >= line.length()) {
            caret.append('^');
        }
        String number = String.format("%5d", mark.line());
        return "\n" + number + " | " + shown + "\n" + " ".repeat(number.length()) + " | "
                + caret.toString().stripTrailing();
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
