package dev.sluice.otlp.json;

import java.util.regex.Pattern;

/** What Jackson says of broken JSON, without what it says of itself. */
public final class JsonReason {
    private static final Pattern OPENED = Pattern.compile(" \\([^()]* at \\[Source: .*\\]\\)");
    private static final Pattern PLACE = Pattern.compile("\\s+at \\[Source: .*line: (\\d+), column: (\\d+)\\]");

    private JsonReason() {}

    /** @param message with or without the place at its end */
    public static String of(String message) {
        return PLACE.matcher(OPENED.matcher(message).replaceAll("")).replaceFirst(" at $1:$2");
    }
}
